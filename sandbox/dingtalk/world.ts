/** The world behind the platform: one company's people, others' people, chats, and what was said and shown in them. */
import type { JsonObject } from '../platform/json.ts';
import type { Random } from '../platform/random.ts';

export interface Person {
  /** The platform's staffId. */
  readonly userId: string;
  readonly unionId: string;
  /** As robot messages name them: opaque, there for outsiders too. */
  readonly dingtalkId: string;
  readonly name: string;
  readonly mobile: string;
  readonly title: string;
  readonly departmentIds: readonly number[];
  readonly managerId: string | null;
  /** Departments that they head. */
  readonly leadsIn: readonly number[];
  readonly email: string;
  /** Has joined; a disabled account has not. */
  active: boolean;
  readonly admin: boolean;
  /** Works for the company that owns the app. */
  readonly internal: boolean;
  departed: boolean;
}

export interface Chat {
  /** Also the `openConversationId` of a group. */
  readonly conversationId: string;
  readonly kind: 'group' | 'p2p';
  readonly name: string;
  /** Open to other companies' people: our robot cannot be in it. */
  readonly external: boolean;
  readonly memberIds: Set<string>;
  botIn: boolean;
  dissolved: boolean;
}

export interface Message {
  /** The platform's `msgId`. */
  readonly messageId: string;
  readonly conversationId: string;
  readonly sender: { readonly kind: 'person' | 'bot'; readonly userId: string };
  /** `text` `richText` `picture` … from people; from us `text` `markdown` `actionCard` `link` `card` or a sample key. */
  readonly type: string;
  readonly body: JsonObject;
  readonly createdAt: number;
  recalled: boolean;
  /** With it the product can recall what it sent by API. */
  readonly queryKey: string | null;
  /** The interactive card shown here. */
  readonly outTrackId: string | null;
  /** userIds; null: all members see it. */
  readonly onlyFor: readonly string[] | null;
}

export type NewMessage = Pick<Message, 'conversationId' | 'sender' | 'type' | 'body'> &
  Partial<Pick<Message, 'createdAt' | 'queryKey' | 'outTrackId' | 'onlyFor'>>;

export type NewPerson = Pick<Person, 'name'> &
  Partial<
    Pick<
      Person,
      'userId' | 'mobile' | 'title' | 'departmentIds' | 'managerId' | 'leadsIn' | 'email' | 'active' | 'admin'
    >
  > & {
    /** Names another company; without it the person is ours. */
    readonly company?: string;
  };

export interface World {
  readonly people: ReadonlyMap<string, Person>;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly departments: ReadonlyMap<number, { readonly id: number; readonly parentId: number; readonly name: string }>;
  readonly bot: { readonly dingtalkId: string; readonly name: string };
  addPerson(person: NewPerson): Person;
  addDepartment(name: string, parentId?: number): number;
  /** Makes a group without our robot; a member of another company makes it external. */
  createGroup(group: { name: string; members: readonly (Person | string)[]; external?: boolean }): Chat;
  /** Puts our robot into a group; refused where DingTalk refuses it. */
  addBot(chat: Chat | string): { readonly ok: true } | { readonly ok: false; readonly reason: 'external_group' };
  /** The private chat of a colleague with our robot; it exists as soon as someone asks for it. */
  p2pChat(person: Person | string): Chat;
  person(ref: Person | string): Person;
  chat(ref: Chat | string): Chat;
  message(messageId: string): Message;
  addMessage(message: NewMessage): Message;
  /** Messages of a chat in order. */
  messagesIn(chat: Chat | string): Message[];
}

export function createWorld(setup: {
  random: Random;
  now: () => number;
  companyName: string;
  botName: string;
  changed: () => void;
}): World {
  const { random, now, changed } = setup;
  const people = new Map<string, Person>();
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const departments = new Map([[1, { id: 1, parentId: 0, name: setup.companyName }]]);
  const opaqueId = (): string => `$:LWCP_v1:$${random.bytes(18).toString('base64')}`;

  const find = <T>(map: ReadonlyMap<string, T>, id: string, what: string): T => {
    const found = map.get(id);
    if (found === undefined) throw new Error(`the sandbox has no ${what} ${id}`);
    return found;
  };
  const person = (ref: Person | string): Person => find(people, typeof ref === 'string' ? ref : ref.userId, 'person');
  const chat = (ref: Chat | string): Chat => find(chats, typeof ref === 'string' ? ref : ref.conversationId, 'chat');

  function addChat(details: Pick<Chat, 'kind' | 'name' | 'external' | 'botIn'>, memberIds: readonly string[]): Chat {
    const conversationId = `cid${random.bytes(18).toString('base64')}==`;
    const made: Chat = { conversationId, ...details, memberIds: new Set(memberIds), dissolved: false };
    chats.set(conversationId, made);
    changed();
    return made;
  }

  return {
    people,
    chats,
    messages,
    departments,
    bot: { dingtalkId: opaqueId(), name: setup.botName },
    person,
    chat,
    message: (messageId) => find(messages, messageId, 'message'),
    addPerson({ company, ...given }) {
      const made: Person = {
        userId: `0${random.int(1e9)}${random.int(1e9)}`,
        unionId: random.hex(24),
        dingtalkId: opaqueId(),
        mobile: '',
        title: '',
        departmentIds: [1],
        managerId: null,
        leadsIn: [],
        email: '',
        active: true,
        admin: false,
        ...given,
        internal: company === undefined,
        departed: false,
      };
      people.set(made.userId, made);
      changed();
      return made;
    },
    addDepartment(name, parentId = 1) {
      const id = 100 + departments.size;
      departments.set(id, { id, parentId, name });
      return id;
    },
    createGroup({ name, members, external = false }) {
      const inside = members.map(person);
      const open = external || inside.some(({ internal }) => !internal);
      return addChat(
        { kind: 'group', name, external: open, botIn: false },
        inside.map(({ userId }) => userId),
      );
    },
    addBot(ref) {
      const group = chat(ref);
      if (group.external) return { ok: false, reason: 'external_group' };
      group.botIn = true;
      changed();
      return { ok: true };
    },
    p2pChat(ref) {
      const who = person(ref);
      if (!who.internal) throw new Error(`${who.name} is of another company and has no chat with our robot`);
      for (const known of chats.values()) if (known.kind === 'p2p' && known.memberIds.has(who.userId)) return known;
      return addChat({ kind: 'p2p', name: who.name, external: false, botIn: true }, [who.userId]);
    },
    addMessage(message) {
      const messageId = `msg${random.bytes(16).toString('base64')}`;
      const rest = { queryKey: null, outTrackId: null, onlyFor: null, createdAt: now() };
      const made: Message = { messageId, ...rest, ...message, recalled: false };
      messages.set(messageId, made);
      changed();
      return made;
    },
    messagesIn(ref) {
      const { conversationId } = chat(ref);
      return [...messages.values()].filter((message) => message.conversationId === conversationId);
    },
  };
}
