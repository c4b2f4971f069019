/** What WeCom's side of the desk works with: the platform, its people, and what only the desk knows of their words. */
import { privateChat, serviceChat } from '../../../adapters/wecom/chats.ts';
import type { WecomEmulator } from '../../wecom/index.ts';
import type { Session } from '../../wecom/kf/sessions.ts';
import type { Chat } from '../../wecom/world.ts';
import type { WecomCompany } from '../../wecom-company.ts';
import type { DeskState } from '../state.ts';
import type { ChatKind } from '../view.ts';

export interface Scene {
  readonly platform: WecomEmulator;
  readonly company: WecomCompany;
  readonly state: DeskState;
  /** Where customers come from, by their id. */
  readonly companies: Map<string, string>;
  /** Messages that were said with @. */
  readonly addressed: Set<string>;
  /** Messages of private chats that were handed on to the app. */
  readonly forwarded: Set<string>;
}

/** A chat of WeCom as people know it. */
export interface Place {
  readonly chat: Chat;
  readonly kind: Exclude<ChatKind, 'customer'>;
  /** A colleague alone with the AI bot, not with the app. */
  readonly withBot: boolean;
  /** What the CRM calls it. */
  readonly key: string;
  readonly memberId: string | null;
  readonly customerId: string | null;
  /** Of a service account; null elsewhere, and before the customer came. */
  readonly session: Session | null;
  /** Who may speak here now. */
  readonly speakerIds: readonly string[];
}

/** Null for kinds of chats that the desk does not show. */
export function placeOf({ platform: { world, kf } }: Scene, chat: Chat): Place | null {
  const ids = [...chat.memberIds];
  const memberId = ids.find((id) => world.members.has(id)) ?? null;
  const customerId = ids.find((id) => world.customers.has(id)) ?? null;
  const base = { chat, withBot: chat.kind === 'bot', memberId, customerId, session: null, speakerIds: ids };
  if (chat.kind === 'app' && memberId) return { ...base, kind: 'direct', key: `app:${memberId}` };
  if (chat.kind === 'bot' && memberId) return { ...base, kind: 'direct', key: `bot:${memberId}` };
  if (chat.kind === 'internal_group') return { ...base, kind: 'team', key: chat.chatId };
  if (chat.kind === 'private' && memberId && customerId)
    return { ...base, kind: 'private', key: privateChat(memberId, customerId).id };
  const openKfId = ids.find((id) => kf.accounts.has(id));
  if (chat.kind !== 'kf' || !customerId || !openKfId) return null;
  const session = kf.sessions.find(openKfId, customerId);
  const served = session?.servicer;
  const speakerIds = served ? [customerId, served] : [customerId];
  return { ...base, kind: 'service', key: serviceChat(openKfId, customerId).id, session, speakerIds };
}

/** Whose client shows the chat: the member's, or that of whoever answers for the service account. */
export function serversOf({ company }: Scene, { kind, memberId }: Place): readonly string[] {
  if (kind === 'service') return [...company.service.staff.keys()];
  return memberId === null ? [] : [memberId];
}

export const nameIn = ({ platform: { world } }: Scene, id: string | null): string =>
  id === null ? '同事' : (world.members.get(id)?.name ?? world.customers.get(id)?.name ?? '某人');

export const botNameIn = ({ platform: { options } }: Scene): string => options.bot?.name ?? '智能机器人';
