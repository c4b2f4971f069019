/** Deals as pages show and change them. Money in minor units (分), instants in ms. */
import { z } from 'zod';
import { id, instant, missingThing, person, stage } from './common.ts';
import { task } from './task.ts';

export const deal = z.object({
  id,
  customerId: id,
  name: z.string(),
  owner: person,
  stage,
  /** When it entered the stage. */
  since: instant,
  status: z.enum(['open', 'won', 'lost', 'withdrawn']),
  amountMinor: z.int().nullable(),
  currency: z.string(),
  lostReason: z.string().nullable(),
  /** `YYYY-MM-DD`. */
  expectedClose: z.string().nullable(),
  /** Wanted where it stands and not there. */
  missing: z.array(missingThing),
  /** What is to be done for it first. */
  nextTask: z.object({ id, title: z.string(), dueAt: instant.nullable() }).nullable(),
  /** How long it has stood since something was last done, and how long it may; null where nothing is counted. Working time, ms. */
  standing: z
    .object({
      stoodMs: z.int(),
      limitMs: z.int(),
      /** One working day. */
      dayMs: z.int(),
      /** When the limit is used up. */
      dueAt: instant,
      highRisk: z.boolean(),
      /** When somebody is reminded next. */
      nextAt: instant.nullable(),
      /** Who is at it; until then nobody is reminded. */
      held: z.object({ by: z.string(), until: instant }).nullable(),
    })
    .nullable(),
  createdAt: instant,
  closedAt: instant.nullable(),
  /** Say it when moving the deal: a deal that changed meanwhile is not moved. */
  version: z.int(),
});
export type DealView = z.infer<typeof deal>;

/** One move with what caused it. */
export const stageChange = z.object({
  id,
  dealId: id,
  dealName: z.string(),
  from: stage,
  to: stage,
  cause: z.enum(['signal', 'confirmed', 'manual', 'undo']),
  /** Who moved or confirmed it; null when a message did by itself. */
  by: z.string().nullable(),
  /** The words that moved it, or the reason a colleague gave. */
  quote: z.string().nullable(),
  speakerName: z.string().nullable(),
  /** The message in the customer's timeline; null where there is none to show. */
  messageId: z.string().nullable(),
  /** What the rule is called that saw it in the words. */
  ruleLabel: z.string().nullable(),
  /** The policy by which it was decided. */
  policyVersion: z.int(),
  /** How long the deal had stood in `from`, ms. */
  stayedMs: z.int(),
  at: instant,
  undone: z.boolean(),
  /** It can be taken back now. */
  undoable: z.boolean(),
});
export type StageChangeView = z.infer<typeof stageChange>;

const fieldValue = z.union([z.string().trim().min(1).max(1000), z.number()]);

/** Money in minor units and numbers as numbers, dates as `YYYY-MM-DD`, all else as text. */
export const dealField = z.object({
  key: z.string(),
  name: z.string(),
  kind: z.enum(['text', 'number', 'money', 'date', 'choice', 'phone']),
  options: z.array(z.string()),
  hint: z.string().nullable(),
  value: z.union([z.string(), z.number()]).nullable(),
});
export type DealFieldView = z.infer<typeof dealField>;

/** `GET /api/deals/:id`, and the answer to a move and an undo. `changes`: newest first, at most 50. */
export const dealPage = z.object({
  deal,
  customer: z.object({ id, name: z.string() }),
  changes: z.array(stageChange),
  /** All of the policy, `amount` and `expected_close` first. */
  fields: z.array(dealField),
  /** What stages ahead, and `won`, want and have not; a stage that wants nothing is not in it. */
  gates: z.array(z.object({ toStage: z.string(), missing: z.array(missingThing) })),
  /** Why nothing was agreed to yet, of each `key` that gates want; `path` begins with `/app/`; `draft`: what can be submitted. */
  obstacles: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      link: z.object({ label: z.string(), path: z.string() }).nullable(),
      draft: z.object({ id, version: z.int() }).nullable(),
    }),
  ),
  /** Where it goes by itself as soon as nothing is missing, until when, and what it rests on. */
  wish: z
    .object({
      to: stage,
      /** Who wants it; null for the customer's words. */
      by: z.string().nullable(),
      quote: z.string().nullable(),
      at: instant,
      until: instant,
    })
    .nullable(),
  /** How long it stood in the stages it has left, ms. */
  dwell: z.array(z.object({ stage: z.string(), ms: z.int() })),
  /** Not yet done, the first due first. */
  tasks: z.array(task),
  /** Who may be given a task. */
  team: z.array(person),
  /** The colleague may change it. */
  work: z.boolean(),
});
export type DealPageView = z.infer<typeof dealPage>;

/** `POST /api/customers/:id/deals`. */
export const newDealBody = z.strictObject({
  name: z.string().trim().min(1).max(200),
  amountMinor: z.int().nonnegative().max(1_000_000_000_000).optional(),
});
export type NewDealBody = z.infer<typeof newDealBody>;

/** `POST /api/deals/:id/move`. `toStage`: a stage of `GET /api/me`, `won`, or `lost`, which wants a `lostReason`. */
export const moveBody = z.strictObject({
  toStage: z.string().min(1).max(40),
  reason: z.string().trim().min(1).max(500).optional(),
  lostReason: z.string().trim().min(1).max(500).optional(),
  /** Filled in on the way; a stage that wants fields answers 409 `fields_missing` and names them. */
  fields: z.record(z.string(), fieldValue).optional(),
  /** Where something is missing all the same: keep the fields, and move as soon as nothing is; the answer has a `wish`. */
  whenReady: z.boolean().optional(),
  expectedVersion: z.int().positive(),
});
export type MoveBody = z.infer<typeof moveBody>;

/** `PATCH /api/deals/:id`: what is not said stays; null empties. `expectedVersion` counts moves, not what is filled in. */
export const dealPatch = z.strictObject({
  name: z.string().trim().min(1).max(200).optional(),
  amountMinor: z.int().nonnegative().max(1_000_000_000_000).nullable().optional(),
  fields: z.record(z.string(), fieldValue.nullable()).optional(),
  expectedVersion: z.int().positive(),
});
export type DealPatch = z.infer<typeof dealPatch>;

/** `POST /api/deals/:id/undo`. */
export const undoBody = z.strictObject({ changeId: id });
