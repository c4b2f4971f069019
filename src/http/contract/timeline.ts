/** What happened with a customer, and what colleagues add to it. */
import { z } from 'zod';
import { id, instant, pageOf } from './common.ts';
import { deal, stageChange } from './deal.ts';

const words = z.object({
  kind: z.literal('message'),
  id,
  at: instant,
  speaker: z.enum(['customer', 'staff']),
  speakerName: z.string().nullable(),
  text: z.string(),
  chatName: z.string().nullable(),
});
const move = z.object({ kind: z.literal('stage'), id, at: instant, change: stageChange });
/** 电话, 拜访, 微信聊, 邮件, or no more than a note. */
export const activityKind = z.enum(['call', 'visit', 'chat', 'email', 'note']);
export type ActivityKindView = z.infer<typeof activityKind>;
export const activity = z.object({
  kind: z.literal('activity'),
  id,
  at: instant,
  by: z.string().nullable(),
  /** `phrase`: one of the policy's phrases was put into the chat; `text` is its title. `quote`: what became of a quote. */
  how: z.enum([...activityKind.options, 'phrase', 'quote', 'file']),
  text: z.string(),
});
export type ActivityView = z.infer<typeof activity>;

export const timelineItem = z.discriminatedUnion('kind', [words, move, activity]);
export type TimelineItemView = z.infer<typeof timelineItem>;

/** `GET /api/customers/:id/timeline?cursor=`: newest first. */
export const timelinePage = pageOf(timelineItem);

/** `POST /api/customers/:id/activities` → 201 with the activity. `at`: when it happened, now if not said. */
export const newActivityBody = z.strictObject({
  text: z.string().trim().min(1).max(2000),
  how: activityKind.optional(),
  at: instant.optional(),
});
export type NewActivityBody = z.infer<typeof newActivityBody>;

/** `POST /api/customers/:id/words`: a customer's own words, pasted; a record with speakers is read as one. */
export const wordsBody = z.strictObject({ text: z.string().trim().min(1).max(4000) });

/**
 * What the words did. `moved`: a deal went on · `asked`: a card asks the owner · `which_deal`: the customer has several
 * and a card asks which · `no_deal`: there is none to move · `unchanged`: nothing in them moves it further · `nothing`:
 * no progress in them.
 */
export const wordsResult = z.object({
  outcome: z.enum(['moved', 'asked', 'which_deal', 'no_deal', 'unchanged', 'nothing']),
  /** One Chinese sentence. */
  text: z.string(),
  deal: deal.nullable(),
});
export type WordsResultView = z.infer<typeof wordsResult>;
