// Files of a deal on the API: by content and not by name, given out to be saved and never to be run, gone and back.

import { expect, it } from 'vitest';
import { openStore } from '../../store/open-store.ts';
import { as } from '../../store/rows.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from './company.ts';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj');
const DAY_MS = 86_400_000;

async function start(company: Company) {
  const me = await company.employ('孙销售');
  const { id, dealId } = await company.customer('宁波恒锐', me);
  const upload = (content: Uint8Array, name: string, kind = 'contract', staffId = me) =>
    company.ask(staffId, 'POST', `/api/deals/${dealId}/files?kind=${kind}&name=${name}`, content);
  const list = async () => (await company.ask(me, 'GET', `/api/deals/${dealId}/files`)).body;
  const act = (fileId: string, what: string) => company.ask(me, 'POST', `/api/files/${fileId}/${what}`, {});
  return { me, id, dealId, upload, list, act };
}

describeDatabase('files of a deal on the API', () => {
  it('takes one of several pieces, lists it without its bytes and gives it out as it came, to be saved', async () => {
    await using company = await openCompany();
    const { me, id, dealId, upload, list } = await start(company);
    const large = Buffer.concat([PDF, Buffer.from(Array.from({ length: 1_300_000 }, (_, index) => index % 256))]);
    const made = await upload(large, '合同 最终版.PDF');
    expect(made).toMatchObject({
      status: 201,
      body: {
        kind: { key: 'contract', name: '合同扫描件' },
        name: '合同 最终版.pdf',
        bytes: large.length,
        by: '孙销售',
      },
    });
    const again = await upload(large, '合同 最终版.PDF');
    expect(again.body.id).toBe(made.body.id);
    expect(await list()).toMatchObject({ items: [{ id: made.body.id }], maxBytes: 10 * 1024 * 1024 });
    const got = await company.ask(me, 'GET', `/api/files/${made.body.id}/content`);
    expect(got.body.equals(large)).toBe(true);
    expect(got.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': expect.stringMatching(/^attachment;.*filename\*=UTF-8''%E5%90%88/),
    });
    const { items } = (await company.ask(me, 'GET', `/api/customers/${id}/timeline`)).body;
    expect(items).toMatchObject([{ how: 'file', text: '上传了合同扫描件：合同 最终版.pdf' }]);
    expect(await company.audit({ entityId: dealId, action: 'file.add' })).toEqual([`file.add ${me}`]);
  });

  it('takes nothing that could run, nothing too large, nothing of an unknown kind, and nothing from somebody else', async () => {
    await using company = await openCompany();
    const { upload, list } = await start(company);
    const details = [];
    for (const [content, name, kind] of [
      [Buffer.from('MZ\x90\x00\x03'), '报价.pdf', 'contract'],
      [Buffer.from('PK\x03\x04 word/document.xml [Content_Types].xml vbaProject.bin'), 'a.docx', 'contract'],
      [Buffer.alloc(0), 'a.pdf', 'contract'],
      [Buffer.concat([PDF, Buffer.alloc(10 * 1024 * 1024)]), 'a.pdf', 'contract'],
      [PDF, 'a.pdf', 'nothing'],
    ] as const)
      details.push((await upload(content, name, kind)).body.detail);
    expect(details).toEqual([
      '只能上传 PDF、图片、Office 文档（不带宏）和文本文件。',
      '只能上传 PDF、图片、Office 文档（不带宏）和文本文件。',
      '这是一个空文件。',
      '文件太大，最大 10 MB。照片可以先压缩。',
      '没有这种文件，请刷新后再选。',
    ]);
    expect(codeOf(await upload(Buffer.alloc(22 * 1024 * 1024), 'a.pdf'))).toBe('413 too_large');
    const page = await upload(Buffer.from('<script>alert(1)</script>'), '../../说明.html', 'other');
    expect(page.body).toMatchObject({ name: '说明.html.txt', mediaType: 'text/plain', kind: { name: '其他' } });
    const stranger = await company.employ('吴路人');
    expect(codeOf(await upload(PDF, 'a.pdf', 'contract', stranger))).toBe('404 not_found');
    expect(codeOf(await company.ask(stranger, 'GET', `/api/files/${page.body.id}/content`))).toBe('404 not_found');
    const boss = await company.employ('郑总', { role: 'admin' });
    expect((await company.ask(boss, 'GET', `/api/files/${page.body.id}/content`)).status).toBe(200);
    expect(await company.audit({ action: 'file.read' })).toEqual([`file.read ${boss}`]);
    expect((await list()).items).toHaveLength(1);
  });

  it('goes and comes back; what the stage does not let in without stays', async () => {
    await using company = await openCompany();
    await company.publish(({ pipeline }) => ({
      pipeline: {
        ...pipeline,
        stages: pipeline.stages.map((stage: { key: string }) =>
          stage.key === 'contracted' ? { ...stage, requires: [{ document: 'contract', block: true }] } : stage,
        ),
      },
    }));
    const { me, dealId, upload, list, act } = await start(company);
    const move = (body: object) => company.ask(me, 'POST', `/api/deals/${dealId}/move`, body);
    const shut = await move({ toStage: 'contracted', expectedVersion: 1 });
    expect(shut.body).toMatchObject({ code: 'fields_missing', missing: expect.anything() });
    expect(shut.body.detail).toBe('进入「合同签订」还缺：合同扫描件。补齐再改。');
    const waits = await move({ toStage: 'contracted', whenReady: true, reason: '客户口头同意', expectedVersion: 1 });
    expect(waits.body).toMatchObject({ deal: { stage: { key: 'contacted' } }, wish: { by: '孙销售' } });
    const { id } = (await upload(PDF, '合同.pdf')).body;
    const deal = async () => (await company.ask(me, 'GET', `/api/deals/${dealId}`)).body;
    expect(await deal()).toMatchObject({
      deal: { stage: { key: 'contracted' } },
      wish: null,
      changes: [{ cause: 'confirmed', by: '孙销售', quote: '客户口头同意' }],
    });
    const kept = await act(id, 'remove');
    expect(kept.body.detail).toBe('商机在「合同签订」，合同扫描件不能没有。请先上传新的，再删除这一份。');
    const second = (await upload(Buffer.concat([PDF, PDF]), '合同二.pdf')).body;
    expect((await act(id, 'remove')).body).toMatchObject({ removed: true });
    expect((await list()).items).toMatchObject([{ id: second.id }]);
    expect(codeOf(await company.ask(me, 'GET', `/api/files/${id}/content`))).toBe('404 not_found');
    expect((await act(id, 'restore')).body).toMatchObject({ removed: false });
    expect((await list()).items).toHaveLength(2);
  });

  it('are so many and no more, with those that can be brought back', async () => {
    await using company = await openCompany();
    const { me, id: customerId, dealId, upload, act } = await start(company);
    const { id } = (await upload(PDF, '合同.pdf')).body;
    expect((await act(id, 'remove')).status).toBe(200);
    const fill = (count: number, removedAt: number | null) =>
      company.transact(async (tx) => {
        const file = { kind: 'other', name: 'a.txt', mediaType: 'text/plain', bytes: 1, sha256: 'a', removedAt };
        const of = { opportunityId: dealId, customerId, uploadedBy: me, createdAt: tx.now };
        for (let n = 0; n < count; n += 1) await tx.attachment.insert({ id: tx.newId(), ...file, ...of });
      });
    await fill(100, null);
    expect((await upload(PDF, 'b.pdf')).body.detail).toMatch('最多 100 个文件');
    expect((await act(id, 'restore')).body.detail).toMatch('最多 100 个文件');
    await company.transact((tx) => tx.attachment.update({ opportunityId: dealId }, { removedAt: tx.now }));
    await fill(99, 1);
    expect((await upload(PDF, 'b.pdf')).body.detail).toMatch('删除的文件太多了');
  });

  it('what nobody brought back is forgotten after thirty days, its bytes with it', async () => {
    await using store = await openStore();
    await as(store, 't1', async (tx) => {
      for (const [id, removedAt] of [
        ['gone', tx.now - 31 * DAY_MS],
        ['removed', tx.now - 29 * DAY_MS],
        ['there', null],
      ] as const) {
        const file = { kind: 'other', name: id, mediaType: 'text/plain', bytes: 1, sha256: id };
        const of = { opportunityId: 'deal', customerId: 'customer', uploadedBy: 'staff', createdAt: 1 };
        await tx.attachment.insert({ id, ...file, ...of, removedAt });
        await tx.attachmentPart.insert({ id, attachmentId: id, position: 0, body: Buffer.from([0, 1, 255]) });
      }
      const terms = { tenantId: tx.tenantId, now: tx.now, messageDays: 180, leadDays: 365, auditDays: 1_095 };
      await store.database.retention.find(({ key }) => key === 'files')?.forget(terms, '');
      const parts = await tx.attachmentPart.list({});
      expect(parts.map((part) => part.attachmentId)).toEqual(['removed', 'there']);
      expect(Buffer.from(parts[0]?.body ?? []).equals(Buffer.from([0, 1, 255]))).toBe(true);
      expect((await tx.attachment.list({})).map(({ id }) => id)).toEqual(['removed', 'there']);
    });
  });
});
