/** What the WECOM_ variables must be, and what is said when they are not. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readWecomSettings } from '../../../adapters/wecom/settings.ts';

const sound = {
  WECOM_CORP_ID: 'ww1436e0e65a779aee',
  WECOM_AGENT_ID: '1000002',
  WECOM_SECRET: 'secret-of-the-app',
  WECOM_TOKEN: 'QDG6eK',
  WECOM_AES_KEY: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
};

const faultsOf = (env: Record<string, string>) => {
  const read = readWecomSettings(env);
  return read.ok ? [] : read.faults.map(({ variable }) => variable);
};

it('nothing set is nothing to connect, also when only an address is set', () => {
  expect(readWecomSettings({})).toEqual({ ok: true, settings: null });
  expect(readWecomSettings({ WECOM_API_BASE: 'https://a', WECOM_BOT_URL: 'wss://a' })).toEqual({
    ok: true,
    settings: null,
  });
});

it('companies of the early years have an id of another beginning', () => {
  expect(faultsOf({ ...sound, WECOM_CORP_ID: 'wx5823bf96d3bd56c7' })).toEqual([]);
});

it('the app alone', () => {
  expect(readWecomSettings({ ...sound, HTTPS_PROXY: 'http://p' })).toEqual({
    ok: true,
    settings: {
      corpId: 'ww1436e0e65a779aee',
      agentId: 1000002,
      secret: 'secret-of-the-app',
      token: 'QDG6eK',
      aesKey: sound.WECOM_AES_KEY,
      apiBase: 'https://qyapi.weixin.qq.com',
      oauthBase: 'https://open.weixin.qq.com',
      loginBase: 'https://login.work.weixin.qq.com',
      verifyFile: null,
      jsSdkUrl: 'https://wwcdn.weixin.qq.com/node/open/js/wecom-jssdk-2.0.2.js',
      contactSecret: null,
      bot: null,
      archive: null,
      webhooks: [],
      proxy: { HTTPS_PROXY: 'http://p' },
    },
  });
});

it('half of it names every missing variable, in Chinese, with an example', () => {
  const read = readWecomSettings({ WECOM_CORP_ID: sound.WECOM_CORP_ID });
  if (read.ok) throw new Error('taken');
  expect(read.faults.map(({ variable }) => variable)).toEqual([
    'WECOM_AGENT_ID',
    'WECOM_SECRET',
    'WECOM_TOKEN',
    'WECOM_AES_KEY',
  ]);
  for (const { message, example } of read.faults) {
    expect(message).toMatch(/^缺少.*[一-龥].*[。]$/);
    expect(example).not.toBe('');
  }
});

describe('shapes', () => {
  it.each([
    ['WECOM_CORP_ID', 'cli_5823bf96d3bd56c7'],
    ['WECOM_CORP_ID', ' ww1436e0e65a779aee'],
    ['WECOM_CORP_ID', 'ww1436e0e65a779aee\n'],
    ['WECOM_AGENT_ID', '1000002 '],
    ['WECOM_AGENT_ID', '1e6'],
    ['WECOM_AGENT_ID', '0'],
    ['WECOM_SECRET', 'secret of the app'],
    ['WECOM_TOKEN', 'has-dash'],
    ['WECOM_TOKEN', 'x'.repeat(33)],
    ['WECOM_AES_KEY', sound.WECOM_AES_KEY.slice(1)],
    ['WECOM_AES_KEY', `${sound.WECOM_AES_KEY}=`],
    ['WECOM_AES_KEY', ` ${sound.WECOM_AES_KEY}`],
    ['WECOM_API_BASE', 'http://qyapi.weixin.qq.com'],
    ['WECOM_API_BASE', 'https://a?b=c'],
    ['WECOM_API_BASE', 'qyapi.weixin.qq.com'],
    ['WECOM_CONTACT_SECRET', 'a b'],
  ])('%s %j is wrong', (variable, value) => {
    expect(faultsOf({ ...sound, [variable]: value })).toEqual([variable]);
  });

  it('loopback may be plain http, under a path', () => {
    const read = readWecomSettings({ ...sound, WECOM_API_BASE: 'http://127.0.0.1:8090/wecom-platform/' });
    expect(read).toMatchObject({ ok: true, settings: { apiBase: 'http://127.0.0.1:8090/wecom-platform' } });
  });
});

describe('the bot', () => {
  it('needs both its id and its secret', () => {
    expect(faultsOf({ ...sound, WECOM_BOT_ID: 'aib1' })).toEqual(['WECOM_BOT_SECRET']);
    expect(faultsOf({ ...sound, WECOM_BOT_SECRET: 's' })).toEqual(['WECOM_BOT_ID']);
    expect(faultsOf({ ...sound, WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 's', WECOM_BOT_URL: 'ws://a' })).toEqual([
      'WECOM_BOT_URL',
    ]);
  });

  it('knows the official address', () => {
    expect(readWecomSettings({ ...sound, WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 's' })).toMatchObject({
      settings: { bot: { id: 'aib1', secret: 's', url: 'wss://openws.work.weixin.qq.com' } },
    });
  });

  it('alone is half a configuration', () => {
    expect(faultsOf({ WECOM_BOT_ID: 'aib1', WECOM_BOT_SECRET: 's' })).toContain('WECOM_CORP_ID');
  });
});

describe('group webhooks', () => {
  const key = '693a91f6-7e1c-4bc4-97a0-0ec2f1fa5aaa';
  const other = '00000000-7e1c-4bc4-97a0-0ec2f1fa5aaa';
  const webhooksOf = (WECOM_GROUP_WEBHOOKS: string) => {
    const read = readWecomSettings({ ...sound, WECOM_GROUP_WEBHOOKS });
    return read.ok ? read.settings?.webhooks : read.faults.map(({ variable }) => variable);
  };

  it('are a list of names with a key or the whole address', () => {
    const address = `https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${other}`;
    expect(webhooksOf(` 日报群=${key} ，销售 1 群 = ${address},`)).toEqual([
      { name: '日报群', key },
      { name: '销售 1 群', key: other },
    ]);
    expect(webhooksOf(' ')).toEqual([]);
  });

  it.each([
    key,
    `=${key}`,
    '日报群=',
    '日报群=短',
    `日报群=${key}=`,
    `日报群=https://qyapi.weixin.qq.com/cgi-bin/message/send?key=${key}`,
    'https://',
    `日报群=https://qyapi.weixin.qq.com/cgi-bin/webhook/send`,
    `日报群=${key},日报群=${other}`,
    `${'长'.repeat(41)}=${key}`,
  ])('%j is wrong', (value) => {
    expect(webhooksOf(value)).toEqual(['WECOM_GROUP_WEBHOOKS']);
  });

  it('a fault does not repeat the key', () => {
    expect(JSON.stringify(readWecomSettings({ ...sound, WECOM_GROUP_WEBHOOKS: `=${key}` }))).not.toContain(key);
  });
});

describe('the archive', () => {
  const dir = mkdtempSync(join(tmpdir(), 'wecom-keys-'));
  const lib = join(dir, 'libWeWorkFinanceSdk_C.so');
  writeFileSync(lib, '');
  const archive = { WECOM_ARCHIVE_SECRET: 's', WECOM_ARCHIVE_PRIVATE_KEYS_DIR: dir, WECOM_ARCHIVE_LIB: lib };

  it('wants a key file named by its version, and files that are there', () => {
    expect(faultsOf({ ...sound, ...archive })).toEqual(['WECOM_ARCHIVE_PRIVATE_KEYS_DIR']);
    writeFileSync(join(dir, '1.pem'), '');
    expect(faultsOf({ ...sound, ...archive })).toEqual([]);
    expect(faultsOf({ ...sound, ...archive, WECOM_ARCHIVE_LIB: '/nowhere.so' })).toEqual(['WECOM_ARCHIVE_LIB']);
    expect(faultsOf({ ...sound, ...archive, WECOM_ARCHIVE_PRIVATE_KEYS_DIR: '/nowhere' })).toEqual([
      'WECOM_ARCHIVE_PRIVATE_KEYS_DIR',
    ]);
  });

  it('half of it names the rest', () => {
    expect(faultsOf({ ...sound, WECOM_ARCHIVE_SECRET: 's' })).toEqual([
      'WECOM_ARCHIVE_PRIVATE_KEYS_DIR',
      'WECOM_ARCHIVE_LIB',
    ]);
    expect(faultsOf({ ...sound, WECOM_ARCHIVE_LIB: lib })).toEqual([
      'WECOM_ARCHIVE_PRIVATE_KEYS_DIR',
      'WECOM_ARCHIVE_SECRET',
    ]);
  });
});
