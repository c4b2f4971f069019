/** Staff on the command line, as a process: a list as Excel saves it in China, decisions that last, and what is wrong with a row. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startFeishuEmulator } from '../../sandbox/feishu/index.ts';
import { runCli } from '../support/run-cli.ts';
import { describeDatabase, readyDatabaseUrl } from '../support/services/database.ts';
import { workbook } from '../support/workbook.ts';

async function openShell() {
  const { url, dispose } = await readyDatabaseUrl();
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-'));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true, force: true });
    await dispose();
  });
  return {
    staff: (...args: string[]) => runCli(['staff', ...args], { DATABASE_URL: url }),
    write(content: string | Buffer) {
      const path = join(folder, 'staff.csv');
      writeFileSync(path, content);
      return path;
    },
  };
}

describeDatabase('staff commands', () => {
  it('import a list as a whole or not at all, say row by row what is wrong, and change nobody twice', async () => {
    const { staff, write } = await openShell();
    const list = [
      '\uFEFF姓名,手机号,主管,角色,区域,产品线',
      '李娜,+86 138-0000-0001,陈总监,,华东,"轴承、阀门"',
      '陈总监,13800000003,,主管,华东,',
      '王强,1.38E+10,,,,',
      '赵六,13800000009,没这人,,,',
      ',13800000010,,,,',
      '钱七,,李娜,老板,,',
    ].join('\r\n');
    const refused = await staff('import', write(list));
    expect(refused.code).toBe(1);
    expect(refused.out.split('\n')).toEqual([
      '没有导入：有 4 处要改，改好后再导入一次，这次什么都没有变',
      expect.stringMatching(/第 4 行 王强：手机号看不懂/),
      '  第 5 行 赵六：主管“没这人”不在名单里，也不是已有的员工',
      '  第 6 行 （没有姓名）：没有姓名',
      expect.stringMatching(/第 7 行 钱七：角色“老板”不认识/),
      '',
    ]);
    expect((await staff('list')).out).toContain('共 0 人');
    const good = list.split('\r\n').slice(0, 3).join('\r\n');
    expect(await staff('import', write(good))).toMatchObject({ code: 0, out: '导入完成：新增 2 人，更新 0 人\n' });
    const again = await staff(
      'import',
      write(
        workbook([
          ['姓名', '手机号', '区域'],
          ['李娜', 13800000001, '华南'],
        ]),
      ),
    );
    expect(again).toMatchObject({ code: 0, out: '导入完成：新增 0 人，更新 1 人\n', err: '' });
    const { out } = await staff('list');
    expect(out).toMatch(/李娜 {2}销售 · 主管 陈总监 · 区域 华南 · 产品线 轴承、阀门/);
    expect(out).toContain('共 2 人');
    expect(out).not.toContain('1380000');
  });

  it('set roles, hand over, and say whom they do not know', async () => {
    const { staff, write } = await openShell();
    await staff('import', write('姓名\t手机\n李娜\t13800000001\n王强\t13800000002\n王强\t13800000003\n'));
    expect(await staff('role', '李娜', 'admin')).toMatchObject({ code: 0 });
    expect((await staff('list')).out).toContain('李娜  管理员');
    expect(await staff('handover', '王强', '李娜')).toMatchObject({
      code: 1,
      err: expect.stringContaining('有几位员工'),
    });
    expect(await staff('merge', '13800000003', '13800000002')).toMatchObject({
      code: 0,
      out: expect.stringContaining('王强 并入 王强'),
    });
    expect(await staff('handover', '王强', '李娜')).toMatchObject({
      code: 0,
      out: expect.stringContaining('没有要交接'),
    });
    const nextYear = new Date().getFullYear() + 1;
    expect(await staff('leave', '李娜', `${nextYear}-02-01`, `${nextYear}-02-05`)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`${nextYear}-02-01 至 ${nextYear}-02-05`),
    });
    expect(await staff('leave', '李娜', 'end')).toMatchObject({ code: 0, out: expect.stringContaining('已取消') });
  });

  it('say what is wrong with a file, and that there is no platform', async () => {
    const { staff, write } = await openShell();
    expect(await staff('import', write(workbook([['部门'], ['销售']])))).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('至少要有“姓名”'),
    });
    expect(await staff('sync')).toMatchObject({ code: 1, err: expect.stringContaining('还没有接入任何平台') });
  });
});

describeDatabase('staff sync', () => {
  it('reads the address book beside the server, shows progress, and ends', async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const app = { appId: 'cli_a1b2c3d4e5f60718', appSecret: 'secret-of-the-app' };
    const keys = { encryptKey: 'key', verificationToken: 'token', tenantKey: '2ed263bf32cf1651' };
    const emulator = await startFeishuEmulator({ ...app, ...keys, mode: 'websocket' });
    onTestFinished(async () => {
      await emulator.close();
      await dispose();
    });
    const { openId } = emulator.world.addDepartment('销售部');
    for (const name of ['李娜', '王强']) emulator.world.addPerson({ name, departmentIds: [openId] });
    const env = {
      DATABASE_URL: url,
      FEISHU_APP_ID: app.appId,
      FEISHU_APP_SECRET: app.appSecret,
      FEISHU_MODE: 'websocket',
      FEISHU_API_BASE: emulator.apiBase,
    };
    const { code, out, err } = await runCli(['staff', 'sync'], env);
    expect(err).toBe('');
    expect(out).toBe('飞书：已同步 2 人\n飞书：完成。已同步 2 人，新增 2 人\n');
    expect(code).toBe(0);
  });
});
