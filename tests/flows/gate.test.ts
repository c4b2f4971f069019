// Whatever the policy wants of stages and whatever happens: no move passes a blocking field, and no words are lost.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openDesk } from '../../src/crm/access/desk.ts';
import { decideTap } from '../../src/crm/card/decide-tap.ts';
import { changeDeal } from '../../src/crm/opportunity/change-deal.ts';
import { moveDeal } from '../../src/crm/opportunity/deal-desk.ts';
import { filledFields } from '../../src/crm/opportunity/deal-values.ts';
import { judgeReach, LOST, stageIndex, WON } from '../../src/crm/opportunity/pipeline.ts';
import { undoStage } from '../../src/crm/opportunity/undo-stage.ts';
import type { OpportunityRow } from '../../src/crm/rows/deals.ts';
import { actOnFindings } from '../../src/crm/signal/act-on-findings.ts';
import { ruleAsks } from '../../src/crm/signal/rule-precision.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { activate, starterDocument } from '../../src/policies.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice } from './office.ts';

const starter = activate(1, starterDocument());
const STAGES = starter.policy.pipeline.stages.map(({ key }) => key);
const FIELDS = ['amount', 'expected_close', 'requirement', 'signed_on'];
const VALUES: Readonly<Record<string, string | number>> = {
  amount: 100,
  expected_close: '2026-12-31',
  requirement: '500 套',
  signed_on: '2026-11-20',
};

const requirements = fc.array(
  fc.uniqueArray(fc.record({ field: fc.constantFrom(...FIELDS), block: fc.boolean() }), {
    selector: ({ field }) => field,
    maxLength: 2,
  }),
  { minLength: STAGES.length, maxLength: STAGES.length },
);
const event = fc.oneof(
  fc.record({ kind: fc.constant('words' as const), signal: fc.constantFrom(...STAGES.slice(2)), sure: fc.boolean() }),
  fc.record({ kind: fc.constant('move' as const), to: fc.constantFrom(...STAGES, WON, LOST), fill: fc.boolean() }),
  fc.record({ kind: fc.constant('tap' as const) }),
  fc.record({ kind: fc.constant('field' as const), field: fc.constantFrom(...FIELDS), filled: fc.boolean() }),
  fc.record({ kind: fc.constant('undo' as const) }),
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** Written anew here: which blocking fields a deal that comes to `to` must have, by its stages alone. */
function wanted(tx: Tx, to: string): string[] {
  const { stages, soldStage } = tx.active.policy.pipeline;
  const last = stages.findIndex(({ key }) => key === (to === WON ? soldStage : to));
  return stages
    .slice(0, last + 1)
    .flatMap(({ requires }) => requires.filter(({ block }) => block).map(({ field }) => field));
}

describeDatabase('the gate of a stage', () => {
  it('lets no move pass a blocking field, and loses no words: moved, asked or noted', {
    timeout: 120_000,
  }, async () => {
    await using office = await openOffice();
    const owner = await office.employ('李娜');
    const customerId = await office.customer('恒锐', owner);
    let played = 0;
    await fc.assert(
      fc.asyncProperty(requirements, fc.array(event, { minLength: 4, maxLength: 10 }), async (requires, events) => {
        played += 1;
        const dealId = await office.deal(customerId, `商机${played}`, owner, 'contacted');
        const within = withPolicy(office, requires);
        for (const [index, step] of events.entries())
          await within((tx) => play(tx, step, `${played}-${index}`, { dealId, owner }));
      }),
      { numRuns: 40 },
    );
  });
});

function withPolicy(office: Office, requires: readonly { field: string; block: boolean }[][]) {
  const { pipeline } = starter.policy;
  const stages = pipeline.stages.map((stage, index) => ({ ...stage, requires: requires[index] ?? [] }));
  const active = { ...starter, policy: { ...starter.policy, pipeline: { ...pipeline, stages } } };
  return <T>(work: (tx: Tx) => Promise<T>) => office.run((tx) => work({ ...tx, active }));
}

async function play(
  tx: Tx,
  step: Event,
  name: string,
  { dealId, owner }: { dealId: string; owner: string },
): Promise<void> {
  const before = await dealOf(tx, dealId);
  const filled = await filledFields(tx, before);
  await act(tx, step, name, before, owner);
  const after = await dealOf(tx, dealId);
  const pipeline = tx.active.policy.pipeline;
  const came = after.status === 'won' ? WON : after.stage;
  const forward =
    came === WON ? before.status !== 'won' : stageIndex(pipeline, came) > stageIndex(pipeline, before.stage);
  if (step.kind === 'undo' || !forward) return;
  const now = await filledFields(tx, after);
  expect({ step, came, missing: wanted(tx, came).filter((field) => !now.has(field)) }).toEqual({
    step,
    came,
    missing: [],
  });
  // Words and taps bring no values: what they passed was there before.
  if (step.kind !== 'move') expect(wanted(tx, came).every((field) => filled.has(field))).toBe(true);
}

async function act(tx: Tx, step: Event, name: string, deal: OpportunityRow, owner: string): Promise<void> {
  const desk = await openDesk(tx, { staffId: owner, accountId: ACCOUNT });
  if (!desk) throw new Error('the owner is gone');
  if (step.kind === 'words') return hear(tx, step, name, deal);
  if (step.kind === 'field') {
    const fields = { [step.field]: step.filled ? (VALUES[step.field] ?? '') : null };
    await changeDeal(desk, deal.id, { fields, expectedVersion: deal.version });
  }
  if (step.kind === 'move') {
    const fields = step.fill ? VALUES : {};
    const moved = await moveDeal(desk, deal.id, {
      toStage: step.to,
      lostReason: '价格',
      fields,
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
    if (change) await undoStage(tx, { changeId: change.id, staffId: owner });
  }
  if (step.kind === 'tap') {
    const [card] = await tx.card.list({ subject: `opportunity:${deal.id}`, status: 'open', kind: 'ask' });
    const action = card && (await tx.cardAction.find({ cardId: card.id, kind: 'advance' }));
    if (!action) return;
    const tapper = { id: '李娜', tenant: null, internal: true };
    await decideTap(tx, ACCOUNT, {
      eventId: name,
      tapper,
      actionKey: action.id,
      values: {},
      messageId: 'm',
      chatId: null,
    });
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
  const filled = await filledFields(tx, deal);
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
  else if (reach.act === 'advance' && wanted(tx, signal).every((field) => filled.has(field)))
    expect(outcome).toBe('advanced');
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
