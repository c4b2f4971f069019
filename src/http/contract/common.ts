/** What every part of the API's contract is made of: ids, instants, pages, people, and how a refusal looks. */
import { z } from 'zod';

export const id = z.string().min(1).max(40);
/** ms since the epoch. */
export const instant = z.int().nonnegative();
/** What `next` of the page before said; opaque. */
const cursor = z.string().min(1).max(200);

export const person = z.object({ id, name: z.string() });
export type PersonView = z.infer<typeof person>;

export const stage = z.object({ key: z.string(), name: z.string() });
export type StageView = z.infer<typeof stage>;

/** `next` is null on the last page. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: cursor.nullable() });
export interface PageView<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

export const pageQuery = z.strictObject({
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});

/** A customer as anybody in the company may know it (N11): `id` only where the colleague may open it. */
export const foundCustomer = z.object({
  id: id.nullable(),
  name: z.string(),
  ownerName: z.string(),
  /** The colleague may open it. */
  mine: z.boolean(),
});
export type FoundCustomerView = z.infer<typeof foundCustomer>;

/**
 * What a stage wants and a deal has not; `block`: it does not get there without. `key` of a field, of what has to be
 * agreed to (`quote`), or of a kind of file.
 */
export const missingThing = z.object({
  kind: z.enum(['field', 'approved', 'document']),
  key: z.string(),
  name: z.string(),
  stage: z.string(),
  block: z.boolean(),
});
export type MissingThingView = z.infer<typeof missingThing>;

export const problemCode = z.enum([
  'bad_request',
  'sign_in',
  'forbidden',
  'not_found',
  'duplicate',
  'changed_meanwhile',
  'not_open',
  'unknown_stage',
  'same_stage',
  'reason_missing',
  'cannot_undo',
  'fields_missing',
  'same_customer',
  'same_owner',
  'ask_owner',
  'no_colleague',
  'wrong_state',
  'cannot_submit',
  'already_decided',
  'contact_in_chat',
  'too_many',
  'key_reused',
  'too_large',
  'too_slow',
  'fault',
]);
export type ProblemCode = z.infer<typeof problemCode>;

/** `application/problem+json` (RFC 9457); `title` and `detail` are Chinese sentences for the person. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  /** With `duplicate`: who is there already. */
  duplicates: z.array(foundCustomer.extend({ by: z.enum(['name', 'phone', 'chat']) })).optional(),
  /** With `duplicate`: the same again with `force` makes it all the same. */
  mayForce: z.boolean().optional(),
  /** With `fields_missing`: what the stage wants; fields may be sent as `fields` with the same move. */
  missing: z.array(missingThing).optional(),
});
export type ProblemView = z.infer<typeof problem>;
export type DuplicateView = NonNullable<ProblemView['duplicates']>[number];
