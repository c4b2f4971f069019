/** Which databases we take, and the sentence for those we do not. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConnections } from '../../src/persistence/data-source.ts';
import { judgeVersion } from '../../src/persistence/server-faults.ts';

describe('the version of a server', () => {
  const cases: [version: string, ok: boolean, skipLocked: boolean][] = [
    ['8.0.36', true, true],
    ['8.0.36-0ubuntu0.22.04.1', true, true],
    ['8.0.36-28 Percona Server', true, true],
    ['8.4.3', true, true],
    ['9.1.0', true, true],
    ['8.0.1-dmr', true, true],
    ['8.0.0-dmr', false, false],
    ['5.7.44-log', false, false],
    ['5.6.51', false, false],
    ['10.11.19-MariaDB-0+deb12u1', true, true],
    ['10.6.0-MariaDB', true, true],
    ['11.8.2-MariaDB', true, true],
    ['10.5.29-MariaDB', false, false],
    ['5.5.5-10.6.16-MariaDB', true, true],
    ['5.5.5-10.5.23-MariaDB-log', false, false],
    ['5.7.25-TiDB-v6.5.0', true, false],
    ['8.0.11-TiDB-v8.1.0', true, false],
    ['', false, false],
    ['unknown', false, false],
  ];
  it.each(cases)('%s', (version, ok, skipLocked) => {
    expect(judgeVersion(version)).toEqual({ ok, skipLocked });
  });
});

describe('DATABASE_URL', () => {
  const secret = 'p4ssw0rd';
  it.each([
    '',
    'crm.db',
    'postgres://crm@127.0.0.1/crm',
    'mysql://',
    'mysql://crm@127.0.0.1:3306',
    'mysql://crm@127.0.0.1:3306/',
    `mysql://crm:${secret}%zz@127.0.0.1:3306/crm`,
  ])('"%s" is answered with an example', async (url) => {
    const failure = await openConnections(url, []).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StartError', code: 'bad_database_url' });
    expect(String(failure)).toContain('sqlite:./data/crm.db');
    expect(String(failure)).not.toContain(secret);
  });

  it('of a server that is not there names what to check', async () => {
    const failure = await openConnections(`mysql://crm:${secret}@127.0.0.1:1/crm`, []).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'database_unavailable', message: expect.stringContaining('连不上 MySQL') });
    expect(String(failure)).not.toContain(secret);
  });

  it('of a file that cannot be made names the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liaodan-url-'));
    await writeFile(join(folder, 'file'), '');
    const failure = await openConnections(`sqlite:${folder}/file/crm.db`, []).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'database_unavailable',
      message: expect.stringContaining(`${folder}/file/crm.db`),
    });
    await rm(folder, { recursive: true });
  });

  it('of a file that is no database says so and leaves it alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'liaodan-url-'));
    await writeFile(join(folder, 'notes.txt'), 'these are notes, '.repeat(100));
    const failure = await openConnections(`sqlite:${folder}/notes.txt`, []).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'database_unavailable' });
    await rm(folder, { recursive: true });
  });
});
