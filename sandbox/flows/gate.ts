/** A stage that wants an approved quote: the customer's words bring the card that opens it, and the approver's tap moves the deal. */
import assert from 'node:assert/strict';
import { openDesk } from '../../src/crm/access/desk.ts';
import { insertProduct } from '../../src/crm/product/product-desk.ts';
import { beginQuote } from '../../src/crm/quote/write-quote.ts';
import { starterDocument } from '../../src/policies.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, movesOf, settled, stageOf } from './flow.ts';

const WORDS = '样品没问题，合同已经盖章了';

/** From here on nothing is signed without a quote that was agreed to. */
async function wantQuote({ app }: Sandbox): Promise<void> {
  const document = starterDocument().replace('{ approved: quote }', '{ approved: quote, block: true }');
  assert.match(document, /approved: quote, block: true/);
  await app.database.company.publishPolicy(app.accounts[0]?.tenantId ?? '', document, 'flow');
}

/** 李娜 has written a quote 15 % below the list price, and the samples are with the customer. */
const draft = ({ app }: Sandbox, dealId: string): Promise<void> =>
  app.transact(async (tx) => {
    const deal = await tx.opportunity.get(dealId);
    const desk = await openDesk(tx, { staffId: deal?.ownerId ?? '', accountId: app.accounts[0]?.id ?? '' });
    assert.ok(desk);
    await tx.opportunity.update({ id: dealId }, { stage: 'sampling' });
    const { id: productId } = await insertProduct(tx, { name: '轴承座', unit: '件', listMinor: 10_000 });
    const line = { productId, name: '轴承座', unit: '件', quantityMilli: 3_000_000, priceMinor: 8_500 };
    const begun = await beginQuote(desk, dealId, {
      ...{ title: '轴承座 3000 套', taxBp: 1_300, taxIncluded: true },
      lines: [line],
    });
    assert.ok(begun.ok, JSON.stringify(begun));
  });

const gate: Flow = {
  name: 'gate',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const { bearing } = company.deals;
    await wantQuote(sandbox);
    await draft(sandbox, bearing);
    platform.say(company.customers.zhou, company.chats.hengrui, WORDS);
    const asked = await platform.waitForCard(company.staff.lina, '合同签订');
    assert.match(asked.text, /还缺：批准的报价单。报价单 Q\S+ 还没有提交审批。补齐后自动进入「合同签订」/);
    assert.equal(await stageOf(sandbox, bearing), 'sampling');
    const shut = await platform.tap(company.staff.lina, asked.messageId, '推进到「合同签订」');
    assert.equal(shut.ok && shut.toast?.type, 'warning');
    const tap = await platform.tap(company.staff.lina, asked.messageId, '提交审批');
    assert.ok(tap.ok && tap.cardChanged);
    assert.match(tap.toast?.content ?? '', /等陈总监审批。同意后商机进入「合同签订」/);
    assert.match(platform.card(asked.messageId).text, /正在审批：「直接主管」等陈总监审批/);
    const approval = await platform.waitForCard(company.staff.chen, '请审批');
    assert.match(approval.text, /同意后商机进入「合同签订」/);
    assert.ok((await platform.tap(company.staff.chen, approval.messageId, '同意')).ok);
    assert.equal(await stageOf(sandbox, bearing), 'contracted');
    const [move] = await movesOf(sandbox, bearing);
    assert.equal(move?.quote, WORDS);
    assert.ok(move.messageId !== null && move.cause === 'confirmed');
    await settled(sandbox);
    assert.deepEqual(platform.card(asked.messageId).buttons, []);
    assert.match(platform.card(asked.messageId).text, /商机已是「合同签订」/);
  },
};

export const gateFlows: readonly Flow[] = [gate];
