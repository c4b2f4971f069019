/** A core that remembers what an adapter hands to it. */
import type { ChannelLog, Inbound, InboundEvent } from '../../../../src/channel/channel.ts';
import type { CardTap, TapAnswer } from '../../../../src/channel/event.ts';
import { corpId } from './sealing.ts';

export interface RecordingInbound extends Inbound {
  readonly stored: InboundEvent[];
  readonly taps: CardTap[];
  /** What the next calls do before they remember. */
  onStore: ((event: InboundEvent) => Promise<void>) | null;
  answer: TapAnswer | ((tap: CardTap) => Promise<TapAnswer>);
}

/** Keys known already are not stored again, as in the inbox. */
export function recordingInbound(): RecordingInbound {
  const keys = new Set<string>();
  const inbound: RecordingInbound = {
    stored: [],
    taps: [],
    onStore: null,
    answer: { notice: null, card: null },
    async store(event) {
      await inbound.onStore?.(event);
      if (keys.has(event.eventKey)) return;
      keys.add(event.eventKey);
      inbound.stored.push(event);
    },
    async storePage(events) {
      for (const event of events) await inbound.store(event);
    },
    cursor: async () => null,
    takeTurn: async () => true,
    async tap(tap) {
      inbound.taps.push(tap);
      return typeof inbound.answer === 'function' ? inbound.answer(tap) : inbound.answer;
    },
    isOurTenant: async (key) => key === corpId,
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
