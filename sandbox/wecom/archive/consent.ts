/** Who agreed to be archived: per private chat and per group, asked for by API, said by the customer in the chat. */
import type { Core } from '../core.ts';
import type { Chat } from '../world.ts';

export type Agreement = 'Agree' | 'Disagree';

export interface Consent {
  /** Null while the customer has said nothing. */
  of(chatId: string, externalUserId: string): { readonly status: Agreement; readonly changedAt: number } | null;
  set(chatId: string, externalUserId: string, status: Agreement): void;
  /** Whether words of this speaker are stored: nothing is until the outsider agreed. */
  allows(chat: Chat, speakerId: string): boolean;
}

export function createConsent({ world, clock }: Pick<Core, 'world' | 'clock'>): Consent {
  const said = new Map<string, { status: Agreement; changedAt: number }>();
  const of: Consent['of'] = (chatId, externalUserId) => said.get(`${chatId} ${externalUserId}`) ?? null;
  const agreed = (chat: Chat, id: string): boolean => of(chat.chatId, id)?.status === 'Agree';
  return {
    of,
    set(chatId, externalUserId, status) {
      said.set(`${chatId} ${externalUserId}`, { status, changedAt: clock.now() });
    },
    allows(chat, speakerId) {
      const outsiders = [...chat.memberIds].filter((id) => world.customers.has(id));
      if (world.customers.has(speakerId)) return agreed(chat, speakerId);
      return outsiders.length === 0 || outsiders.some((id) => agreed(chat, id));
    },
  };
}
