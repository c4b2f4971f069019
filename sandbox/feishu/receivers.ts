/** Finds the chat that a `receive_id` means, or the refusal the platform gives. */
import type { Core } from './core.ts';
import { type Reply, refuse } from './reply.ts';
import type { Chat, Person } from './world.ts';

export type Receiver = { readonly chat: Chat; readonly quotaKey: string } | { readonly refusal: Reply };

const ID_TYPES = new Set(['open_id', 'union_id', 'user_id', 'email', 'chat_id']);

/** Codes: feishu.md §8.1. */
export function findReceiver(core: Core, idType: string, id: string): Receiver {
  if (!ID_TYPES.has(idType)) {
    const field_violations = [{ field: 'receive_id_type', description: 'receive_id_type is required' }];
    return { refusal: refuse(99992402, 'field validation failed', { field_violations }) };
  }
  if (idType === 'chat_id') return findChat(core, id);
  const people = [...core.world.people.values()];
  if (idType === 'open_id' && people.some((person) => person.otherAppOpenId === id)) {
    return { refusal: refuse(99992361, 'open_id cross app') };
  }
  const person = people.find((candidate) => idOf(candidate, idType) === id);
  if (!person) {
    if (idType === 'open_id' && id.startsWith('ou_')) {
      return { refusal: refuse(99992351, 'The request you send is not a valid {open_id} or not exists') };
    }
    return { refusal: refuse(230034, 'The receive_id is invalid.') };
  }
  if (!person.internal) return { refusal: refuse(230038, 'Cross tenant p2p chat operate forbidden.') };
  if (person.departed || !person.available) return { refusal: refuse(230013, 'Bot has NO availability to this user.') };
  return { chat: core.world.p2pChat(person), quotaKey: person.openId };
}

function findChat(core: Core, id: string): Receiver {
  const chat = core.world.chats.get(id);
  if (!chat) return { refusal: refuse(230034, 'The receive_id is invalid.') };
  const closed = refuseWriting(chat);
  return closed ? { refusal: closed } : { chat, quotaKey: chat.chatId };
}

/** Null when our bot may write into the chat. */
export function refuseWriting(chat: Chat): Reply | null {
  if (chat.dissolved) return refuse(232009, 'Your request specifies a chat which has already been dissolved.');
  if (!chat.botIn) return refuse(230002, 'Bot/User can NOT be out of the chat.');
  return null;
}

function idOf(person: Person, idType: string): string | null {
  if (idType === 'open_id') return person.openId;
  if (idType === 'union_id') return person.unionId;
  return idType === 'user_id' ? person.userId : person.email;
}
