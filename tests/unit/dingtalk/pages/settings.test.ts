/** The two variables that only our pages need. */
import { expect, it } from 'vitest';
import { readDingtalkSettings } from '../../../../adapters/dingtalk/settings.ts';

const needed = {
  DINGTALK_CLIENT_ID: 'dingclient0001',
  DINGTALK_CLIENT_SECRET: 'secret',
  DINGTALK_CORP_ID: 'dingcorp0001',
};

it('asks for neither, and knows where the official script is', () => {
  const read = readDingtalkSettings(needed);
  expect(read).toMatchObject({ ok: true, settings: { agentId: null } });
  expect(read.ok && read.settings?.jsSdkUrl).toMatch(/^https:\/\/g\.alicdn\.com\/.+\/dingtalk\.open\.js$/);
});

it('takes them without the blanks around', () => {
  const given = { DINGTALK_AGENT_ID: ' 3012345678 ', DINGTALK_JS_SDK_URL: 'https://cdn.example.cn/dd.js' };
  expect(readDingtalkSettings({ ...needed, ...given })).toMatchObject({
    settings: { agentId: '3012345678', jsSdkUrl: 'https://cdn.example.cn/dd.js' },
  });
});

it('says what is wrong with them, both at once', () => {
  const given = { DINGTALK_AGENT_ID: 'dingclient0001', DINGTALK_JS_SDK_URL: 'http://cdn.example.cn/dd.js' };
  const read = readDingtalkSettings({ ...needed, ...given });
  expect(!read.ok && read.faults.map(({ variable }) => variable)).toEqual(['DINGTALK_JS_SDK_URL', 'DINGTALK_AGENT_ID']);
});

it('connects nothing because of them alone', () => {
  expect(readDingtalkSettings({ DINGTALK_AGENT_ID: '3012345678' })).toEqual({ ok: true, settings: null });
});
