// A person asks what is known of them: a copy that people and programs can read, and that nobody else can.

import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readTable } from '../../../src/commands/csv.ts';
import { unpackedSize } from '../../../src/commands/zip-size.ts';
import { writeContent } from '../../../src/crm/file/content.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { crm } from './command.ts';
import { EMAIL, knownPerson, PHONE, PRIVATE, REMARK } from './person.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liaodan-export-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describeDatabase('exporting', () => {
  const open = useSandbox();

  it('a contact: what they said, what is known of them and what is written about them, and nobody else’s words', async () => {
    const sandbox = await open();
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { contactId, name } = await knownPerson(sandbox);
    const to = join(folder, 'copy');

    const { code, out } = await crm(url, 'export', '--contact', '工', '--to', to);
    expect(code).toBe(0);
    expect(out).toContain('聊天记录　3 条');
    const text = async (file: string) => (await readFile(join(to, file), 'utf8')).replace('\uFEFF', '');
    const [headings, ...said] = readTable(await text('聊天记录.csv')).map(({ cells }) => cells);
    expect(headings).toContain('说的时间');
    expect(said.map((cells) => cells[headings?.indexOf('内容') ?? -1])).toContain(PRIVATE);
    expect(await text('聊天记录.csv')).not.toContain('您的手机');
    expect(await text('联系人资料.csv')).toContain(EMAIL);
    expect(await text('同事通讯录里的备注.csv')).toContain(REMARK);
    expect(await text('提到此人的跟进记录.csv')).toContain(PHONE);
    expect(await text('提到此人的跟进记录.csv')).not.toContain('约了技术交流');
    expect(JSON.parse(await text('资料.json'))['联系人'][0]['名称']).toBe(name);
    expect((await stat(join(to, '资料.json'))).mode & 0o777).toBe(0o600);

    expect((await crm(url, 'export', '--contact', contactId, '--to', to)).err).toContain('已经在了');
    const entries = await sandbox.app.look((tx) => tx.auditEntry.list({ action: 'privacy.export' }));
    expect(entries).toMatchObject([{ entity: 'contact', entityId: contactId, detail: { counts: { 聊天记录: 3 } } }]);
  });

  it('a customer, with its files, as an archive; and a colleague', async () => {
    const sandbox = await open();
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { app, company } = sandbox;
    const { customerId } = await knownPerson(sandbox);
    await app.transact(async (tx) => {
      const of = {
        opportunityId: company.deals.bearing,
        customerId,
        uploadedBy: '',
        createdAt: tx.now,
        removedAt: null,
      };
      const file = { id: tx.newId(), name: '../合同.pdf', mediaType: 'application/pdf', bytes: 5, sha256: '' };
      await tx.attachment.insert({ ...file, ...of, kind: 'other' });
      await writeContent(tx, file.id, Buffer.from('%PDF-'));
    });
    const to = join(folder, 'copy.zip');
    const { code, out } = await crm(url, 'export', '--customer', '恒锐', '--to', to);
    expect(code).toBe(0);
    expect(out).toContain('文件　1 个');
    const zip = await readFile(to);
    expect(unpackedSize(zip, 10_000_000)).toBeGreaterThan(1_000);
    expect(zip.includes('文件/001 .._合同.pdf')).toBe(true);
    expect((await stat(to)).mode & 0o777).toBe(0o600);

    const staff = await crm(url, 'export', '--staff', company.staff.lina.name, '--to', join(folder, 'lina'));
    expect(staff.out).toContain('员工的平台账号');
  });
});
