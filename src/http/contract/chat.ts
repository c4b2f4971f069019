/** Which customer a chat or an outside contact of the platform is, as the page beside it asks. */
import { z } from 'zod';
import { id } from './common.ts';

const externalId = z.string().min(1).max(200);
const platform = z.string().min(1).max(20);

/** `GET /api/chat?platform=&externalId=`: what the platform's client says is open; it proves nothing. */
export const chatQuery = z.strictObject({ platform, externalId });

export const chatView = z.discriminatedUnion('state', [
  /** A customer that the colleague may open. */
  z.object({ state: z.literal('known'), customerId: id, name: z.string() }),
  /** A customer of others. */
  z.object({ state: z.literal('others'), name: z.string(), ownerName: z.string() }),
  /** No customer yet: what is known for the form. */
  z.object({
    state: z.literal('unknown'),
    chatName: z.string().nullable(),
    contactName: z.string().nullable(),
    company: z.string().nullable(),
  }),
]);
export type ChatView = z.infer<typeof chatView>;

/** `POST /api/chats/link` → the chat as it is then. */
export const linkChatBody = z.strictObject({ platform, externalId, customerId: id });
export type LinkChatBody = z.infer<typeof linkChatBody>;
