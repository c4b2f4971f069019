/** Deals as pages show and change them. Money in minor units (分), instants in ms. */
import { z } from 'zod';
import { id, instant, person, stage } from './common.ts';

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
  at: instant,
  undone: z.boolean(),
  /** It can be taken back now. */
  undoable: z.boolean(),
});
export type StageChangeView = z.infer<typeof stageChange>;

/** `GET /api/deals/:id`, and the answer to a move and an undo. `changes`: newest first, at most 50. */
export const dealPage = z.object({
  deal,
  customer: z.object({ id, name: z.string() }),
  changes: z.array(stageChange),
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
  expectedVersion: z.int().positive(),
});
export type MoveBody = z.infer<typeof moveBody>;

/** `POST /api/deals/:id/undo`. */
export const undoBody = z.strictObject({ changeId: id });
