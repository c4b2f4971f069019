// What follows once a quote may go out: its papers, what the policy lets an opening move, and what becomes of it when hands change.

import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from '../api/company.ts';
import { customerAt } from './customer.ts';
import { quotingHouse } from './house.ts';

/** Where the world reaches us, whatever the address a request was sent to. */
const PUBLIC = 'https://crm.example.cn/sales';

let company: Company;
let house: Awaited<ReturnType<typeof quotingHouse>>;

async function approved(name: string, content: object = house.content) {
  const { id: customerId, dealId } = await company.customer(name, house.me);
  const draft = (await company.ask(house.me, 'POST', `/api/deals/${dealId}/quotes`, content)).body;
  await house.act(draft.id, 'submit', 1);
  const { url } = (await house.link(draft.id)).body;
  expect(url.startsWith(`${PUBLIC}/q/`)).toBe(true);
  // The proxy in front takes its prefix away.
  const path: string = url.slice(PUBLIC.length + 1);
  const open = () => customerAt(company.port).open(path);
  return { customerId, dealId, path, open, id: draft.id as string };
}

describeDatabase('a quote that goes out', () => {
  beforeAll(async () => {
    company = await openCompany(undefined, { PUBLIC_URL: `${PUBLIC}/` });
    house = await quotingHouse(company);
  });
  afterAll(() => company[Symbol.asyncDispose]());

  it('is a PDF and a workbook whose figures can be reckoned with, whatever names begin with', async () => {
    const formula = "=cmd|'/c calc'!A1";
    const line = { name: '+1+1', spec: '@SUM(A1)', quantityMilli: 2_500, priceMinor: 11_300 };
    const { path, id } = await approved(formula, { title: '-2+3', lines: [line] });
    const customer = customerAt(company.port);
    const pdf = await customer.ask(`${path}/quote.pdf`);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const own = await company.ask(house.me, 'GET', `/api/quotes/${id}/pdf`);
    expect(own.headers['x-content-type-options']).toBe('nosniff');
    expect([pdf.headers.get('cache-control'), pdf.headers.get('referrer-policy')]).toEqual(['no-store', 'no-referrer']);
    expect(pdf.headers.get('content-disposition')).toMatch(
      /^inline; .*filename\*=UTF-8''%E6%8A%A5%E4%BB%B7%E5%8D%95-Q/,
    );
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const sheet = await readSheet(await customer.bytes(`${path}/quote.xlsx`));
    expect(sheet).toContainEqual(expect.arrayContaining(['客户', formula]));
    expect(sheet).toContainEqual([1, '+1+1', '@SUM(A1)', 2.5, '件', 113, 282.5]);
    expect(sheet.flat().filter((cell) => cell === 282.5)).toHaveLength(2);
    for (const cell of sheet.flat()) expect(String(cell)).not.toMatch(/成本|毛利|目录价/);
    // Neither paper counts as read.
    expect((await house.read(id)).seenAt).toBeNull();
  });

  it('gives colleagues the same papers, where they may see it and it has been agreed to', async () => {
    const { id, dealId } = await approved('宁波一号');
    const get = async (quoteId: string, who: string, kind = 'pdf') =>
      (await company.ask(who, 'GET', `/api/quotes/${quoteId}/${kind}`)).status;
    expect([await get(id, house.me), await get(id, house.manager, 'xlsx')]).toEqual([200, 200]);
    expect([await get(id, house.stranger), await get(id, 'nobody'), await get('none', house.me)]).toEqual([
      404, 401, 404,
    ]);
    expect(await company.audit({ entityId: (await house.read(id)).customer.id, action: 'quote.read' })).toEqual([
      `quote.read ${house.manager}`,
    ]);
    const draft = (await company.ask(house.me, 'POST', `/api/deals/${dealId}/quotes`, house.content)).body;
    expect(await get(draft.id, house.me)).toBe(409);
    expect((await house.read(draft.id)).rights).toMatchObject({ paper: false, link: false, remove: true });
  });

  it('moves no deal by an opening where the policy says so, nor through a shut gate', async () => {
    const sections = (quotes: object, requires: readonly object[] = []) =>
      company.publish(({ quotes: before, pipeline }) => ({
        quotes: { ...before, ...quotes },
        pipeline: {
          ...pipeline,
          stages: pipeline.stages.map((stage: { key: string }) =>
            stage.key === 'quoted' ? { ...stage, requires } : stage,
          ),
        },
      }));
    const stageOf = async (dealId: string) =>
      (await company.ask(house.me, 'GET', `/api/deals/${dealId}`)).body.deal.stage.key;
    const accepted = async (id: string) => {
      await house.act(id, 'accept', (await house.read(id)).version);
      return (await house.read(id)).offer;
    };
    const first = await approved('宁波二号');
    await sections({ seenMoves: false, acceptedStage: null });
    await first.open();
    expect([await stageOf(first.dealId), (await house.read(first.id)).status]).toEqual(['contacted', 'sent']);
    expect(await accepted(first.id)).toBeNull();
    const second = await approved('宁波三号');
    await sections({}, [{ field: 'signed_on', block: true }]);
    await second.open();
    expect([await stageOf(second.dealId), (await house.read(second.id)).status]).toEqual(['contacted', 'sent']);
    const { items } = (await company.ask(house.me, 'GET', `/api/customers/${second.customerId}/timeline`)).body;
    expect(items[0].text).toMatch(/^客户打开了报价单 Q.*；商机还不能进入「报价发送」，缺：/);
    const offer = { stage: { key: 'contracted', name: '合同签订' }, dealVersion: 1 };
    expect(await accepted(second.id)).toEqual(offer);
  });

  it('goes with its deal when hands change, and as a draft it can be thrown away', async () => {
    const { id, dealId, customerId } = await approved('宁波四号');
    const kept = await approved('宁波五号');
    const draft = (await company.ask(house.me, 'POST', `/api/deals/${dealId}/quotes`, house.content)).body;
    expect(codeOf(await house.act(draft.id, 'remove', 2))).toBe('409 changed_meanwhile');
    expect(codeOf(await house.act(id, 'remove', 3))).toBe('409 wrong_state');
    expect((await house.act(draft.id, 'remove', 1)).body).toEqual({ dealId });
    expect((await house.read(draft.id)).code).toBe('not_found');
    expect(await company.transact((tx) => tx.quoteLine.list({ quoteId: draft.id }))).toEqual([]);
    const given = await company.ask(house.me, 'POST', `/api/customers/${customerId}/owner`, { staffId: house.manager });
    expect(given.status).toBe(200);
    const ownerOf = async (quoteId: string) => (await company.transact((tx) => tx.quote.get(quoteId)))?.ownerId;
    expect([await ownerOf(id), await ownerOf(kept.id)]).toEqual([house.manager, house.me]);
  });
});
