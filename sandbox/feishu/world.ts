/** The world behind the platform: one company, other companies' people, chats, messages and the cards in them. */
import type { Random } from '../platform/random.ts';

export interface Person {
  /** As our app knows them; another app would see `otherAppOpenId`. */
  readonly openId: string;
  readonly otherAppOpenId: string;
  readonly unionId: string;
  readonly userId: string;
  readonly name: string;
  readonly tenantKey: string;
  /** Works for the company that owns the app. */
  readonly internal: boolean;
  readonly mobile: string | null;
  readonly email: string | null;
  readonly title: string;
  /** Open ids; empty: directly in the company. */
  departmentIds: readonly string[];
  /** Direct supervisor, open id. */
  leaderId: string | null;
  frozen: boolean;
  /** Has logged in to Feishu. */
  activated: boolean;
  /** Left the company: cannot be written to, cannot act. */
  departed: boolean;
  /** Inside the app's availability range. */
  available: boolean;
}

export interface Department {
  readonly openId: string;
  name: string;
  /** Open id; `0` at the top. */
  readonly parentId: string;
  leaderId: string | null;
  /** Inside the app's range of the address book; what is below it is too. */
  available: boolean;
}

export interface Chat {
  readonly chatId: string;
  readonly kind: 'group' | 'p2p';
  readonly name: string;
  /** Open to members of other companies. */
  readonly external: boolean;
  readonly memberIds: Set<string>;
  readonly ownerId: string | null;
  botIn: boolean;
  dissolved: boolean;
}

export interface Mention {
  readonly key: string;
  readonly openId: string;
  readonly name: string;
  readonly bot: boolean;
}

export interface Message {
  readonly messageId: string;
  readonly chatId: string;
  readonly sender: { readonly kind: 'person' | 'bot'; readonly openId: string };
  readonly type: string;
  /** The content string as the API carries it; of a card, the card as it stands now. */
  content: string;
  readonly mentions: readonly Mention[];
  readonly parentId: string | null;
  readonly rootId: string | null;
  readonly createdAt: number;
  updatedAt: number;
  deleted: boolean;
  /** How often the card was changed after it was sent. */
  updates: number;
  /** Set when only this person sees it (ephemeral card). */
  readonly onlyFor: string | null;
  /** Messages inside a merged forward. */
  readonly forwarded: readonly Message[];
}

export type NewMessage = Pick<Message, 'chatId' | 'sender' | 'type' | 'content'> &
  Partial<Pick<Message, 'mentions' | 'parentId' | 'onlyFor' | 'forwarded' | 'createdAt'>>;

export type NewPerson = Pick<Person, 'name'> &
  Partial<Pick<Person, 'title' | 'departmentIds' | 'leaderId' | 'frozen' | 'activated'>> & {
    readonly company?: string;
    readonly mobile?: string;
    readonly email?: string;
  };

export interface World {
  readonly people: ReadonlyMap<string, Person>;
  readonly departments: ReadonlyMap<string, Department>;
  readonly chats: ReadonlyMap<string, Chat>;
  readonly messages: ReadonlyMap<string, Message>;
  readonly bot: { readonly openId: string; readonly name: string };
  /** `company` names another company; people of one name share its key. Without it the person is ours. */
  addPerson(person: NewPerson): Person;
  /** Directly below the company unless told. */
  addDepartment(name: string, parentId?: string): Department;
  /** Takes a department away; its people stay where else they are. */
  removeDepartment(openId: string): void;
  /** Makes a group without our bot. A member of another company makes it external. */
  createGroup(group: { name: string; members: readonly (Person | string)[]; external?: boolean }): Chat;
  /** The private chat of a person with our bot; it exists as soon as someone asks for it. */
  p2pChat(person: Person | string): Chat;
  person(ref: Person | string): Person;
  chat(ref: Chat | string): Chat;
  message(messageId: string): Message;
  addMessage(message: NewMessage): Message;
  /** Messages of a chat in order, ephemeral ones included. */
  messagesIn(chat: Chat | string): Message[];
}

export function createWorld(setup: {
  random: Random;
  now: () => number;
  tenantKey: string;
  botName: string;
  changed: () => void;
}): World {
  const { random, now, tenantKey, changed } = setup;
  const people = new Map<string, Person>();
  const departments = new Map<string, Department>();
  const chats = new Map<string, Chat>();
  const messages = new Map<string, Message>();
  const companies = new Map<string, string>();
  const bot = { openId: `ou_${random.hex(32)}`, name: setup.botName };

  const find = <T>(map: ReadonlyMap<string, T>, id: string, what: string): T => {
    const found = map.get(id);
    if (found === undefined) throw new Error(`the sandbox has no ${what} ${id}`);
    return found;
  };
  const person = (ref: Person | string): Person => find(people, typeof ref === 'string' ? ref : ref.openId, 'person');
  const chat = (ref: Chat | string): Chat => find(chats, typeof ref === 'string' ? ref : ref.chatId, 'chat');

  function tenantOf(company: string | undefined): string {
    if (company === undefined) return tenantKey;
    const known = companies.get(company) ?? random.hex(16);
    companies.set(company, known);
    return known;
  }

  function addChat(details: Pick<Chat, 'kind' | 'name' | 'external' | 'ownerId' | 'botIn'>, memberIds: string[]): Chat {
    const made: Chat = { chatId: `oc_${random.hex(32)}`, ...details, memberIds: new Set(memberIds), dissolved: false };
    chats.set(made.chatId, made);
    changed();
    return made;
  }

  return {
    people,
    departments,
    chats,
    messages,
    bot,
    person,
    chat,
    message: (messageId) => find(messages, messageId, 'message'),
    addDepartment(name, parentId = '0') {
      const made: Department = { openId: `od-${random.hex(32)}`, name, parentId, leaderId: null, available: true };
      departments.set(made.openId, made);
      changed();
      return made;
    },
    removeDepartment(openId) {
      departments.delete(openId);
      for (const one of people.values()) one.departmentIds = one.departmentIds.filter((id) => id !== openId);
      changed();
    },
    addPerson({ name, company, mobile, email, ...more }) {
      const made: Person = {
        openId: `ou_${random.hex(32)}`,
        otherAppOpenId: `ou_${random.hex(32)}`,
        unionId: `on_${random.hex(32)}`,
        userId: random.hex(8),
        name,
        tenantKey: tenantOf(company),
        internal: company === undefined,
        mobile: mobile ?? null,
        email: email ?? null,
        title: '',
        departmentIds: [],
        leaderId: null,
        frozen: false,
        activated: true,
        ...more,
        departed: false,
        available: true,
      };
      people.set(made.openId, made);
      changed();
      return made;
    },
    createGroup({ name, members, external }) {
      const inside = members.map(person);
      const owner = inside.find((member) => member.internal);
      const open = external ?? inside.some((member) => !member.internal);
      if (!open && inside.some((member) => !member.internal)) throw new Error('an internal group takes no outsiders');
      return addChat(
        { kind: 'group', name, external: open, ownerId: owner?.openId ?? null, botIn: false },
        inside.map((member) => member.openId),
      );
    },
    p2pChat(ref) {
      const who = person(ref);
      for (const known of chats.values()) if (known.kind === 'p2p' && known.memberIds.has(who.openId)) return known;
      return addChat({ kind: 'p2p', name: who.name, external: !who.internal, ownerId: null, botIn: true }, [
        who.openId,
      ]);
    },
    addMessage(message) {
      const createdAt = message.createdAt ?? now();
      const parent = message.parentId ? messages.get(message.parentId) : undefined;
      const made: Message = {
        messageId: `om_${random.hex(32)}`,
        mentions: [],
        parentId: null,
        onlyFor: null,
        forwarded: [],
        ...message,
        rootId: parent ? (parent.rootId ?? parent.messageId) : null,
        createdAt,
        updatedAt: createdAt,
        deleted: false,
        updates: 0,
      };
      messages.set(made.messageId, made);
      changed();
      return made;
    },
    messagesIn: (ref) => [...messages.values()].filter((message) => message.chatId === chat(ref).chatId),
  };
}
