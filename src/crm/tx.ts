/** What a use case receives: one company, one instant, its policy, its rows and the outbox. No way to reach a platform. */
import type { CardLink } from '../channel/card.ts';
import type { CardAbilities } from '../channel/channel.ts';
import type { ChannelGuide } from '../channel/guide.ts';
import type { Policy } from '../policy/schema/policy.ts';
import type { OrganisationQueries } from './access/organisation-queries.ts';
import type { Readable } from './access/readable.ts';
import type { Scope } from './access/scope-shape.ts';
import type { AlertQueries } from './alert/alert-queries.ts';
import type { ApprovalQueries } from './approval/approval-queries.ts';
import type { NameBook } from './ask/names/known-name.ts';
import type { WorkingTime } from './calendar/working-time.ts';
import type { ClockQueries } from './clock/clock-queries.ts';
import type { CustomerQueries } from './customer/customer-queries.ts';
import type { FigureQueries } from './figures/figure-queries.ts';
import type { DealQueries } from './opportunity/deal-queries.ts';
import type { PersonalRows } from './privacy/personal-rows.ts';
import type { ProductQueries } from './product/product-queries.ts';
import type { QuoteQueries } from './quote/quote-queries.ts';
import type { SignalDetector } from './signal/detect/index.ts';
import type { Tables } from './tables.ts';
import type { TaskQueries } from './task/task-queries.ts';

/** The rows of one table that belong to this transaction's company. */
export interface Table<Row extends object> {
  get(id: string): Promise<Row | null>;
  /** The row as it stands now; nobody else changes or holds it until this transaction ends. Before deciding by what it says. */
  hold(id: string): Promise<Row | null>;
  find(where: Partial<Row>): Promise<Row | null>;
  list(where: Partial<Row>, options?: ListOptions<Row>): Promise<Row[]>;
  insert(row: Omit<Row, 'tenantId'>): Promise<Row>;
  /** False when a row with the same unique key is already there. */
  insertIfNew(row: Omit<Row, 'tenantId'>): Promise<boolean>;
  /** Returns how many rows changed: compare-and-set by putting the expected values into `where`. */
  update(where: Partial<Row>, patch: Partial<Row>): Promise<number>;
  /** For rows that say no more than that two things belong together. Returns how many went. */
  remove(where: Partial<Row>): Promise<number>;
}

export interface ListOptions<Row> {
  readonly orderBy?: keyof Row & string;
  readonly descending?: boolean;
  readonly limit?: number;
}

export type Repositories = { readonly [K in keyof Tables]: Table<Tables[K]> };

/** An effect, written as a row in this transaction and carried out after it. */
export interface OutboxEntry {
  readonly accountId: string;
  /** One effect, one key: a second entry with the same key is the same effect and is dropped. At most 120 characters. */
  readonly dedupeKey: string;
  /** Entries with the same order key leave one after the other. */
  readonly orderKey: string;
  readonly order: OutboxOrder;
  /** Not before this instant, ms. */
  readonly notBefore?: number;
}

/** Cards are named, not drawn: their face is made from the current state at the moment of sending. */
export type OutboxOrder =
  | { readonly kind: 'card.send'; readonly cardId: string }
  | { readonly kind: 'card.update'; readonly cardId: string }
  | {
      readonly kind: 'text.send';
      readonly to: { readonly kind: 'person' | 'chat'; readonly id: string };
      readonly text: string;
      readonly links?: readonly CardLink[];
    }
  /** The picture of a day for a group, `YYYY-MM-DD:` and the group's key; words first, then the chart. */
  | { readonly kind: 'daily.send'; readonly pictureId: string; readonly part: 'words' | 'chart' }
  | { readonly kind: 'person.lookup'; readonly chatExternalId: string; readonly personId: string }
  | { readonly kind: 'chat.lookup'; readonly chatExternalId: string }
  | {
      readonly kind: 'contact.lookup';
      readonly chatExternalId: string;
      readonly staffExternalId: string;
      readonly personId: string;
    }
  | { readonly kind: 'todo.put'; readonly taskId: string }
  | { readonly kind: 'welcome.send'; readonly welcomeCode: string; readonly text: string }
  | { readonly kind: 'session.assign'; readonly chatExternalId: string; readonly staffExternalIds: readonly string[] };

/** What the published policy of a company says, compiled once per version. */
export interface ActivePolicy {
  readonly version: number;
  readonly policy: Policy;
  readonly detector: SignalDetector;
  readonly calendar: WorkCalendar;
  /** The hours in which people work. */
  readonly working: WorkingTime;
}

/** Working days of the company, handed in by the composition root. */
export interface WorkCalendar {
  /** The instant at which the local day of `at` began. */
  startOfDay(at: number): number;
  /** The instant at which the next working day after the day of `at` ends. */
  endOfNextWorkingDay(at: number): number;
  /** Local date `YYYY-MM-DD` of an instant. */
  localDate(at: number): string;
  /** The instant of a local wall-clock time `HH:MM` on the local day of `at`. */
  atLocalTime(at: number, time: string): number;
}

export interface Tx extends Repositories {
  readonly tenantId: string;
  /** The instant of this transaction, ms. */
  readonly now: number;
  readonly active: ActivePolicy;
  /** What the platform of an account can do with a card once it is out. */
  cardsOf(accountId: string): CardAbilities;
  /** True when a platform's monthly allowance is nearly used: no cards that nobody asked for, words where words do. */
  runsShort(accountId: string): boolean;
  /** What a colleague on this account is told about it; null when the account is not connected. */
  guideOf(accountId: string): ChannelGuide | null;
  newId(): string;
  newActionKey(): string;
  /** Eight characters, by chance, that nobody mistakes for one another when they are read out. */
  newSpokenCode(): string;
  /** SHA-256, 64 hex digits: what is kept of a secret. */
  digest(secret: string): string;
  enqueue(entry: OutboxEntry): Promise<void>;
  /** The card whose new face the answer to a tap carries: it must not be updated a second way. */
  readonly answering: { cardId: string | null };
  /** Queries that are more than equality on one table. */
  readonly queries: Queries;
  /** What one colleague may see: pages read by this and nothing else. */
  readable(scope: Scope): Readable;
}

export interface Queries
  extends OrganisationQueries,
    CustomerQueries,
    DealQueries,
    ClockQueries,
    FigureQueries,
    ProductQueries,
    QuoteQueries,
    TaskQueries,
    ApprovalQueries,
    AlertQueries {
  /** What a request to see or erase somebody's data asks: rows of any table. */
  readonly personal: PersonalRows;
  openOpportunities(customerId: string): Promise<Tables['opportunity'][]>;
  /** The last messages of a chat, or the last before one of them, oldest first. */
  recentMessages(
    chatId: string,
    limit: number,
    before?: Pick<Tables['message'], 'id' | 'sentAt'>,
  ): Promise<Tables['message'][]>;
  /** Automatic and confirmed moves of a person's deals in [since, until), oldest first. */
  movesOf(ownerId: string, since: number, until: number): Promise<Tables['stageChange'][]>;
  /** Cards pushed to a person since an instant (digests do not count). */
  pushesSince(staffId: string, since: number): Promise<number>;
  /** The names of all customers, ready to be looked up: new ones at once, changed ones after a minute, in large companies an hour. */
  nameBook(): Promise<NameBook>;
  /** Every customer's name, oldest first, or of those made after one of them: a hundred thousand are about 10 MB. */
  customerNames(after?: string, limit?: number): Promise<{ id: string; name: string }[]>;
  /** The newest kept message of a customer's chats. */
  lastWords(customerId: string): Promise<Tables['message'] | null>;
  /** The newest finding of a signal on a customer's deals that nobody called wrong. */
  lastFinding(customerId: string, signal: string): Promise<Tables['signalDecision'] | null>;
  /** The newest decision of a rule on a deal or lead since an instant that moved it or asked about it. */
  lastAct(
    subject: { opportunityId?: string; leadId?: string },
    ruleKey: string,
    since: number,
  ): Promise<Tables['signalDecision'] | null>;
  /**
   * The newest `limit` verdicts of a rule that people have judged, and how many of them were wrong. Right: a move
   * that stands, a question answered with 推进. Wrong: a move taken back, a question ignored. Hints claim nothing.
   */
  ruleRecord(ruleKey: string, limit: number): Promise<{ judged: number; wrong: number }>;
}
