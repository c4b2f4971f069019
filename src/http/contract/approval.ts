/** Approvals as pages list and decide them. Money in fen, rates in basis points, instants in ms. */
import { z } from 'zod';
import { id, instant, pageOf, pageQuery, person } from './common.ts';

const seat = z.object({
  person,
  /** Whose place it is, where somebody stands in or it was handed on. */
  insteadOf: person.nullable(),
  /** `moved`: it went to somebody else; `spared`: no longer asked. */
  state: z.enum(['open', 'approved', 'rejected', 'moved', 'spared']),
  at: instant.nullable(),
  comment: z.string().nullable(),
});
const step = z.object({
  name: z.string(),
  /** One of its people is enough, or all of them have to agree. */
  mode: z.enum(['any', 'all']),
  state: z.enum(['waiting', 'open', 'approved', 'rejected', 'passed']),
  /** Why it passed or ended by itself, Chinese. */
  why: z.string().nullable(),
  dueAt: instant.nullable(),
  seats: z.array(seat),
});

/** In lists. */
export const approvalLine = z.object({
  id,
  subject: z.object({ kind: z.enum(['quote']), id, title: z.string() }),
  customer: z.object({ id, name: z.string() }),
  submitter: person,
  state: z.enum(['open', 'approved', 'rejected', 'withdrawn']),
  /** Names of the rules that ask for it. */
  reasons: z.array(z.string()),
  amountMinor: z.int(),
  currency: z.string(),
  /** Null: a cost is missing, or the colleague may not see it. */
  marginBp: z.int().nullable(),
  /** Below the list price; negative above it. */
  discountBp: z.int(),
  /** How it stands or how it ended, a Chinese sentence. */
  where: z.string(),
  createdAt: instant,
  closedAt: instant.nullable(),
});
export type ApprovalLineView = z.infer<typeof approvalLine>;

/** `GET /api/approvals`: newest first. */
export const approvalListQuery = pageQuery.extend({ box: z.enum(['to_decide', 'decided', 'mine']) });
export const approvalPage = pageOf(approvalLine);

/** `GET /api/approvals/:id`, and the answer to every decision: for the submitter, whoever has a seat, and who may see the customer. */
export const approval = approvalLine.extend({
  steps: z.array(step),
  version: z.int(),
  /** Whether a refusal wants a reason, and those that can be picked; more can be written. */
  refusal: z.object({ required: z.boolean(), reasons: z.array(z.string()) }),
  /** What was said beside the decisions, oldest first. */
  comments: z.array(z.object({ person, at: instant, text: z.string() })),
  /** Whom the system could not reach, Chinese. */
  troubles: z.array(z.object({ at: instant, text: z.string() })),
  /** Of one that was refused: the path of what was made of it since. */
  remade: z.string().nullable(),
  rights: z.object({ decide: z.boolean(), transfer: z.boolean(), withdraw: z.boolean(), comment: z.boolean() }),
});
export type ApprovalView = z.infer<typeof approval>;

/** `POST /api/approvals/:id/decide`; a refusal wants a comment where the policy says so. 409 `already_decided` says by whom. */
export const decideBody = z.strictObject({ agree: z.boolean(), comment: z.string().trim().min(1).max(500).optional() });
/** `POST /api/approvals/:id/comment`: for the submitter and whoever is or was asked. */
export const commentBody = z.strictObject({ text: z.string().trim().min(1).max(500) });
/** `POST /api/approvals/:id/transfer`; an administrator hands on what waits for somebody without any chat account. */
export const transferBody = z.strictObject({ to: id });

/** `GET|PUT /api/me/stand-in`: who decides for me while I am away; null ends it. */
export const standIn = z.object({
  standIn: z.object({ to: person, fromAt: instant, untilAt: instant }).nullable(),
});
export type StandInView = z.infer<typeof standIn>;
export const standInBody = z.strictObject({
  standIn: z.strictObject({ toId: id, fromAt: instant, untilAt: instant }).nullable(),
});
