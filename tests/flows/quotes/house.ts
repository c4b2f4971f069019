/** A company that quotes: a salesperson with a deal, their manager, and products in the catalogue. */
import type { Company } from '../api/company.ts';

export async function quotingHouse(company: Company) {
  const manager = await company.employ('郑经理', { role: 'manager' });
  const me = await company.employ('孙销售', { under: manager });
  const stranger = await company.employ('吴路人');
  const { id: customerId, dealId } = await company.customer('宁波恒锐', me);
  const add = async (body: object): Promise<string> =>
    (await company.ask(manager, 'POST', '/api/products', body)).body.id;
  // 113.00 with 13 % tax in it, 80.00 without: a margin of 20 %.
  const bearing = await add({ code: 'ZC-1', name: '轴承座', listMinor: 11_300, costMinor: 8_000, productLine: '轴承' });
  const grease = await add({ code: 'RZ-1', name: '润滑脂', unit: '桶', listMinor: 5_000 });
  const line = { productId: bearing, name: '轴承座', quantityMilli: 100_000, priceMinor: 11_300 };
  const content = { title: '轴承座 100 件', lines: [line] };
  const begin = async (body: object = content) =>
    (await company.ask(me, 'POST', `/api/deals/${dealId}/quotes`, body)).body;
  const act = (id: string, action: string, expectedVersion: number, who = me) =>
    company.ask(who, 'POST', `/api/quotes/${id}/${action}`, { expectedVersion });
  const read = async (id: string, who = me) => (await company.ask(who, 'GET', `/api/quotes/${id}`)).body;
  const link = (id: string, who = me) => company.ask(who, 'POST', `/api/quotes/${id}/links`, {});
  return { manager, me, stranger, customerId, dealId, bearing, grease, line, content, begin, act, read, link };
}
