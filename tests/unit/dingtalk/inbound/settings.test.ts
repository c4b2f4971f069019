/** What the DINGTALK_ variables must be, and what is said when they are not. */
import { describe, expect, it } from 'vitest';
import { readDingtalkSettings } from '../../../../adapters/dingtalk/settings.ts';

const sound = {
  DINGTALK_CLIENT_ID: 'dingabcdefgh12345678',
  DINGTALK_CLIENT_SECRET: 'secret-of-the-app',
  DINGTALK_CORP_ID: 'ding9f50b15bccd16741',
};
const webhook = {
  ...sound,
  DINGTALK_TOKEN: 'QDG6eK',
  DINGTALK_AES_KEY: 'o1w0aum42yaptlz8alnhwikjd3jenzt9cb9wmzptgus',
};

const faultsOf = (env: Record<string, string>) => {
  const read = readDingtalkSettings(env);
  return read.ok ? [] : read.faults.map(({ variable }) => variable);
};

it('nothing set is nothing to connect, also when only addresses and amounts are', () => {
  const rest = { DINGTALK_API_BASE: 'https://a', DINGTALK_MONTHLY_CALLS: '200000', DINGTALK_CLIENT_ID: ' ' };
  expect(readDingtalkSettings({})).toEqual({ ok: true, settings: null });
  expect(readDingtalkSettings(rest)).toEqual({ ok: true, settings: null });
});

it('three variables are enough', () => {
  expect(readDingtalkSettings(sound)).toMatchObject({
    ok: true,
    settings: {
      clientId: 'dingabcdefgh12345678',
      clientSecret: 'secret-of-the-app',
      robotCode: 'dingabcdefgh12345678',
      corpId: 'ding9f50b15bccd16741',
      templateId: '1366a1eb-bc54-4859-ac88-517c56a9acb1.schema',
      mode: 'stream',
      token: null,
      aesKey: null,
      apiBase: 'https://api.dingtalk.com',
      oapiBase: 'https://oapi.dingtalk.com',
      callsPerMonth: 5000,
      pushesPerMonth: 3000,
      proxy: {},
    },
  });
});

it('the proxy of the environment is kept', () => {
  expect(readDingtalkSettings({ ...sound, HTTPS_PROXY: 'http://proxy:3128' })).toMatchObject({
    settings: { proxy: { HTTPS_PROXY: 'http://proxy:3128' } },
  });
});

it('half of it names every missing variable, in Chinese, with an example', () => {
  const read = readDingtalkSettings({ DINGTALK_MODE: 'webhook' });
  if (read.ok) throw new Error('taken');
  expect(read.faults.map(({ variable }) => variable)).toEqual([
    'DINGTALK_CLIENT_ID',
    'DINGTALK_CLIENT_SECRET',
    'DINGTALK_CORP_ID',
    'DINGTALK_TOKEN',
    'DINGTALK_AES_KEY',
  ]);
  for (const { message, example } of read.faults) {
    expect(message).toMatch(/[一-龥].*。$/);
    expect(example).not.toBe('');
  }
});

it('blanks around a secret are cut off; inside it they are a fault', () => {
  expect(readDingtalkSettings({ ...sound, DINGTALK_CLIENT_SECRET: ' secret\n' })).toMatchObject({
    settings: { clientSecret: 'secret' },
  });
  const read = readDingtalkSettings({ ...sound, DINGTALK_CLIENT_SECRET: 'sec ret' });
  expect(read).toMatchObject({ ok: false, faults: [{ message: expect.stringContaining('空白') }] });
});

describe('the mode', () => {
  it('is the one the other variables speak for, and stream wants no keys', () => {
    expect(readDingtalkSettings(webhook)).toMatchObject({ settings: { mode: 'webhook', token: 'QDG6eK' } });
    expect(readDingtalkSettings({ ...webhook, DINGTALK_MODE: 'stream' })).toMatchObject({
      settings: { mode: 'stream' },
    });
    expect(faultsOf({ ...sound, DINGTALK_TOKEN: 'QDG6eK' })).toEqual(['DINGTALK_AES_KEY']);
    expect(faultsOf({ ...sound, DINGTALK_MODE: 'websocket' })).toEqual(['DINGTALK_MODE']);
  });
});

describe('shapes', () => {
  it.each([
    ['DINGTALK_CLIENT_ID', 'ding abc'],
    ['DINGTALK_ROBOT_CODE', 'ding abc'],
    ['DINGTALK_CORP_ID', 'ww1234567890abcdef'],
    ['DINGTALK_CARD_TEMPLATE_ID', '1366a1eb'],
    ['DINGTALK_TOKEN', 'has-dash'],
    ['DINGTALK_AES_KEY', `${webhook.DINGTALK_AES_KEY}=`],
    ['DINGTALK_API_BASE', 'http://api.dingtalk.com'],
    ['DINGTALK_OAPI_BASE', 'https://a?b=c'],
    ['DINGTALK_MONTHLY_CALLS', '5k'],
    ['DINGTALK_MONTHLY_PUSHES', '0'],
  ])('%s %j is wrong', (variable, value) => {
    expect(faultsOf({ ...webhook, [variable]: value })).toEqual([variable]);
  });

  it('loopback may be plain http, under a path', () => {
    const env = { ...sound, DINGTALK_API_BASE: 'http://127.0.0.1:8090/dingtalk-platform/api/' };
    expect(readDingtalkSettings(env)).toMatchObject({
      settings: { apiBase: 'http://127.0.0.1:8090/dingtalk-platform/api' },
    });
  });
});
