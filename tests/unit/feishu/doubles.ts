/** A core that remembers what an adapter hands to it. */
import type { ChannelLog, Inbound, InboundEvent } from '../../../src/channel/channel.ts';
import type { CardTap, TapAnswer } from '../../../src/channel/event.ts';
import { ourTenant } from './sealing.ts';

export interface RecordingInbound extends Inbound {
  readonly stored: InboundEvent[];
  readonly taps: CardTap[];
  /** What the next calls do instead of remembering. */
  onStore: ((event: InboundEvent) => Promise<void>) | null;
  answer: TapAnswer | ((tap: CardTap) => Promise<TapAnswer>);
}

export function recordingInbound(): RecordingInbound {
  const inbound: RecordingInbound = {
    stored: [],
    taps: [],
    onStore: null,
    answer: { notice: null, card: null },
    async store(event) {
      if (inbound.onStore) await inbound.onStore(event);
      inbound.stored.push(event);
    },
    async tap(tap) {
      inbound.taps.push(tap);
      return typeof inbound.answer === 'function' ? inbound.answer(tap) : inbound.answer;
    },
    isOurTenant: async (key) => key === ourTenant,
    async storePage(events) {
      for (const event of events) await inbound.store(event);
    },
    cursor: async () => null,
    takeTurn: async () => true,
  };
  return inbound;
}

/** Keeps the lines, so that a test can look for what must never be in one. */
export function recordingLog(): ChannelLog & { readonly lines: string[] } {
  const lines: string[] = [];
  const write = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };
  return { lines, info: write, warn: write };
}
