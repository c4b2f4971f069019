/** The port between the core and a platform: what an adapter is, and what the core offers it. */
import type { CallRates } from './call-rates.ts';
import type { Address, ContactFacts, GroupFacts, Order, Receipt } from './delivery.ts';
import type { Doctor } from './doctor.ts';
import type { CardTap, ChannelEvent, PersonRef, TapAnswer } from './event.ts';
import type { ChannelGuide } from './guide.ts';
import type { HandOverRequest, HandOverResult } from './hand-over.ts';
import type { OrganisationPage } from './organisation.ts';
import type { Outlet, PaceRule } from './outlet.ts';
import type { AccountSettings, SettingForm } from './setting.ts';
import type { TokenVault } from './token.ts';

/** A verified event on its way into the inbox, still in the platform's own words. */
export interface InboundEvent {
  /** Unique within the account: redeliveries of one fact carry the same key. At most 128 characters. */
  readonly eventKey: string;
  /** Events with the same order key (the chat) are handled one after the other, in order of arrival. */
  readonly orderKey: string | null;
  /** The decrypted body; `normalise` of the same adapter reads it back. */
  readonly payload: string;
}

/** What the core gives an adapter to hand its catch to. */
export interface Inbound {
  /** Resolves once the event is committed (or was already known). Rejects when it could not be stored: do not ack then. */
  store(event: InboundEvent): Promise<void>;
  /**
   * For sources that are pulled: stores the events of one page and the place to go on from, in one commit.
   * `name` tells sources of one account apart.
   */
  storePage(events: readonly InboundEvent[], cursor: { readonly name: string; readonly value: string }): Promise<void>;
  /** Where pulling has come to; null at the very beginning. */
  cursor(name: string): Promise<string | null>;
  /** True when this process may pull the source until `now + forMs`: one puller per source, also among instances. */
  takeTurn(name: string, forMs: number): Promise<boolean>;
  /** Decides a tap within the time the adapter may still answer, and says what the tapper sees. Never rejects. */
  tap(tap: CardTap): Promise<TapAnswer>;
  /**
   * The platform's key of our own company. `expected` is the pinned one, null until the first verified event pins it.
   * Returns false when the event belongs to another company and must be refused.
   */
  isOurTenant(externalTenantKey: string): Promise<boolean>;
}

/** A raw HTTP request as the server read it: the body is bytes, limited to 1 MiB, not parsed. */
export interface RawRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

export interface RawResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  /** Why it was refused, for one log line: a stable word such as `bad_signature`; null when accepted. */
  readonly refusal: string | null;
}

export interface ChannelState {
  /** `ready`: events can arrive and orders can leave · `connecting` · `degraded`: works in part · `failed`: needs a person. */
  readonly status: 'ready' | 'connecting' | 'degraded' | 'failed' | 'stopped';
  /** `webhook` or `websocket`. */
  readonly transport: string;
  /** What is wrong and what to do, in Chinese; null when nothing is. */
  readonly detail: string | null;
}

export interface ChannelLog {
  info(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
  warn(fields: Readonly<Record<string, string | number | boolean | null>>, message: string): void;
}

/** Counts the calls a platform meters, per calendar month (China time) and account, over restarts and instances. */
export interface UsageMeter {
  /** Notes calls that the platform counts. Never fails: counting must not stop work. */
  add(kind: string, calls?: number): void;
  /** Calls of the present month, as far as this process knows: others are seen within a minute. */
  used(kind: string): number;
}

/** What a platform allows per calendar month; the core saves on cards when it runs out. */
export interface Allowance {
  /** The kind that the meter counts under; at most 20 characters. */
  readonly kind: string;
  /** How people call it, Chinese. */
  readonly label: string;
  readonly callsPerMonth: number;
  /** Cards cost this kind: when it runs short, only what was asked for is sent, as text where possible. */
  readonly paysForCards: boolean;
}

/** What a platform can do with a card once it is out; the core plans with it. */
export interface CardAbilities {
  /** `free`: any number of updates · `once`: a card changes once by the handle its sending gave (and by each tap's answer). */
  readonly updates: 'free' | 'once';
  /** How long after sending an update is still taken, ms. */
  readonly updatableForMs: number;
  /** It has to-dos of its own, which may stand for a card of something that is due. */
  readonly todos?: true;
}

/** One company's app on one platform, alive. */
export interface Channel {
  readonly platform: string;
  /** The platform's id of our app; with the platform it names the account. */
  readonly appKey: string;
  readonly cards: CardAbilities;
  /** How fast messages may go to one person or chat; null where the platform sets no limit worth keeping. Absent: nowhere. */
  readonly paceOf?: (to: Address) => PaceRule | null;
  /** Absent where the platform meters nothing. */
  readonly allowances?: readonly Allowance[];
  /** Reads every contact of every colleague, page by page; null where the platform has no address book of outsiders. */
  readonly contacts: (() => AsyncIterable<readonly ContactFacts[]>) | null;
  /** Reads every group with outsiders that the platform lists, page by page; absent where it lists none. */
  readonly groups?: () => AsyncIterable<readonly GroupFacts[]>;
  /** Groups of colleagues that are written to by a name of the settings and never heard; absent where there are none. */
  readonly outlets?: readonly Outlet[];
  /** Reads the company's own address book: departments first, then colleagues, page by page; absent where we may not. */
  readonly organisation?: () => AsyncIterable<OrganisationPage>;
  /** Finds out who holds a one-time sign-in code of a page in the platform's client; absent where pages cannot sign in. */
  readonly signIn?: (code: string) => Promise<SignedIn>;
  /** Answers a callback of the platform; null when this channel takes none (long connection only). */
  readonly callback: ((request: RawRequest) => Promise<RawResponse>) | null;
  /** Starts connections; resolves as soon as the channel works or keeps trying by itself. Never rejects for the network. */
  start(): Promise<void>;
  stop(): Promise<void>;
  state(): ChannelState;
  /**
   * Takes messages that a colleague picked in the client (message action); null where the platform has no such thing.
   * The adapter finds out who asks from the sign-in code and stores a hand-over event. Where the platform can be asked,
   * it re-reads the messages, checks that the person is in the chat, and believes nothing the page says about them;
   * where it cannot, the words count as the colleague's own report, and the event says that the chat is not vouched for.
   */
  readonly handOver: ((request: HandOverRequest) => Promise<HandOverResult>) | null;
  /** What our pages need inside this platform's client; absent where the platform opens none. */
  readonly pages?: ChannelPages;
  /** The platform's sign-in for ordinary browsers; absent where it has none. */
  readonly webLogin?: WebLogin;
  /** Files that the platform wants to find at the root of our address, by exact name. */
  readonly rootFiles?: readonly RootFile[];
  /** Reads a stored payload; null when it is a kind of event we take no interest in. Throws on a payload that cannot be understood. */
  normalise(payload: string): ChannelEvent | null;
  /** What colleagues here are told on their first day, as this account is set up now; absent where nobody has written it. */
  readonly guide?: () => ChannelGuide;
  /** Finds out what keeps this account from working, without starting anything; absent where nobody has taught it. */
  readonly doctor?: Doctor;
  /** Carries out one order. Rejects with a DeliveryError only. */
  deliver(order: Order): Promise<Receipt>;
}

/** Codes live minutes and work once. */
export type SignedIn =
  | { readonly ok: true; readonly person: PersonRef; readonly name: string }
  /** `sign_in`: code unknown or used, or not of our company · `unavailable`: the platform did not answer. */
  | { readonly ok: false; readonly reason: 'sign_in' | 'unavailable' };

/** Signing in where no client of the platform shows the page: the browser goes to the platform and comes back with a code. */
export interface WebLogin {
  /** Where the browser is sent; a code comes back to `returnTo` as `code` or `authCode`, beside `state`. */
  url(returnTo: string, state: string): string;
  /** Finds out who holds such a code; `returnTo` is the address it came back to. Codes live minutes and work once. */
  signIn(code: string, returnTo: string): Promise<SignedIn>;
}

export interface RootFile {
  /** As it stands behind the last slash. */
  readonly name: string;
  readonly content: string;
}

/** How a page of ours gets along with the platform's client that shows it. */
export interface ChannelPages {
  /** The platform's script: the page loads it, and its origin goes into the page's content security policy. */
  readonly sdkUrl: string;
  /** Sources, as a content security policy writes them, that may show our pages in a frame. */
  readonly frameAncestors: readonly string[];
  /**
   * What that script wants to know before it serves the page at this address, in the platform's own names; nothing of
   * it is secret. The caller has checked that the address is ours. Null when the platform could not be asked.
   */
  configure(url: string): Promise<Readonly<Record<string, string | number>> | null>;
  /**
   * Where a page sends the browser for a sign-in code, which comes back as `code` beside `state` at `returnTo`; absent
   * where the client hands codes to the page itself.
   */
  readonly signInUrl?: (returnTo: string, state: string) => string;
}

/** What an adapter's factory receives besides its own settings. */
export interface ChannelContext {
  readonly inbound: Inbound;
  /** Current instant, ms. */
  readonly now: () => number;
  readonly log: ChannelLog;
  readonly usage: UsageMeter;
  readonly tokens: TokenVault;
  readonly rates: CallRates;
  /** Where people reach our pages, without a slash at the end; null when not said: then nothing links to them. */
  readonly publicUrl: string | null;
}

/** One platform as `adapters/index.ts` lists it. */
export interface Platform<S = unknown> {
  readonly name: string;
  /** How people call it, Chinese. */
  readonly label: string;
  /** What a person fills in on the set-up page. */
  readonly form: SettingForm;
  readSettings(env: Readonly<Record<string, string | undefined>>): AccountSettings<S>;
  connect(settings: S, context: ChannelContext): Channel;
}
