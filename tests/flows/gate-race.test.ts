// The last two things a deal waits for come at the same moment, on two connections: it moves once, whoever is first.

import { expect, it } from 'vitest';
import { openDesk } from '../../src/crm/access/desk.ts';
import { decideApproval } from '../../src/crm/approval/decide.ts';
import { addFile } from '../../src/crm/file/file-desk.ts';
import { moveDeal } from '../../src/crm/opportunity/deal-desk.ts';
import { insertProduct } from '../../src/crm/product/product-desk.ts';
import { submitQuote } from '../../src/crm/quote/quote-desk.ts';
import { beginQuote } from '../../src/crm/quote/write-quote.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { activate, starterDocument } from '../../src/policies.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, openOffice } from './office.ts';

const WANTS = '{ approved: quote, block: true }, { document: contract, block: true }';
const active = activate(1, starterDocument().replace('{ approved: quote }', WANTS));

describeDatabase('a deal that waits', () => {
  it('moves once when the last two things come at once', async () => {
    await using office = await openOffice();
    const within = <T>(work: (tx: Tx) => Promise<T>) => office.run((tx) => work({ ...tx, active }));
    const supervisorId = await office.employ('陈总监', { role: 'admin' });
    const owner = await office.employ('李娜', { supervisorId });
    const customerId = await office.customer('恒锐', owner);
    const atDesk = async (tx: Tx) => {
      const desk = await openDesk(tx, { staffId: owner, accountId: ACCOUNT });
      if (!desk) throw new Error('the owner is gone');
      return desk;
    };
    for (let round = 0; round < 8; round += 1) {
      const dealId = await office.deal(customerId, `商机${round}`, owner, 'sampling');
      const approvalId = await within(async (tx) => {
        const desk = await atDesk(tx);
        const { id: productId } = await insertProduct(tx, { name: `轴承座${round}`, unit: '件', listMinor: 10_000 });
        const line = { productId, name: '轴承座', unit: '件', quantityMilli: 1_000, priceMinor: 8_000 };
        const draft = await beginQuote(desk, dealId, { title: '轴承座', taxBp: 0, taxIncluded: true, lines: [line] });
        if (!draft.ok) throw new Error(draft.reason);
        await moveDeal(desk, dealId, { toStage: 'contracted', whenReady: true, expectedVersion: 1 });
        await submitQuote(desk, draft.value.id, draft.value.version);
        return (await tx.approval.find({ subjectId: draft.value.id }))?.id ?? '';
      });
      const content = Buffer.from('%PDF-1.7');
      await Promise.all([
        within((tx) => decideApproval(tx, { approvalId, staffId: supervisorId, agree: true, comment: null })),
        within(async (tx) =>
          addFile(await atDesk(tx), dealId, { kind: 'contract', name: 'a.pdf', content, sha256: `${round}` }),
        ),
      ]);
      const moves = await office.run((tx) => tx.stageChange.list({ opportunityId: dealId }));
      expect(moves.map(({ toStage, cause, staffId }) => [toStage, cause, staffId])).toEqual([
        ['contracted', 'confirmed', owner],
      ]);
      expect(await office.run((tx) => tx.stageWish.list({ opportunityId: dealId }))).toEqual([]);
    }
  });
});
