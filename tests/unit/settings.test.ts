// The environment: every fault at once, named, with an example, and never a secret.

import { describe, expect, it } from 'vitest';
import { platforms } from '../../adapters/index.ts';
import { StartError } from '../../src/errors.ts';
import { readSettings } from '../../src/settings.ts';

const FEISHU = { FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718', FEISHU_APP_SECRET: 'stored-secret' };
const DINGTALK = { DINGTALK_CLIENT_ID: 'ding1', DINGTALK_CLIENT_SECRET: 's', DINGTALK_CORP_ID: 'ding9f50b15bccd16741' };

function faultsOf(env: Record<string, string>): string {
  try {
    readSettings(env, platforms);
  } catch (error) {
    if (error instanceof StartError) return error.message;
    throw error;
  }
  return '';
}

describe('settings', () => {
  it('nothing set: defaults, and no platform', () => {
    expect(readSettings({}, platforms)).toEqual({
      databaseUrl: 'sqlite:./data/crm.db',
      port: 8080,
      publicUrl: null,
      trustedProxies: ['127.0.0.0/8', '::1'],
      logLevel: 'info',
      metricsToken: null,
      policyFile: null,
      platforms: [],
    });
  });

  it('a half-configured platform names what is missing, next to every other fault', () => {
    const message = faultsOf({
      FEISHU_APP_ID: 'cli_a1b2c3d4e5f60718',
      FEISHU_MODE: 'webhook',
      PORT: 'abc',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'crm',
      TRUSTED_PROXIES: '10.0.0.0/33',
    });
    for (const name of [
      'FEISHU_APP_SECRET',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
      'PORT',
      'LOG_LEVEL',
      'PUBLIC_URL',
      'TRUSTED_PROXIES',
    ]) {
      expect(message).toContain(name);
    }
  });

  it('a secret never appears in what is wrong with it', () => {
    const message = faultsOf({ FEISHU_APP_ID: 'not-an-app-id', FEISHU_APP_SECRET: 'hush-hush-secret' });
    expect(message).toContain('FEISHU_APP_ID');
    expect(message).not.toContain('hush-hush-secret');
  });

  it('blank values count as not set', () => {
    expect(readSettings({ PORT: ' ', FEISHU_APP_ID: '' }, platforms).port).toBe(8080);
  });
});

describe('settings told on the set-up page', () => {
  const named = (env: Record<string, string>, stored: Record<string, Record<string, string>>) =>
    readSettings(env, platforms, { publicUrl: 'https://stored.example/', platforms: stored }).platforms.map(
      ({ platform, settings }) => [platform.name, settings],
    );

  it('connect, beside the addresses and blank lines of the environment', () => {
    const env = { FEISHU_API_BASE: 'http://127.0.0.1:9', FEISHU_APP_ID: '', DINGTALK_MONTHLY_CALLS: '7' };
    expect(named(env, { feishu: FEISHU, dingtalk: DINGTALK })).toMatchObject([
      ['feishu', { appSecret: 'stored-secret', apiBase: 'http://127.0.0.1:9' }],
      ['dingtalk', { callsPerMonth: 7 }],
    ]);
  });

  it('count for nothing where the environment speaks of the platform: not a word of the two is mixed', () => {
    const env = { FEISHU_APP_ID: 'cli_ffffffffffffffff', FEISHU_APP_SECRET: 'said' };
    const webhook = { ...FEISHU, FEISHU_ENCRYPT_KEY: 'k', FEISHU_VERIFICATION_TOKEN: 't' };
    expect(named(env, { feishu: webhook })).toMatchObject([['feishu', { appSecret: 'said', mode: 'websocket' }]]);
    const half = { FEISHU_APP_ID: 'cli_ffffffffffffffff' };
    expect(() => named(half, { feishu: FEISHU })).toThrow(/FEISHU_APP_SECRET/);
  });

  it('that cannot be read any more connect nothing and stop nothing', () => {
    expect(named({}, { feishu: { FEISHU_APP_ID: 'broken' } })).toEqual([]);
  });

  it('the public address may be one of them, and the environment wins', () => {
    const url = (env: Record<string, string>) =>
      readSettings(env, [], { publicUrl: 'https://stored.example/', platforms: {} }).publicUrl;
    expect(url({})).toBe('https://stored.example');
    expect(url({ PUBLIC_URL: 'https://said.example' })).toBe('https://said.example');
  });
});

describe('the forms of the platforms', () => {
  it('ask for what their readers want and for nothing that sends secrets elsewhere', () => {
    for (const platform of platforms) {
      const { fields } = platform.form;
      const variables = fields.map(({ variable }) => variable);
      expect(new Set(variables).size).toBe(variables.length);
      expect(variables.join()).not.toMatch(/_BASE|_URL|ARCHIVE/);
      const reading = platform.readSettings({ [variables[0] ?? '']: '?' });
      const missing = reading.ok ? [] : reading.faults.map(({ variable }) => variable);
      const required = fields.filter((field) => field.required).map(({ variable }) => variable);
      expect(missing.sort(), platform.name).toEqual(required.sort());
      for (const { variable, secret } of fields) {
        if (/SECRET|TOKEN|KEY|WEBHOOKS/.test(variable)) expect(secret, variable).toBe(true);
      }
    }
  });
});
