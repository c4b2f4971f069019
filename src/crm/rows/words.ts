/** Rows about what was said: chats, the messages that are kept, and what was made of their signals. */
import type { TenantRow } from './tenant-row.ts';

export interface ChatRow extends TenantRow {
  accountId: string;
  externalId: string;
  kind: 'group' | 'direct';
  name: string | null;
  /** Has members of other companies. */
  external: boolean;
  addedByStaffId: string | null;
  customerId: string | null;
  leadId: string | null;
  /** N4: the deal that this chat's words belong to when the customer has several. */
  opportunityId: string | null;
  /** A colleague said this chat is no customer's: its words are dropped. */
  ignored: boolean;
  createdAt: number;
}

/** A message of a chat that belongs to a customer or a lead. Words of other chats are never stored. */
export interface MessageRow extends TenantRow {
  accountId: string;
  externalId: string;
  chatId: string;
  speaker: 'customer' | 'staff';
  speakerName: string | null;
  staffId: string | null;
  contactIdentityId: string | null;
  text: string;
  sentAt: number;
  /** Housekeeping deletes the row after this instant. */
  expiresAt: number;
}

export type DecisionOutcome =
  | 'advanced'
  | 'asked'
  | 'asked_deal'
  | 'noted'
  | 'already_there'
  | 'backwards'
  | 'closed_deal'
  | 'not_from_stage'
  | 'cooldown'
  | 'open_card'
  | 'no_deal'
  | 'covered';

/** What the core made of one signal in one message, and what people later said of it: the label of the rule. */
export interface SignalDecisionRow extends TenantRow {
  messageId: string | null;
  chatId: string | null;
  opportunityId: string | null;
  leadId: string | null;
  signal: string;
  verdict: 'advance' | 'hint';
  ruleKey: string;
  phrase: string;
  quote: string;
  outcome: DecisionOutcome;
  label: 'confirmed' | 'ignored' | 'undone' | null;
  policyVersion: number;
  at: number;
}

/** A signal somebody's words carry, waiting for a person: what the detector found and who said it. */
export interface PendingFinding {
  signal: string;
  verdict: 'advance' | 'hint';
  ruleKey: string;
  phrase: string;
  quote: string;
  speakerName: string | null;
  messageId: string | null;
}

/** 电话, 拜访, 微信聊, 邮件, or no more than a note. */
/** `phrase`: one of the policy's was put into the chat; the text is its title. `quote`: what became of a quote. */
export type ActivityKind = 'call' | 'visit' | 'chat' | 'email' | 'note' | 'phrase' | 'quote' | 'file';

/** Something a colleague noted about a customer: a line of the timeline. */
export interface ActivityRow extends TenantRow {
  customerId: string;
  opportunityId: string | null;
  staffId: string;
  kind: ActivityKind;
  text: string;
  /** When it happened. */
  at: number;
  createdAt: number;
}
