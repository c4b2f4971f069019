/** The customer opens an approved quote under its link: previews count for nothing, the first look is news once, and the deal moves on. */
import assert from 'node:assert/strict';
import { openDesk } from '../../src/crm/access/desk.ts';
import { makeQuoteLink } from '../../src/crm/quote/quote-link.ts';
import { newToken } from '../../src/http/sessions/token.ts';
import type { Sandbox } from '../start.ts';
import { submitBelowList } from './approvals.ts';
import { type Flow, movesOf, settled, stageOf } from './flow.ts';

const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Mobile/15E148 MicroMessenger/8.0.53';

/** Returns the address as the customer gets it. */
const linkTo = ({ app, url }: Sandbox, quoteId: string): Promise<string> =>
  app.transact(async (tx) => {
    const quote = await tx.quote.get(quoteId);
    const desk = await openDesk(tx, { staffId: quote?.ownerId ?? '', accountId: app.accounts[0]?.id ?? '' });
    const token = newToken();
    assert.ok(desk && (await makeQuoteLink(desk, quoteId, token)).ok);
    return new URL(`/q/${token}`, url).href;
  });

const link: Flow = {
  name: 'quote-link',
  async play(sandbox) {
    const { platform, company, app } = sandbox;
    const { bearing } = company.deals;
    const quoteId = await submitBelowList(sandbox, bearing);
    const card = await platform.waitForCard(company.staff.chen, '请审批');
    assert.ok((await platform.tap(company.staff.chen, card.messageId, '同意')).ok);
    const address = await linkTo(sandbox, quoteId);
    const ask = (path: string, method = 'GET', program = PHONE) =>
      fetch(address + path, { method, headers: { 'user-agent': program } });
    const page = await (await ask('')).text();
    assert.match(page, /宁波恒锐机电[\s\S]*轴承座[\s\S]*¥255,000\.00[\s\S]*李娜/);
    assert.doesNotMatch(page, /折扣|目录价|毛利|成本/);
    const pdf = Buffer.from(await (await ask('/quote.pdf')).arrayBuffer());
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    await ask('/opened', 'POST', 'WeChat-Link-Preview/1.0 (bot)');
    assert.equal((await app.look((tx) => tx.quote.get(quoteId)))?.seenAt, null);

    await Promise.all([ask('/opened', 'POST'), ask('/opened', 'POST')]);
    await platform.waitForText(company.staff.lina, '客户打开了报价单');
    await settled(sandbox);
    const seen = await app.look((tx) => tx.quote.get(quoteId));
    assert.ok(seen?.status === 'sent' && seen.seenAt !== null && seen.sentAt !== null);
    assert.equal(await stageOf(sandbox, bearing), 'quoted');
    assert.equal((await movesOf(sandbox, bearing)).length, 1);
    const told = await app.look((tx) => tx.activity.list({ opportunityId: bearing, kind: 'quote' }));
    assert.equal(told.filter(({ text }) => text.startsWith('客户打开了报价单')).length, 1);
    await app.transact((tx) => tx.quote.update({ id: quoteId }, { status: 'replaced' }));
    const gone = await ask('');
    assert.equal(gone.status, 410);
    assert.doesNotMatch(await gone.text(), /¥|轴承座|宁波恒锐/);
  },
};

export const quoteLinkFlows: readonly Flow[] = [link];
