// What is sealed opens only with its key and in its place; the key is made once, for nobody else to read.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StartError } from '../../src/errors.ts';
import { keyOf, seal, unseal } from '../../src/sealing.ts';
import { createKeyring } from '../../src/secret-key.ts';
import { readRecords } from '../../src/setup/stored.ts';

const key = keyOf('a'.repeat(40));

describe('sealing', () => {
  it('opens with its key, in its place, unchanged; and never otherwise', () => {
    const sealed = seal(key, '{"FEISHU_APP_SECRET":"秘密"}', 't1:platform.feishu');
    expect(unseal(key, sealed, 't1:platform.feishu')).toBe('{"FEISHU_APP_SECRET":"秘密"}');
    expect(sealed).not.toContain('SECRET');
    expect(seal(key, 'x', 'p')).not.toBe(seal(key, 'x', 'p'));
    expect(unseal(keyOf('b'.repeat(40)), sealed, 't1:platform.feishu')).toBeNull();
    expect(unseal(key, sealed, 't2:platform.feishu')).toBeNull();
    expect(unseal(key, sealed, 't1:platform.wecom')).toBeNull();
    for (const broken of ['', 'v1.', 'v2.AAAA', `${sealed.slice(0, -2)}AA`, sealed.slice(0, 30)]) {
      expect(unseal(key, broken, 't1:platform.feishu'), broken).toBeNull();
    }
  });

  it('of a record that cannot be opened it is said what to do', () => {
    const rows = new Map([
      ['public_url', 'https://crm.example.com'],
      ['platform.feishu', seal(key, '{"FEISHU_APP_ID":"cli"}', 't1:platform.feishu')],
    ]);
    expect(readRecords('t1', rows, key)).toEqual({
      publicUrl: 'https://crm.example.com',
      platforms: { feishu: { FEISHU_APP_ID: 'cli' } },
    });
    for (const wrong of [null, keyOf('b'.repeat(40))]) {
      expect(() => readRecords('t1', rows, wrong)).toThrow(/npm run crm -- setup --forget/);
    }
    expect(() => readRecords('t2', rows, key)).toThrow(StartError);
  });
});

describe('the key', () => {
  function folder(): string {
    const path = mkdtempSync(join(tmpdir(), 'liaodan-key-'));
    onTestFinished(() => rmSync(path, { recursive: true, force: true }));
    return path;
  }

  it('is made once beside the SQLite file, readable by its owner only', () => {
    const at = join(folder(), 'inside');
    const ring = () => createKeyring({}, `sqlite:${at}/crm.db`);
    expect(ring().find()).toBeNull();
    const made = ring().obtain();
    expect(made.madeAt).toBe(join(at, 'secret.key'));
    expect(statSync(join(at, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(ring().obtain()).toEqual({ key: made.key, madeAt: null });
    expect(ring().find()).toEqual(made.key);
    expect(readFileSync(join(at, 'secret.key'), 'utf8').trim()).toHaveLength(64);
  });

  it('is SECRET_KEY where that is said, if it is long enough; a folder that cannot be written says so', () => {
    const at = folder();
    const ring = createKeyring({ SECRET_KEY: 'a'.repeat(40) }, `sqlite:${at}/crm.db`);
    expect(ring.obtain()).toEqual({ key, madeAt: null });
    expect(() => createKeyring({ SECRET_KEY: 'short' }, `sqlite:${at}/crm.db`)).toThrow(/至少 32 个字符/);
    writeFileSync(join(at, 'no-folder'), '');
    const nowhere = createKeyring({}, `sqlite:${at}/no-folder/inside/crm.db`);
    expect(() => nowhere.obtain()).toThrow(/密钥文件/);
  });
});
