/** Who agreed to the archive, per conversation: asked of the platform, remembered a while, corrected by what people say. */
import { type JsonRecord, recordsField, textField } from '../json.ts';
import type { Conversation } from './people.ts';

export interface Consent {
  /** Asks for many private chats at once; later questions about them are answered from memory. Rejects with ApiFailure. */
  ask(conversations: readonly Conversation[]): Promise<void>;
  /** True only with a recorded agreement of this outsider in this conversation. Rejects with ApiFailure. */
  agreed(conversation: Conversation, outsiderId: string): Promise<boolean>;
  /** The archive itself says that this outsider has agreed, or has taken it back. */
  learn(conversation: Conversation, outsiderId: string, agreed: boolean): void;
}

interface Known {
  readonly people: Map<string, boolean>;
  readonly until: number;
}

type Post = (path: string, body: JsonRecord) => Promise<JsonRecord>;

/** An agreement is rarely taken back, and that is said in the archive; a refusal soon becomes one. */
const agreedForMs = 30 * 60_000;
const refusedForMs = 60_000;
const mostAtOnce = 100;
const mostKnown = 20_000;

const keyOf = (conversation: Conversation): string =>
  conversation.kind === 'room'
    ? `room ${conversation.roomId}`
    : `pair ${conversation.userId} ${conversation.outsiderId}`;

/** https://developer.work.weixin.qq.com/document/path/91782 */
export function createConsent(post: Post, now: () => number): Consent {
  const known = new Map<string, Known>();

  function remember(conversation: Conversation, people: Map<string, boolean>): void {
    if (known.size >= mostKnown) known.clear();
    const all = [...people.values()].every((agreed) => agreed) && people.size > 0;
    known.set(keyOf(conversation), { people, until: now() + (all ? agreedForMs : refusedForMs) });
  }

  function recall(conversation: Conversation): Map<string, boolean> | null {
    const found = known.get(keyOf(conversation));
    return found && now() < found.until ? found.people : null;
  }

  async function askPairs(pairs: readonly Extract<Conversation, { kind: 'pair' }>[]): Promise<void> {
    for (let at = 0; at < pairs.length; at += mostAtOnce) {
      const some = pairs.slice(at, at + mostAtOnce);
      // The second name is spelt so by the platform.
      const info = some.map(({ userId, outsiderId }) => ({ userid: userId, exteranalopenid: outsiderId }));
      const agreed = agreements(await post('msgaudit/check_single_agree', { info }));
      for (const pair of some) {
        const says = agreed.find(({ userId, outsiderId }) => userId === pair.userId && outsiderId === pair.outsiderId);
        remember(pair, new Map([[pair.outsiderId, says?.agreed ?? false]]));
      }
    }
  }

  async function askRoom(room: Extract<Conversation, { kind: 'room' }>): Promise<void> {
    const says = agreements(await post('msgaudit/check_room_agree', { roomid: room.roomId }));
    remember(room, new Map(says.map(({ outsiderId, agreed }) => [outsiderId, agreed])));
  }

  return {
    async ask(conversations) {
      const open = conversations.filter((one) => recall(one) === null);
      const distinct = new Map(open.map((one) => [keyOf(one), one])).values();
      await askPairs([...distinct].filter((one) => one.kind === 'pair'));
    },
    async agreed(conversation, outsiderId) {
      if (recall(conversation) === null)
        await (conversation.kind === 'room' ? askRoom(conversation) : askPairs([conversation]));
      return recall(conversation)?.get(outsiderId) ?? false;
    },
    learn(conversation, outsiderId, agreed) {
      const people = new Map(recall(conversation) ?? []);
      // What is not known of the others is asked again when they speak.
      if (conversation.kind === 'room' && people.size === 0) return void known.delete(keyOf(conversation));
      remember(conversation, people.set(outsiderId, agreed));
    },
  };
}

function agreements(reply: JsonRecord): { userId: string | null; outsiderId: string; agreed: boolean }[] {
  return recordsField(reply, 'agreeinfo').flatMap((info) => {
    const outsiderId = textField(info, 'exteranalopenid');
    if (outsiderId === null) return [];
    return [{ userId: textField(info, 'userid'), outsiderId, agreed: textField(info, 'agree_status') === 'Agree' }];
  });
}
