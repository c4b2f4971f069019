// The catalogue: who keeps it, what is found in it, and importing all of a file or nothing.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../support/run-cli.ts';
import { describeDatabase, readyDatabaseUrl } from '../../support/services/database.ts';
import { endlessWorkbook, workbook } from '../../support/workbook.ts';
import type { Company } from '../api/company.ts';
import { codeOf, openCompany } from '../api/company.ts';
import { quotingHouse } from './house.ts';

const importing = (company: Company, who: string, text: string | Buffer, dry = false) =>
  company.ask(who, 'POST', '/api/products/import', {
    fileName: '目录.csv',
    base64: Buffer.from(text).toString('base64'),
    dry,
  });

const listed = async (company: Company, who: string, query = '') =>
  (await company.ask(who, 'GET', `/api/products${query}`)).body.items;

describeDatabase('the catalogue', () => {
  it('managers keep it, everybody finds in it, costs are for who may see them', async () => {
    await using company = await openCompany();
    const { manager, me, bearing } = await quotingHouse(company);
    expect(await listed(company, me)).toMatchObject([
      { name: '润滑脂', unit: '桶', listMinor: 5_000, costMinor: null },
      { name: '轴承座', code: 'ZC-1', listMinor: 11_300, costMinor: null },
    ]);
    expect(await listed(company, manager, '?q=zc-')).toMatchObject([{ name: '轴承座', costMinor: 8_000 }]);
    expect(await listed(company, me, '?q=%25')).toEqual([]);
    for (const q of ['ZCZ', 'cz', 'rh z']) expect(await listed(company, me, `?q=${q}`)).toHaveLength(1);
    expect(await listed(company, me, '?q=xyz')).toEqual([]);
    const first = (await company.ask(me, 'GET', '/api/products?limit=1')).body;
    const rest = await listed(company, me, `?limit=1&cursor=${first.next}`);
    expect([first.items[0].name, rest[0].name]).toEqual(['润滑脂', '轴承座']);
    const path = `/api/products/${bearing}`;
    expect(codeOf(await company.ask(me, 'PATCH', path, { listMinor: 1 }))).toBe('403 forbidden');
    const taken = await company.ask(manager, 'PATCH', path, { code: 'RZ-1' });
    expect(taken.body.detail).toBe('编号 RZ-1 已经是「润滑脂」的了。');
    await company.ask(manager, 'PATCH', path, { active: false });
    expect(await listed(company, me)).toHaveLength(1);
    expect(await listed(company, me, '?gone=1')).toMatchObject([{ name: '轴承座', active: false }]);
    const [entry] = await company.transact((tx) => tx.auditEntry.list({ action: 'product.update' }));
    expect(entry?.detail).toEqual({ fields: ['active'] });
  });

  it('takes a file whole, tells the changed from the same, and writes nothing when it only looks', async () => {
    await using company = await openCompany();
    const { manager, me, bearing } = await quotingHouse(company);
    const file = '编号,名称,目录价,成本\nZC-1,轴承座,120,80\n,润滑脂,50,\nDP-1,垫片,0.5,0.2';
    expect((await importing(company, manager, file, true)).body).toEqual({ added: 1, changed: 1, same: 1, faults: [] });
    expect(await listed(company, me)).toHaveLength(2);
    expect((await importing(company, manager, file)).body).toEqual({ added: 1, changed: 1, same: 1, faults: [] });
    expect((await importing(company, manager, file)).body).toEqual({ added: 0, changed: 0, same: 3, faults: [] });
    expect(await listed(company, manager, '?q=轴承')).toMatchObject([{ id: bearing, listMinor: 12_000 }]);
    expect(codeOf(await importing(company, me, file))).toBe('403 forbidden');
    expect((await company.audit({ action: 'product.import' })).length).toBe(2);
  });

  it('one fault and nothing is taken', async () => {
    await using company = await openCompany();
    const { manager } = await quotingHouse(company);
    for (const name of ['同名', '同名']) await company.ask(manager, 'POST', '/api/products', { name, listMinor: 100 });
    const file = '编号,名称,目录价\nDP-1,垫片,0.5\nDP-1,垫圈,1\n,同名,1\nX,螺栓,面议';
    const { body } = await importing(company, manager, file);
    expect(body).toEqual({
      ...{ added: 0, changed: 0, same: 0 },
      faults: [
        '第 3 行：和第 2 行是同一个产品',
        '第 4 行：目录里有几个「同名」，请补上编号',
        '第 5 行：目录价看不懂，请填数字，最多两位小数',
      ],
    });
    expect(await listed(company, manager, '?q=垫')).toEqual([]);
    const broken = await importing(company, manager, Buffer.from('PK\u0003\u0004 no workbook'));
    expect(broken.body.detail).toContain('这个 Excel 文件打不开');
  });

  it('a workbook that is read without end is given up, and everybody else is answered meanwhile', async () => {
    await using company = await openCompany();
    const { manager, me } = await quotingHouse(company);
    const folder = mkdtempSync(join(tmpdir(), 'liaodan-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, '目录.xlsx');
    writeFileSync(path, endlessWorkbook());
    const byCommand = runCli(['products', 'import', path], {});
    let refused: Awaited<ReturnType<typeof importing>> | undefined;
    const importer = importing(company, manager, endlessWorkbook()).then((answer) => {
      refused = answer;
    });
    let answered = 0;
    while (!refused) {
      expect(await listed(company, me)).toHaveLength(2);
      answered += 1;
    }
    await importer;
    // One that the thread held up would be the only one.
    expect(answered).toBeGreaterThan(5);
    const why = '这个 Excel 文件读了 10 秒还没有读完，已经停下，什么都没有导入';
    expect(refused.body.detail).toContain(why);
    expect(await byCommand).toMatchObject({ code: 1, err: expect.stringContaining(why) });
    expect(
      (
        await importing(
          company,
          manager,
          workbook([
            ['名称', '目录价'],
            ['垫片', 1],
          ]),
        )
      ).body.added,
    ).toBe(1);
  });

  it('who may not see costs imports none', async () => {
    await using company = await openCompany();
    const { manager } = await quotingHouse(company);
    await company.publish(({ quotes }) => ({ quotes: { ...quotes, costs: ['admin'] } }));
    expect(codeOf(await importing(company, manager, '名称,成本\n垫片,1'))).toBe('403 forbidden');
    const made = await company.ask(manager, 'POST', '/api/products', { name: '垫片', costMinor: 5 });
    expect(codeOf(made)).toBe('403 forbidden');
    expect((await importing(company, manager, '名称,目录价\n垫片,1')).body.added).toBe(1);
    expect(await listed(company, manager, '?q=轴承')).toMatchObject([{ costMinor: null }]);
  });

  it('comes from a workbook by command, and --dry writes nothing', { timeout: 60_000 }, async () => {
    const { url, dispose } = await readyDatabaseUrl();
    const folder = mkdtempSync(join(tmpdir(), 'liaodan-'));
    onTestFinished(async () => {
      rmSync(folder, { recursive: true, force: true });
      await dispose();
    });
    const path = join(folder, '目录.xlsx');
    const products = (...args: string[]) => runCli(['products', ...args], { DATABASE_URL: url });
    writeFileSync(
      path,
      workbook([
        ['名称', '编号', '目录价'],
        ['轴承座', 'ZC-1', 113.5],
        ['垫片', 'DP-1', '面议'],
      ]),
    );
    expect(await products('import', path)).toMatchObject({
      code: 1,
      out: '没有导入：有 1 处要改，改好后再导入一次，这次什么都没有变\n  第 3 行：目录价看不懂，请填数字，最多两位小数\n',
    });
    writeFileSync(
      path,
      workbook([
        ['名称', '编号', '目录价'],
        ['轴承座', 'ZC-1', 113.5],
      ]),
    );
    const would = { code: 0, out: '可以导入（这次没有写入）：新增 1 个，更新 0 个，没有变化 0 个\n' };
    expect(await products('import', path, '--dry')).toMatchObject(would);
    expect(await products('import', path)).toMatchObject({ out: '导入完成：新增 1 个，更新 0 个，没有变化 0 个\n' });
  });
});
