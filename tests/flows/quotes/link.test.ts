// A customer reads a quote under its link: what they see and never see, when it counts as opened, and when it is over.

import { afterAll, beforeAll, expect, it } from 'vitest';
import { expireQuotes } from '../../../src/crm/quote/expire-quotes.ts';
import { newToken } from '../../../src/http/sessions/token.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Company, codeOf, openCompany } from '../api/company.ts';
import { customerAt } from './customer.ts';
import { quotingHouse } from './house.ts';

const DAY_MS = 86_400_000;

let company: Company;
let house: Awaited<ReturnType<typeof quotingHouse>>;
let customers = 0;
/** An approved quote of a deal of its own, with a link to it. */
async function linked() {
  customers += 1;
  const { id: customerId, dealId } = await company.customer(`宁波恒锐 ${customers}`, house.me);
  const draft = (await company.ask(house.me, 'POST', `/api/deals/${dealId}/quotes`, house.content)).body;
  const approved = (await house.act(draft.id, 'submit', 1)).body;
  expect(approved.status).toBe('approved');
  const made = await house.link(draft.id);
  expect(made.body.url).toMatch(/^q\/[\w-]{43}$/);
  const path: string = made.body.url;
  return { ...house, customerId, dealId, id: draft.id as string, path, made: made.body.quote.links[0] };
}

/** Texts about the opening, which nobody sends here. */
async function told(quoteId: string): Promise<number> {
  const [row] = await company.sql<{ n: number }>('SELECT COUNT(*) AS n FROM outbox_order WHERE dedupe_key = ?', [
    `quote:${quoteId}:seen`,
  ]);
  return Number(row?.n);
}

describeDatabase('a quote under its link', () => {
  beforeAll(async () => {
    company = await openCompany();
    house = await quotingHouse(company);
  });
  afterAll(() => company[Symbol.asyncDispose]());

  it('shows what was offered and by whom, and nothing of what is for colleagues', async () => {
    const { path, id, customerId, me } = await linked();
    await company.transact(async (tx) => {
      await tx.quote.update({ id }, { remark: '底价九千', terms: '款到发货' });
      await tx.quoteLine.update({ quoteId: id }, { remark: '老库存' });
      await tx.customer.update({ id: customerId }, { name: '恒锐 <script>alert(1)</script> & "Co"' });
      await tx.staffProfile.insertIfNew({
        ...{ id: me, phone: '139 0000 1111', email: null, region: null, productLines: [], jobRank: null },
        updatedAt: tx.now,
      });
    });
    const response = await customerAt(company.port).ask(path);
    const html = await response.text();
    expect(response.status).toBe(200);
    for (const said of [
      '轴承座',
      '¥113.00',
      '¥11,300.00',
      '款到发货',
      '孙销售',
      '139 0000 1111',
      '壹万壹仟叁佰元整',
      '有效期至',
    ])
      expect(html).toContain(said);
    expect(html).toContain('恒锐 &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Co&quot;');
    for (const hidden of ['<script>alert', '底价九千', '老库存', '毛利', '成本', '目录价', '折扣', '80.00', '20%'])
      expect(html).not.toContain(hidden);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self';/),
    });
    // Nothing inline, nothing of another host.
    expect(html).not.toMatch(/<style|style=|<script>|onclick|https?:/);
  });

  it('keeps only a hash of the link, and ends with the validity or after thirty days', async () => {
    const { path, made: link, id } = await linked();
    const token = path.slice(2);
    const row = await company.transact((tx) => tx.quoteLink.get(link.id));
    expect(JSON.stringify(row)).not.toContain(token);
    expect(row?.tokenHash).toMatch(/^[0-9a-f]{64}$/);
    const quote = await company.transact((tx) => tx.quote.get(id));
    expect(row?.expiresAt).toBe(quote?.validUntil);
    await company.transact((tx) => tx.quote.update({ id }, { validUntil: tx.now + 90 * DAY_MS }));
    const later = await (await linkAgain(id)).expiresAt;
    expect(later - Date.now()).toBeGreaterThan(29 * DAY_MS);
    expect(later - Date.now()).toBeLessThanOrEqual(30 * DAY_MS);

    async function linkAgain(quoteId: string) {
      const owner = (await company.transact((tx) => tx.quote.get(quoteId)))?.ownerId ?? '';
      const made = await company.ask(owner, 'POST', `/api/quotes/${quoteId}/links`, {});
      return made.body.quote.links[0];
    }
  });

  it('goes with a deal that was taken back: nobody could take it back by itself', async () => {
    const { path, dealId, id, made: link } = await linked();
    const customer = customerAt(company.port);
    expect((await customer.read(path)).status).toBe(200);
    await company.transact((tx) => tx.opportunity.update({ id: dealId }, { status: 'withdrawn' }));
    const gone = await customer.read(path);
    expect([gone.status, gone.html.includes('¥')]).toEqual([404, false]);
    expect((await customer.ask(`${path}/quote.pdf`)).status).toBe(404);
    await customer.open(path);
    expect(await company.transact((tx) => tx.quoteLink.get(link.id))).toMatchObject({ opened: 0 });
    expect(await told(id)).toBe(0);
  });

  it('counts an opening by a person with the page before them, once, and carries the deal along', async () => {
    const { path, id, dealId, read, me, customerId } = await linked();
    const customer = customerAt(company.port);
    const quiet = async (): Promise<void> => {
      const quote = await read(id);
      expect([quote.status, quote.seenAt, quote.links[0].opened]).toEqual(['approved', null, 0]);
    };
    await customer.ask(path);
    await customer.ask(path, 'HEAD');
    await customer.ask(`${path}/opened`, 'HEAD');
    await customerAt(company.port, { 'user-agent': 'WhatsApp/2.24 A bot' }).open(path);
    await customerAt(company.port, { 'user-agent': '' }).open(path);
    await customerAt(company.port, { 'sec-purpose': 'prefetch' }).open(path);
    await customer.ask(`${path}/opened`, 'POST', { 'sec-fetch-site': 'cross-site' });
    await quiet();
    // A colleague who is signed in looks at it as the customer would.
    const colleague = customerAt(company.port, { cookie: `liaodan=${newToken()}` });
    expect((await colleague.read(path)).html).toContain('这次打开不会记为客户查看');
    await colleague.open(path);
    await quiet();

    await Promise.all(Array.from({ length: 8 }, () => customer.open(path)));
    const seen = await read(id);
    expect(seen).toMatchObject({ status: 'sent', links: [{ opened: 1, live: true }] });
    expect([typeof seen.seenAt, typeof seen.sentAt, typeof seen.links[0].firstOpenedAt]).toEqual(
      Array(3).fill('number'),
    );
    const page = (await company.ask(me, 'GET', `/api/deals/${dealId}`)).body;
    expect(page.deal.stage.key).toBe('quoted');
    expect(page.changes[0]).toMatchObject({
      cause: 'signal',
      undoable: true,
      quote: expect.stringMatching(/^客户打开了报价单 Q/),
    });
    const line = (await company.ask(me, 'GET', `/api/customers/${customerId}/timeline`)).body.items;
    expect(line.filter(({ text = '' }: { text?: string }) => text.startsWith('客户打开了报价单'))).toHaveLength(1);
    expect(await company.audit({ entityId: id, action: 'quote.seen' })).toEqual(['quote.seen null']);
    expect(await told(id)).toBe(1);

    // A minute later it is opened a second time, which is news to nobody.
    await company.transact((tx) => tx.quoteLink.update({ quoteId: id }, { lastOpenedAt: tx.now - 60_000 }));
    await customer.open(path);
    expect((await read(id)).links[0].opened).toBe(2);
    expect(await told(id)).toBe(1);
    const undone = await company.ask(me, 'POST', `/api/deals/${dealId}/undo`, { changeId: page.changes[0].id });
    expect(undone.body.deal.stage.key).not.toBe('quoted');
  });

  it('says the same of a link that never was, one taken back and one whose time is over', async () => {
    const { path, id, made: link, me } = await linked();
    const customer = customerAt(company.port);
    const never = await customer.read(`q/${newToken()}`);
    expect([never.status, never.html.includes('新的链接')]).toEqual([404, true]);
    const second = (await company.ask(me, 'POST', `/api/quotes/${id}/links`, {})).body;
    await company.transact((tx) => tx.quoteLink.update({ id: second.quote.links[0].id }, { expiresAt: tx.now }));
    expect(await customer.read(second.url)).toEqual(never);
    expect((await customer.read(path)).status).toBe(200);
    const revoked = await company.ask(me, 'POST', `/api/quotes/${id}/revoke`, { linkId: link.id });
    expect(revoked.body.links.map(({ live }: { live: boolean }) => live)).toEqual([false, false]);
    expect(await customer.read(path)).toEqual(never);
    expect((await customer.ask(`${path}/quote.pdf`)).status).toBe(404);
    await customer.open(path);
    expect((await company.ask(me, 'GET', `/api/quotes/${id}`)).body.seenAt).toBeNull();
  });

  it('knows no link of another company', async () => {
    const { path, id } = await linked();
    for (const [table, column] of [
      ['quote_link', 'quote_id'],
      ['quote', 'id'],
    ])
      await company.sql(`UPDATE ${table} SET tenant_id = 'another' WHERE ${column} = ?`, [id]);
    expect((await customerAt(company.port).read(path)).status).toBe(404);
  });

  it('shows no figures of what was replaced, is over or was never agreed to', async () => {
    const { path, id, act, link, read } = await linked();
    const next = (await act(id, 'revise', (await read(id)).version)).body;
    expect(codeOf(await link(next.id))).toBe('409 wrong_state');
    await act(next.id, 'submit', 1);
    const customer = customerAt(company.port);
    const replaced = await customer.read(path);
    expect([replaced.status, replaced.html.includes('已有新版本')]).toEqual([410, true]);
    const nextPath = (await link(next.id)).body.url;
    await company.transact((tx) => tx.quote.update({ id: next.id }, { validUntil: tx.now - 1 }));
    const over = await customer.read(nextPath);
    expect([over.status, over.html.includes('已过有效期')]).toEqual([410, true]);
    await company.transact((tx) => expireQuotes(tx, 10));
    expect(await customer.read(nextPath)).toEqual(over);
    for (const { html } of [replaced, over]) expect(html).not.toMatch(/¥|轴承座|宁波恒锐|Q20/);
  });

  it('lets nobody try many addresses, and nobody else suffers for it', async () => {
    const { path } = await linked();
    const customer = customerAt(company.port, { 'x-forwarded-for': '203.0.113.7' });
    const tried = [];
    for (let at = 0; at < 30; at += 1) tried.push((await customer.read(`q/${newToken()}`)).status);
    expect(new Set(tried)).toEqual(new Set([404, 429]));
    expect((await customer.read(path)).status).toBe(429);
    const other = customerAt(company.port, { 'x-forwarded-for': '203.0.113.8' });
    expect((await other.read(path)).status).toBe(200);
  });
});
