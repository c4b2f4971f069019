// The commands as processes: what they say when something is wrong, and that they end.

import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { openDatabase } from '../../src/persistence/database.ts';
import { runCli } from '../support/run-cli.ts';
import { describeDatabase, readyDatabaseUrl } from '../support/services/database.ts';

describeDatabase('command line', () => {
  it('a port in use is said, and the process ends', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const other = createServer().listen(0);
    const { port } = other.address() as { port: number };
    const { code, err } = await runCli(['start'], { DATABASE_URL: url, PORT: String(port) });
    other.close();
    await dispose();
    expect(err).toBe(`端口 ${port} 已被占用：换一个 PORT，或先停掉占用它的程序\n`);
    expect(code).toBe(1);
  });

  it('a policy that cannot be read is said, and the process ends', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const { code, err } = await runCli(['start'], { DATABASE_URL: url, PORT: '0', POLICY_FILE: '/nowhere.yaml' });
    await dispose();
    expect(err).toContain('读不到 POLICY_FILE');
    expect(code).toBe(1);
  });

  it('a stored policy that can no longer be read stops the start with what is wrong in it', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const database = await openDatabase({ url, now: Date.now, newId: () => 'id' });
    const tenantId = await database.company.firstTenant();
    await database.company.publishPolicy(tenantId, 'pipeline: { stages: [] }', 'older');
    await database.close();
    const { code, out, err } = await runCli(['start'], { DATABASE_URL: url, PORT: '0' });
    await dispose();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/^策略有误：\n· /);
  });

  it('an unexpected fault names itself, but neither statement nor values', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const database = await openDatabase({ url, now: Date.now, newId: () => 'id' });
    await database.unitOfWork.run((session) => session.execute('DROP TABLE inbox_event'));
    await database.close();
    const { code, err } = await runCli(['dead', 'list'], { DATABASE_URL: url });
    await dispose();
    expect(code).toBe(1);
    expect(err).toContain('出了意外的错误');
    expect(err).not.toMatch(/SELECT|parameters|inbox_event WHERE/);
  });

  it('a number that nobody knows is said by dead retry', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const { code, out, err } = await runCli(['dead', 'retry', '01ABC'], { DATABASE_URL: url });
    await dispose();
    expect(out).toBe('');
    expect(err).toBe('没有编号为 01ABC 的搁置条目\n');
    expect(code).toBe(1);
  });

  it('a folder is no file of chat lines', async () => {
    expect(await runCli(['signals', 'detect', 'src'], {})).toEqual({
      code: 1,
      out: '',
      err: '读不到文件 src：请检查路径和权限\n',
    });
  });
});
