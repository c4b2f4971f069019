/** Rows about cards: one card at one person, what it is about, and its buttons. */

import type { TenantRow } from './tenant-row.ts';
import type { PendingFinding } from './words.ts';

export type CardKind =
  | 'ask'
  | 'which_deal'
  | 'lead'
  | 'link_chat'
  | 'digest'
  | 'answer'
  | 'greeting'
  | 'approval'
  | 'verdict'
  | 'task'
  | 'morning'
  | 'alert'
  | 'group_alert';

/** Kinds that tell and do not ask: they wait for nobody, pass to nobody, and do not count as a push. */
export type TellingKind = (typeof TELLING)[number];

/** An alert goes up its ladder by itself: it is not asked again. */
const TELLING = ['morning', 'digest', 'answer', 'greeting', 'verdict', 'alert', 'group_alert'] as const;

export const asksSomething = (kind: CardKind): kind is Exclude<CardKind, TellingKind> =>
  !(TELLING as readonly CardKind[]).includes(kind);

/** One person's question that may become another's: an approval is asked of the people it names, and tasks pass on by themselves. */
export const isPassedOn = (kind: CardKind): kind is Exclude<CardKind, TellingKind | 'approval' | 'task'> =>
  asksSomething(kind) && kind !== 'approval' && kind !== 'task';

/** One card at one person: what it is about and how it ended. Its face is drawn from the current state when it is sent. */
export interface CardRow extends TenantRow {
  accountId: string;
  kind: CardKind;
  /** Whose card it is; empty for one to a group. */
  staffId: string;
  /** Where it goes, by the platform's id. */
  addressId: string;
  /** The matter: cards of one matter are brought to the current state together. */
  subject: string;
  data: CardData;
  status: 'open' | 'closed';
  /** How it ended, one Chinese sentence. */
  outcome: string | null;
  /** The digest that shows this matter instead of a card of its own. */
  digestId: string | null;
  messageId: string | null;
  /** What the platform wants to see before it changes the card; null when it needs none or it has been used. */
  updateHandle: string | null;
  sentAt: number | null;
  createdAt: number;
}

/** Facts a card needs besides the rows it names. */
export interface CardData {
  opportunityId?: string;
  leadId?: string;
  chatId?: string;
  customerId?: string;
  /** Customers that the words may be about, the likeliest first. */
  likely?: string[];
  decisionId?: string;
  /** Where 推进 would move the deal: a stage key, or `lost`. */
  toStage?: string;
  /** Why the person is asked instead of the deal being moved, Chinese. */
  why?: string;
  pending?: PendingFinding[];
  /** Local date of a digest, YYYY-MM-DD. */
  date?: string;
  /** A digest tells what happened from this instant on, ms. */
  since?: number;
  /** What a colleague asked the bot. */
  asked?: AskedData;
  /** The approval that is asked for, and the position of its step. */
  approvalId?: string;
  step?: number;
  /** Tasks that are due, and whose they were when the card was made; `more`: how many beside them. */
  tasks?: { ownerId: string; ids: string[]; more?: number };
  /** The fresh card that took this one's place. */
  replacedBy?: string;
  /** The named group that it goes to: `addressId` is a chat's. */
  group?: string;
}

/** To a person or into a chat, as a platform is told it. */
export const addressedTo = ({ addressId, data }: Pick<CardRow, 'addressId' | 'data'>): CardAddress => ({
  kind: data.group === undefined ? 'person' : 'chat',
  id: addressId,
});

interface CardAddress {
  readonly kind: 'person' | 'chat';
  readonly id: string;
}

/** A question to the bot: about one customer, or, until the colleague has said, about one of several. */
export interface AskedData {
  /** A topic of a question about a customer, or `agenda`. */
  topic: string;
  customerId: string | null;
  /** To choose from while `customerId` is null. */
  candidates: string[];
  /** What follows once the customer is known: an answer, binding this chat, or a note of this text. */
  purpose: { kind: 'answer' } | { kind: 'bind'; chatId: string } | { kind: 'note'; text: string };
}

export type CardActionKind =
  | 'advance'
  | 'ignore'
  | 'change_stage'
  | 'lose'
  | 'undo'
  | 'choose_deal'
  | 'adopt_lead'
  | 'attach_lead'
  | 'drop_lead'
  | 'link_chat'
  | 'ignore_chat'
  | 'choose_customer'
  | 'agree'
  | 'refuse'
  | 'submit_quote'
  | 'task_done'
  | 'task_later'
  | 'task_hour'
  | 'task_tomorrow'
  | 'task_days'
  | 'remake'
  | 'alert_follow'
  | 'alert_advance'
  | 'alert_extend';

/** A button: the random key it carries, whom it is for and until when. */
export interface CardActionRow extends TenantRow {
  cardId: string;
  kind: CardActionKind;
  /** What the action is about, by id. */
  targetId: string | null;
  staffId: string;
  expiresAt: number;
  usedAt: number | null;
}
