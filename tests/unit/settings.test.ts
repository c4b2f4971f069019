// The environment: every fault at once, named, with an example, and never a secret.

import { describe, expect, it } from 'vitest';
import { platforms } from '../../adapters/index.ts';
import { StartError } from '../../src/errors.ts';
import { readSettings } from '../../src/settings.ts';

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
      logLevel: 'info',
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
    });
    for (const name of [
      'FEISHU_APP_SECRET',
      'FEISHU_ENCRYPT_KEY',
      'FEISHU_VERIFICATION_TOKEN',
      'PORT',
      'LOG_LEVEL',
      'PUBLIC_URL',
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
