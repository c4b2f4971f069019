/** Phrases of the policy, and that one of them was put into a customer's chat. */
import { z } from 'zod';

const title = z.string().min(1).max(20);

/** `GET /api/phrases`. `text` has the placeholders {客户}, {联系人} and {我} in it: the page knows who they are. */
export const phrases = z.object({ items: z.array(z.object({ title, text: z.string() })) });
export type PhrasesView = z.infer<typeof phrases>;

/** `POST /api/customers/:id/phrases` → 201 with the activity: which phrase it was, and none of its words. */
export const phraseUsedBody = z.strictObject({ title });
export type PhraseUsedBody = z.infer<typeof phraseUsedBody>;
