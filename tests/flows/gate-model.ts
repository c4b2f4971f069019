/** What policies want of stages and what happens to a deal, by chance; what it must have and what it has, written anew from the rows. */
import fc from 'fast-check';
import { LOST, WON } from '../../src/crm/opportunity/pipeline.ts';
import type { OpportunityRow } from '../../src/crm/rows/deals.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { activate, starterDocument } from '../../src/policies.ts';

export const starter = activate(1, starterDocument());
const STAGES = starter.policy.pipeline.stages.map(({ key }) => key);
const FIELDS = ['amount', 'expected_close', 'requirement', 'signed_on'];
export const VALUES: Readonly<Record<string, string | number>> = {
  amount: 100,
  expected_close: '2026-12-31',
  requirement: '500 套',
  signed_on: '2026-11-20',
};

const DOCUMENTS = ['contract', 'drawing'];
const WANTS = [
  ...FIELDS.map((field) => ({ field })),
  ...DOCUMENTS.map((document) => ({ document })),
  { approved: 'quote' },
];

const MOSTLY = fc.constantFrom(true, true, true, false);

const requirement = fc
  .record({ what: fc.constantFrom(...WANTS), block: MOSTLY })
  .map(({ what, block }) => ({ ...what, block }));
/** Two stages of eight want something, more or less: the deal is to get on now and then. */
export const requirements = fc.array(
  fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.tuple(requirement) }),
  { minLength: STAGES.length, maxLength: STAGES.length },
);
const often =
  (weight: number) =>
  <T>(arbitrary: fc.Arbitrary<T>) => ({ weight, arbitrary });
export const event = fc.oneof(
  often(4)(
    fc.record({ kind: fc.constant('words' as const), signal: fc.constantFrom(...STAGES.slice(2)), sure: MOSTLY }),
  ),
  often(3)(
    fc.record({
      kind: fc.constant('move' as const),
      to: fc.constantFrom(...STAGES.slice(0, -1), ...STAGES.slice(0, -1), WON, LOST),
      fill: fc.boolean(),
      whenReady: fc.boolean(),
    }),
  ),
  often(3)(
    fc.record({
      kind: fc.constant('tap' as const),
      button: fc.constantFrom('advance' as const, 'submit_quote' as const),
    }),
  ),
  often(3)(fc.record({ kind: fc.constant('field' as const), field: fc.constantFrom(...FIELDS), filled: MOSTLY })),
  often(3)(
    fc.record({
      kind: fc.constant('file' as const),
      document: fc.constantFrom(...DOCUMENTS),
      act: fc.constantFrom('add' as const, 'add' as const, 'remove' as const, 'restore' as const),
    }),
  ),
  often(3)(fc.record({ kind: fc.constant('quote' as const), cheap: fc.boolean(), submit: fc.boolean() })),
  often(3)(fc.record({ kind: fc.constant('decide' as const), agree: MOSTLY })),
  often(2)(fc.record({ kind: fc.constant('undo' as const) })),
);
export type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

export type Wanted = (typeof WANTS)[number] & { readonly block: boolean };
const wordOf = (wanted: object): string =>
  Object.entries(wanted)
    .filter(([key]) => key !== 'block')
    .flat()
    .join(' ');

/** Written anew here: what a deal that comes to `to` must have, by the stages alone. */
export function wanted(tx: Tx, to: string): string[] {
  const { stages, soldStage } = tx.active.policy.pipeline;
  const last = stages.findIndex(({ key }) => key === (to === WON ? soldStage : to));
  return stages
    .slice(0, last + 1)
    .flatMap(({ requires }) => requires.filter(({ block }) => block).map((one) => wordOf(one)));
}

/** And what it has, by the rows alone. */
export async function had(tx: Tx, { id, amountMinor }: OpportunityRow): Promise<ReadonlySet<string>> {
  const of = { opportunityId: id };
  const agreed = (await tx.quote.list(of)).some(({ status }) => ['approved', 'sent', 'accepted'].includes(status));
  const files = (await tx.attachment.list(of)).filter(({ removedAt }) => removedAt === null);
  return new Set([
    ...(amountMinor === null ? [] : ['field amount']),
    ...(await tx.dealField.list(of)).map(({ fieldKey }) => `field ${fieldKey}`),
    ...(agreed ? ['approved quote'] : []),
    ...files.map(({ kind }) => `document ${kind}`),
  ]);
}
