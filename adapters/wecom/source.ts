/** What the parts of this channel that bring words beside the callback have in common: 微信客服, the AI bot, the archive. */
import type { ChannelLog, ChannelState, Inbound } from '../../src/channel/channel.ts';
import type { Order, Receipt } from '../../src/channel/delivery.ts';
import type { ChannelEvent } from '../../src/channel/event.ts';
import type { JsonRecord } from './json.ts';

export interface Source {
  /** Resolves as soon as it works or keeps trying by itself. Never rejects for the network. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** What is wrong, with what to do in Chinese; null when it works. */
  problem(): Pick<ChannelState, 'status' | 'detail'> | null;
  /**
   * Reads back a payload this source stored: a JSON object whose field `liaodan` names the source (`kf`, `bot`,
   * `archive`). Null for kinds of no interest; throws on what cannot be understood.
   */
  normalise(stored: JsonRecord): ChannelEvent | null;
}

export interface Bot extends Source {
  /** Carries out what goes to one of the bot's chats (`bot:…`, or a group it has been heard in); null when the address is not the bot's. */
  deliver(order: Order): Promise<Receipt | null>;
}

export interface Archive extends Source {
  /** There is something to pull, says the platform. */
  wake(): void;
}

/** What each of them is given besides its own settings. */
export interface SourceContext {
  readonly corpId: string;
  readonly inbound: Inbound;
  /** Current instant, ms. */
  readonly now: () => number;
  readonly log: ChannelLog;
}
