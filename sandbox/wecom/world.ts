/** The world behind the platform: one company's members, their customers, the chats between all of them and what was said. */
import type { JsonObject } from '../platform/json.ts';
import type { Random } from '../platform/random.ts';

/** Somebody of our company. */
export interface Member {
  readonly userid: string;
  readonly name: string;
  readonly departments: readonly number[];
  readonly position: string;
  readonly mobile: string;
  /** Leads every department they are in. */
  readonly leader: boolean;
  /** userids. */
  readonly directLeaders: readonly string[];
  /** Disabled by an administrator. */
  disabled: boolean;
  /** Has logged in to WeCom. */
  activated: boolean;
  /** Inside the visible range of our app. */
  visible: boolean;
  /** 客户联系 is switched on for them. */
  servesCustomers: boolean;
  /** Their chats are archived. */
  archived: boolean;
  departed: boolean;
}

/** Somebody outside, as our company's own apps know them: in 客户联系, 微信客服 and the archive alike. */
export interface Customer {
  readonly externalUserId: string;
  name: string;
  /** 1 uses WeChat, 2 WeCom of another company. */
  readonly type: 1 | 2;
  readonly company: string | null;
  readonly unionId: string;
  readonly gender: 0 | 1 | 2;
}

export type ChatKind = 'app' | 'bot' | 'private' | 'customer_group' | 'internal_group' | 'kf';

export interface Chat {
  readonly chatId: string;
  readonly kind: ChatKind;
  name: string;
  /** userids and external_userids. */
  readonly memberIds: Set<string>;
  ownerId: string | null;
  readonly createdAt: number;
  /** When and how each came in, for customer groups. */
  readonly joins: Map<string, { readonly at: number; readonly scene: 1 | 2 | 3; readonly invitorId: string | null }>;
  /** Changes with every change of members. */
  version: string;
  /** Our AI bot is in this internal group. */
  botIn: boolean;
  /** Made by `appchat/create`. */
  readonly byApp: boolean;
  /** Key of the group's message push, when somebody made one. */
  webhookKey: string | null;
  dissolved: boolean;
}

export interface Message {
  readonly messageId: string;
  /** Shared by the copies of one send to several people; the platform's `msgid`. */
  readonly sendId: string;
  readonly chatId: string;
  readonly sender: { readonly kind: 'person' | 'app' | 'bot' | 'webhook'; readonly id: string };
  readonly type: string;
  /** The object named after the type, as the API carries it; of a card, the card as it stands now. */
  body: JsonObject;
  readonly createdAt: number;
  updatedAt: number;
  recalled: boolean;
  /** How often the card was changed after it was sent. */
  updates: number;
  /** Messages inside a merged record. */
  readonly forwarded: readonly Message[];
}

export type NewMessage = Pick<Message, 'chatId' | 'sender' | 'type' | 'body'> &
  Partial<Pick<Message, 'messageId' | 'sendId' | 'createdAt' | 'forwarded'>>;

export type NewMember = Pick<Member, 'name'> & Partial<Omit<Member, 'name' | 'departed'>>;
export type PersonRef = Member | Customer | string;
export type ChatRef = Chat | string;

export interface World {
  readonly members: ReadonlyMap<string, Member>;
  readonly customers: ReadonlyMap<string, Customer>;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly messages: ReadonlyMap<string, Message>;
  addMember(member: NewMember): Member;
  /** A stranger until somebody adds them. `type` 2 when a company is named. */
  addCustomer(customer: { name: string; company?: string; externalUserId?: string; gender?: 0 | 1 | 2 }): Customer;
  /** Makes a group; a customer among the members makes it a customer group. */
  createGroup(group: { name: string; members: readonly PersonRef[]; botIn?: boolean; byApp?: string }): Chat;
  /** The private chat of a member with our app or bot; of two people with each other; of a customer with a kf account. */
  chatBetween(kind: 'app' | 'bot' | 'private' | 'kf', ids: readonly string[], name?: string): Chat;
  member(ref: PersonRef): Member;
  customer(ref: PersonRef): Customer;
  person(ref: PersonRef): Member | Customer;
  chat(ref: ChatRef): Chat;
  message(messageId: string): Message;
  addMessage(message: NewMessage): Message;
  /** Messages of a chat in order. */
  messagesIn(chat: ChatRef): Message[];
}

export const idOf = (person: Member | Customer): string => ('userid' in person ? person.userid : person.externalUserId);

export function createWorld(setup: { random: Random; now: () => number; changed: () => void }): World {
  const { random, now, changed } = setup;
  const members = new Map<string, Member>();
  const customers = new Map<string, Customer>();
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const between = new Map<string, string>();

  const find = <T>(map: ReadonlyMap<string, T>, id: string, what: string): T => {
    const found = map.get(id);
    if (found === undefined) throw new Error(`the sandbox has no ${what} ${id}`);
    return found;
  };
  const key = (ref: PersonRef): string => (typeof ref === 'string' ? ref : idOf(ref));
  const person = (ref: PersonRef): Member | Customer => members.get(key(ref)) ?? find(customers, key(ref), 'person');
  const chat = (ref: ChatRef): Chat => find(chats, typeof ref === 'string' ? ref : ref.chatId, 'chat');

  function addChat(kind: ChatKind, name: string, ids: readonly string[], more: Partial<Chat> = {}): Chat {
    const made: Chat = {
      chatId: `wr${random.hex(30)}`,
      kind,
      name,
      memberIds: new Set(ids),
      ownerId: ids.find((id) => members.has(id)) ?? null,
      createdAt: now(),
      joins: new Map(ids.map((id) => [id, { at: now(), scene: 1, invitorId: null }])),
      version: random.hex(32),
      botIn: false,
      byApp: false,
      webhookKey: null,
      dissolved: false,
      ...more,
    };
    chats.set(made.chatId, made);
    changed();
    return made;
  }

  return {
    members,
    customers,
    chats,
    messages,
    person,
    chat,
    member: (ref) => find(members, key(ref), 'member'),
    customer: (ref) => find(customers, key(ref), 'customer'),
    message: (messageId) => find(messages, messageId, 'message'),
    addMember(given) {
      const made: Member = {
        userid: `user${members.size + 1}`,
        departments: [1],
        position: '',
        mobile: '',
        leader: false,
        directLeaders: [],
        disabled: false,
        activated: true,
        visible: true,
        servesCustomers: true,
        archived: true,
        ...given,
        departed: false,
      };
      if (members.has(made.userid)) throw new Error(`there is a member ${made.userid} already`);
      members.set(made.userid, made);
      changed();
      return made;
    },
    addCustomer({ name, company, externalUserId, gender = 0 }) {
      const made: Customer = {
        externalUserId: externalUserId ?? `${company === undefined ? 'wm' : 'wo'}${random.hex(30)}`,
        name,
        type: company === undefined ? 1 : 2,
        company: company ?? null,
        unionId: `oz${random.hex(26)}`,
        gender,
      };
      customers.set(made.externalUserId, made);
      changed();
      return made;
    },
    createGroup({ name, members: refs, botIn = false, byApp }) {
      const ids = refs.map((ref) => idOf(person(ref)));
      const kind = ids.some((id) => customers.has(id)) ? 'customer_group' : 'internal_group';
      if (botIn && kind === 'customer_group') throw new Error('an AI bot joins internal groups only');
      return addChat(kind, name, ids, { botIn, byApp: byApp !== undefined, ...(byApp && { chatId: byApp }) });
    },
    chatBetween(kind, ids, name) {
      const pair = `${kind} ${[...ids].sort().join(' ')}`;
      const known = between.get(pair);
      if (known) return chat(known);
      const names = ids.map((id) => members.get(id)?.name ?? customers.get(id)?.name ?? id);
      const made = addChat(kind, name ?? names.join(' × '), ids);
      between.set(pair, made.chatId);
      return made;
    },
    addMessage(message) {
      const createdAt = message.createdAt ?? now();
      const messageId = message.messageId ?? `${random.hex(32)}`;
      const made: Message = {
        sendId: messageId,
        forwarded: [],
        ...message,
        messageId,
        createdAt,
        updatedAt: createdAt,
        recalled: false,
        updates: 0,
      };
      messages.set(messageId, made);
      changed();
      return made;
    },
    messagesIn: (ref) => [...messages.values()].filter((message) => message.chatId === chat(ref).chatId),
  };
}
