// Whatever the policy wants of stages and whatever happens: no path leads through a gate that blocks, no words are lost, and a deal that waits for nothing does not wait.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Desk, openDesk } from '../../src/crm/access/desk.ts';
import { decideApproval } from '../../src/crm/approval/decide.ts';
import { decideTap } from '../../src/crm/card/decide-tap.ts';
import { addFile, removeFile, restoreFile } from '../../src/crm/file/file-desk.ts';
import { changeDeal } from '../../src/crm/opportunity/change-deal.ts';
import { moveDeal } from '../../src/crm/opportunity/deal-desk.ts';
import { judgeReach, stageIndex, WON } from '../../src/crm/opportunity/pipeline.ts';
import { undoStage } from '../../src/crm/opportunity/undo-stage.ts';
import { insertProduct } from '../../src/crm/product/product-desk.ts';
import { submitQuote } from '../../src/crm/quote/quote-desk.ts';
import { beginQuote } from '../../src/crm/quote/write-quote.ts';
import type { OpportunityRow } from '../../src/crm/rows/deals.ts';
import { actOnFindings } from '../../src/crm/signal/act-on-findings.ts';
import { ruleAsks } from '../../src/crm/signal/rule-precision.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { databaseKind, describeDatabase } from '../support/services/database.ts';
import { type Event, event, had, requirements, starter, VALUES, type Wanted, wanted } from './gate-model.ts';
import { ACCOUNT, type Office, openOffice } from './office.ts';

interface Scene {
  readonly dealId: string;
  readonly owner: string;
  readonly productId: string;
}

describeDatabase('the gate of a stage', () => {
  it('lets no path pass what blocks, loses no words, and keeps no wish that could come true', {
    timeout: 240_000,
  }, async () => {
    await using office = await openOffice();
    const supervisorId = await office.employ('陈总监', { role: 'admin' });
    const owner = await office.employ('李娜', { supervisorId });
    const customerId = await office.customer('恒锐', owner);
    const productId = await office.run(
      async (tx) => (await insertProduct(tx, { name: '轴承座', unit: '件', listMinor: 10_000 })).id,
    );
    let played = 0;
    await fc.assert(
      fc.asyncProperty(requirements, fc.array(event, { minLength: 12, maxLength: 20 }), async (requires, events) => {
        played += 1;
        const dealId = await office.deal(customerId, `商机${played}`, owner, 'contacted');
        const within = withPolicy(office, requires);
        for (const [index, step] of events.entries())
          await within((tx) => play(tx, step, `${played}-${index}`, { dealId, owner, productId }));
      }),
      { numRuns: databaseKind === 'mysql' ? 20 : 60 },
    );
  });
});

function withPolicy(office: Office, requires: readonly (readonly Wanted[])[]) {
  const { pipeline } = starter.policy;
  const stages = pipeline.stages.map((stage, index) => ({ ...stage, requires: [...(requires[index] ?? [])] }));
  const active = { ...starter, policy: { ...starter.policy, pipeline: { ...pipeline, stages } } };
  return <T>(work: (tx: Tx) => Promise<T>) => office.run((tx) => work({ ...tx, active }));
}

async function play(tx: Tx, step: Event, name: string, scene: Scene): Promise<void> {
  const before = await dealOf(tx, scene.dealId);
  const has = await had(tx, before);
  await act(tx, step, name, before, scene);
  const after = await dealOf(tx, scene.dealId);
  const now = await had(tx, after);
  const pipeline = tx.active.policy.pipeline;
  const came = after.status === 'won' ? WON : after.stage;
  const forward =
    came === WON ? before.status !== 'won' : stageIndex(pipeline, came) > stageIndex(pipeline, before.stage);
  const lacking = (stage: string, those: ReadonlySet<string>) => wanted(tx, stage).filter((one) => !those.has(one));
  if (forward) expect({ step, came, missing: lacking(came, now) }).toEqual({ step, came, missing: [] });
  // Words bring nothing else: what they passed was there before.
  if (forward && step.kind === 'words') expect(lacking(came, has)).toEqual([]);
  const wishes = await tx.stageWish.list({ opportunityId: scene.dealId });
  expect(wishes.length).toBeLessThan(2);
  for (const { opportunityVersion, toStage } of wishes) {
    expect({ step, version: opportunityVersion, status: after.status }).toEqual({
      ...{ step, version: after.version },
      status: 'open',
    });
    expect({ step, toStage, waits: lacking(toStage, now).length > 0 }).toEqual({ step, toStage, waits: true });
  }
}

async function act(tx: Tx, step: Event, name: string, deal: OpportunityRow, scene: Scene): Promise<void> {
  const desk = await openDesk(tx, { staffId: scene.owner, accountId: ACCOUNT });
  if (!desk) throw new Error('the owner is gone');
  if (step.kind === 'words') return hear(tx, step, name, deal);
  if (step.kind === 'file') return file(desk, step, deal.id);
  if (step.kind === 'quote') return quote(desk, step, deal.id, scene.productId);
  if (step.kind === 'decide') return decide(tx, step.agree, deal.id);
  if (step.kind === 'field') {
    const fields = { [step.field]: step.filled ? (VALUES[step.field] ?? '') : null };
    await changeDeal(desk, deal.id, { fields, expectedVersion: deal.version });
  }
  if (step.kind === 'move') {
    const fields = step.fill ? VALUES : {};
    const moved = await moveDeal(desk, deal.id, {
      ...{ toStage: step.to, lostReason: '价格', fields, whenReady: step.whenReady },
      expectedVersion: deal.version,
    });
    // A refusal leaves everything as it was, what was filled in too.
    if (!moved.ok) expect(await dealOf(tx, deal.id)).toEqual(deal);
  }
  if (step.kind === 'undo') {
    const [change] = await tx.stageChange.list(
      { opportunityId: deal.id },
      { orderBy: 'opportunityVersion', descending: true, limit: 1 },
    );
    if (change) await undoStage(tx, { changeId: change.id, staffId: scene.owner });
  }
  if (step.kind === 'tap') {
    const [card] = await tx.card.list({ subject: `opportunity:${deal.id}`, status: 'open', kind: 'ask' });
    const action = card && (await tx.cardAction.find({ cardId: card.id, kind: step.button, usedAt: null }));
    if (!action) return;
    const tapper = { id: '李娜', tenant: null, internal: true };
    const tap = { eventId: name, tapper, actionKey: action.id, values: {}, messageId: 'm', chatId: null };
    await decideTap(tx, ACCOUNT, tap);
  }
}

async function file(desk: Desk, { document, act: what }: Event & { kind: 'file' }, dealId: string): Promise<void> {
  const content = Buffer.from(`%PDF-1.7 ${document}`);
  if (what === 'add') await addFile(desk, dealId, { kind: document, name: 'a.pdf', content, sha256: document });
  const known = await desk.tx.attachment.list({ opportunityId: dealId, kind: document });
  if (what === 'remove') for (const { id } of known) await removeFile(desk, id);
  if (what === 'restore') for (const { id } of known) await restoreFile(desk, id);
}

/** One that is cheap has to be agreed to; the other is approved as it is submitted. */
async function quote(
  desk: Desk,
  { cheap, submit }: Event & { kind: 'quote' },
  dealId: string,
  productId: string,
): Promise<void> {
  const line = { productId, name: '轴承座', unit: '件', quantityMilli: 1_000, priceMinor: cheap ? 8_000 : 10_000 };
  const begun = await beginQuote(desk, dealId, { title: '轴承座', taxBp: 0, taxIncluded: true, lines: [line] });
  if (begun.ok && submit) await submitQuote(desk, begun.value.id, begun.value.version);
}

async function decide(tx: Tx, agree: boolean, opportunityId: string): Promise<void> {
  for (const { id: subjectId } of await tx.quote.list({ opportunityId, status: 'submitted' })) {
    const approval = await tx.approval.find({ subjectId, state: 'open' });
    const seat = approval && (await tx.approvalSeat.find({ approvalId: approval.id, state: 'open' }));
    if (approval && seat)
      await decideApproval(tx, { approvalId: approval.id, staffId: seat.staffId, agree, comment: '不行' });
  }
}

async function hear(
  tx: Tx,
  { signal, sure }: Event & { kind: 'words' },
  name: string,
  deal: OpportunityRow,
): Promise<void> {
  const rule = tx.active.policy.signals.rules.find((candidate) => candidate.signal === signal && !candidate.fromStages);
  const verdict = sure ? ('advance' as const) : ('hint' as const);
  const said = {
    signal,
    verdict,
    ruleKey: rule?.key ?? 'none',
    phrase: signal,
    quote: signal,
    speakerName: null,
    messageId: name,
  };
  const reach = judgeReach(tx.active.policy.pipeline, deal.stage, signal, verdict, await ruleAsks(tx, rule));
  const has = await had(tx, deal);
  const cold = rule && rule.cooldownHours > 0;
  const [outcome] = await actOnFindings(tx, {
    matter: { opportunity: deal },
    findings: [said],
    accountId: ACCOUNT,
    chatId: null,
  });
  const [written] = await tx.signalDecision.list({ messageId: name });
  expect(written?.outcome).toBe(outcome);
  if (deal.status !== 'open') expect(outcome).toBe('closed_deal');
  else if (cold && outcome === 'cooldown') return;
  else if (reach.act === 'note') expect(outcome).toBe(reach.outcome);
  else if (reach.act === 'advance' && wanted(tx, signal).every((one) => has.has(one))) expect(outcome).toBe('advanced');
  else {
    expect(['asked', 'open_card']).toContain(outcome);
    const open = await tx.card.list({ subject: `opportunity:${deal.id}`, status: 'open', kind: 'ask' });
    expect(open.map(({ data }) => data.toStage)).toContain(signal);
  }
}

async function dealOf(tx: Tx, id: string): Promise<OpportunityRow> {
  const deal = await tx.opportunity.get(id);
  if (!deal) throw new Error('the deal is gone');
  return deal;
}
