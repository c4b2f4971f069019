/** The rows of the core, in the field's nouns: what the tables of the first migrations hold. */

/** Every business row belongs to one company. */
interface TenantRow {
  tenantId: string;
  id: string;
}

export type StaffRole = 'sales' | 'manager' | 'admin';

export interface StaffRow extends TenantRow {
  name: string;
  role: StaffRole;
  supervisorId: string | null;
  active: boolean;
  createdAt: number;
}

/** One staff member as one platform account knows them. */
export interface StaffIdentityRow extends TenantRow {
  accountId: string;
  externalId: string;
  staffId: string;
}

export interface CustomerRow extends TenantRow {
  name: string;
  ownerId: string;
  createdAt: number;
  /** Set when the conversion that made this customer was undone. */
  withdrawnAt: number | null;
}

export interface ContactRow extends TenantRow {
  customerId: string;
  name: string;
  createdAt: number;
}

/** A person outside the company as one platform account knows them: a contact, or not yet more than a lead. */
export interface ContactIdentityRow extends TenantRow {
  accountId: string;
  externalId: string;
  name: string | null;
  contactId: string | null;
  leadId: string | null;
}

export interface LeadRow extends TenantRow {
  name: string;
  ownerId: string;
  chatId: string;
  status: 'open' | 'converted' | 'dropped';
  /** The opportunity it became. */
  opportunityId: string | null;
  createdAt: number;
  version: number;
}

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

export interface OpportunityRow extends TenantRow {
  customerId: string;
  name: string;
  ownerId: string;
  stage: string;
  stageEnteredAt: number;
  status: 'open' | 'won' | 'lost' | 'withdrawn';
  amountMinor: number | null;
  currency: string;
  lostReason: string | null;
  createdAt: number;
  closedAt: number | null;
  policyVersion: number;
  /** Raised by every change of stage or status; guards against two changes at once. */
  version: number;
}

export type ChangeCause = 'signal' | 'confirmed' | 'manual' | 'undo';

/** One move of one deal, with what caused it. */
export interface StageChangeRow extends TenantRow {
  opportunityId: string;
  fromStage: string;
  toStage: string;
  /** When the deal had entered `fromStage`: the dwell is `at` minus this, and undoing restores the clock. */
  fromEnteredAt: number;
  cause: ChangeCause;
  staffId: string | null;
  /** The message that caused it, and its words as they stood: evidence stays with the deal. */
  messageId: string | null;
  quote: string | null;
  speakerName: string | null;
  ruleKey: string | null;
  policyVersion: number;
  opportunityVersion: number;
  /** The lead that this move converted, so that undoing can give it back. */
  leadId: string | null;
  at: number;
  undoableUntil: number | null;
  undoneAt: number | null;
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

export type CardKind = 'ask' | 'which_deal' | 'lead' | 'link_chat' | 'digest';

/** One card at one person: what it is about and how it ended. Its face is drawn from the current state when it is sent. */
export interface CardRow extends TenantRow {
  accountId: string;
  kind: CardKind;
  staffId: string;
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

/** Facts a card needs besides the rows it names. */
export interface CardData {
  opportunityId?: string;
  leadId?: string;
  chatId?: string;
  decisionId?: string;
  /** Where 推进 would move the deal: a stage key, or `lost`. */
  toStage?: string;
  /** Why the person is asked instead of the deal being moved, Chinese. */
  why?: string;
  pending?: PendingFinding[];
  /** Local date of a digest, YYYY-MM-DD. */
  date?: string;
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
  | 'ignore_chat';

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

/** A background job and how far it is. */
export interface JobRow extends TenantRow {
  name: string;
  status: 'running' | 'done' | 'failed';
  /** How many things it has dealt with. */
  done: number;
  /** Where it is, or why it failed, Chinese. */
  note: string | null;
  startedAt: number;
  finishedAt: number | null;
}

export interface Tables {
  job: JobRow;
  staff: StaffRow;
  staffIdentity: StaffIdentityRow;
  customer: CustomerRow;
  contact: ContactRow;
  contactIdentity: ContactIdentityRow;
  lead: LeadRow;
  chat: ChatRow;
  opportunity: OpportunityRow;
  stageChange: StageChangeRow;
  message: MessageRow;
  signalDecision: SignalDecisionRow;
  card: CardRow;
  cardAction: CardActionRow;
}
