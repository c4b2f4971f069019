/** Reading the FEISHU_ variables: nothing, half, wrong, whole. */
import { describe, expect, it } from 'vitest';
import { feishu } from '../../../adapters/feishu/index.ts';

const id = { FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718', FEISHU_APP_SECRET: 's3cret' };
const both = { FEISHU_ENCRYPT_KEY: 'key', FEISHU_VERIFICATION_TOKEN: 'token' };

const settingsOf = (env: Record<string, string>) => {
  const read = feishu.readSettings(env);
  return read.ok ? read.settings : null;
};
const faultsOf = (env: Record<string, string>) => {
  const read = feishu.readSettings(env);
  return read.ok ? [] : read.faults.map(({ variable }) => variable);
};

describe('nothing set', () => {
  it('is no fault: Feishu is simply not used', () => {
    expect(feishu.readSettings({})).toEqual({ ok: true, settings: null });
    expect(feishu.readSettings({ FEISHU_APP_ID: ' ', FEISHU_API_BASE: 'https://open.feishu.cn' })).toEqual({
      ok: true,
      settings: null,
    });
  });
});

describe('half set', () => {
  it('names every missing variable at once, each with a Chinese sentence and an example', () => {
    const read = feishu.readSettings({ FEISHU_MODE: 'webhook' });
    expect(read.ok ? [] : read.faults.map(({ variable }) => variable)).toEqual([
      'FEISHU_APP_ID',
      'FEISHU_APP_SECRET',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
    ]);
    for (const fault of read.ok ? [] : read.faults) {
      expect(fault.message).toMatch(/[\u4e00-\u9fff]/);
      expect(fault.example).not.toBe('');
    }
  });

  it.each([
    [{ FEISHU_APP_ID: id.FEISHU_APP_ID }, ['FEISHU_APP_SECRET']],
    [{ FEISHU_APP_SECRET: 'x' }, ['FEISHU_APP_ID']],
    [{ ...id, FEISHU_ENCRYPT_KEY: 'key' }, ['FEISHU_VERIFICATION_TOKEN']],
    [{ ...id, FEISHU_VERIFICATION_TOKEN: 'token' }, ['FEISHU_ENCRYPT_KEY']],
    [{ ...id, FEISHU_MODE: 'webhook' }, ['FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN']],
    [{ ...id, FEISHU_MODE: 'polling' }, ['FEISHU_MODE']],
    [{ ...id, FEISHU_APP_ID: 'cli_short' }, ['FEISHU_APP_ID']],
    [{ ...id, FEISHU_APP_ID: 'cli_a1b2c3d4e5f6071z' }, ['FEISHU_APP_ID']],
    [{ ...id, FEISHU_APP_SECRET: 'two words' }, ['FEISHU_APP_SECRET']],
    [{ ...id, FEISHU_API_BASE: 'open.feishu.cn' }, ['FEISHU_API_BASE']],
    [{ ...id, FEISHU_API_BASE: 'http://open.feishu.cn' }, ['FEISHU_API_BASE']],
    [{ ...id, FEISHU_API_BASE: 'https://user:pw@open.feishu.cn' }, ['FEISHU_API_BASE']],
    [{ ...id, FEISHU_API_BASE: 'https://open.feishu.cn/?x=1' }, ['FEISHU_API_BASE']],
  ])('%o lacks %o', (env, faults) => {
    expect(faultsOf(env)).toEqual(faults);
  });
});

describe('whole', () => {
  it('is the long connection with two variables, the webhook with four', () => {
    expect(settingsOf(id)).toMatchObject({
      mode: 'websocket',
      encryptKey: null,
      verificationToken: null,
      apiBase: 'https://open.feishu.cn',
    });
    expect(settingsOf({ ...id, ...both })).toMatchObject({
      mode: 'webhook',
      encryptKey: 'key',
      verificationToken: 'token',
    });
    expect(settingsOf({ ...id, ...both, FEISHU_MODE: 'websocket' })).toMatchObject({ mode: 'websocket' });
  });

  it('takes spaces around values, a loopback address, a path and the proxies of the process', () => {
    const env = {
      ...id,
      FEISHU_APP_SECRET: ' s3cret\n',
      FEISHU_API_BASE: 'http://127.0.0.1:8080/feishu-platform/',
      HTTPS_PROXY: 'http://proxy:3128',
    };
    expect(settingsOf(env)).toMatchObject({
      appSecret: 's3cret',
      apiBase: 'http://127.0.0.1:8080/feishu-platform',
      proxy: { HTTPS_PROXY: 'http://proxy:3128' },
    });
  });
});
