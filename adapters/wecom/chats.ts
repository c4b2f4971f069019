/** How the conversations of this platform are named on our side. The platform has no id for most of them. */
import type { ChatRef } from '../../src/channel/event.ts';

/** A colleague with our app. */
export const appChat = (userId: string): ChatRef => ({ kind: 'direct', id: `app:${userId}` });

/** A colleague and a customer who are contacts of each other; `dm` in the archive and in contact events alike. */
export const privateChat = (userId: string, outsiderId: string): ChatRef => ({
  kind: 'group',
  id: `dm:${userId}:${outsiderId}`,
});

/** A customer with a service account, whoever answers there. */
export const serviceChat = (openKfId: string, outsiderId: string): ChatRef => ({
  kind: 'group',
  id: `kf:${openKfId}:${outsiderId}`,
});

/** An internal group that the settings name and give a webhook for; out only. */
const webhookMark = 'webhook:';

export const webhookChat = (name: string): string => `${webhookMark}${name}`;

export type ChatParts =
  | { readonly kind: 'app' | 'bot'; readonly userId: string }
  | { readonly kind: 'private'; readonly userId: string; readonly outsiderId: string }
  | { readonly kind: 'service'; readonly openKfId: string; readonly outsiderId: string }
  | { readonly kind: 'webhook'; readonly name: string }
  /** A group by the platform's own id. */
  | { readonly kind: 'group'; readonly chatId: string };

/** What a chat's name says; ids of people and accounts never contain a colon. */
export function readChat(chatId: string): ChatParts {
  if (chatId.startsWith(webhookMark)) return { kind: 'webhook', name: chatId.slice(webhookMark.length) };
  const [kind, first, second] = chatId.split(':');
  if (first && !second && (kind === 'app' || kind === 'bot')) return { kind, userId: first };
  if (first && second && kind === 'dm') return { kind: 'private', userId: first, outsiderId: second };
  if (first && second && kind === 'kf') return { kind: 'service', openKfId: first, outsiderId: second };
  return { kind: 'group', chatId };
}
