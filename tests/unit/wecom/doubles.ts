/** A core that remembers what an adapter hands to it, and a platform that answers what a test says. */
import { ApiFailure } from '../../../adapters/wecom/api-failure.ts';
import type { WecomClient } from '../../../adapters/wecom/client.ts';
import type { JsonRecord } from '../../../adapters/wecom/json.ts';
import type { ChannelLog, Inbound, InboundEvent } from '../../../src/channel/channel.ts';
import type { CardTap, TapAnswer } from '../../../src/channel/event.ts';
import { corpId } from './sealing.ts';

export interface RecordingInbound extends Inbound {
  readonly stored: InboundEvent[];
  readonly taps: CardTap[];
  readonly cursors: Map<string, string>;
  /** What the next calls do before they remember. */
  onStore: ((event: InboundEvent) => Promise<void>) | null;
  onPage: (() => Promise<void>) | null;
  turn: boolean;
  answer: TapAnswer;
}

/** Keys known already are not stored again, as in the inbox. */
export function recordingInbound(): RecordingInbound {
  const keys = new Set<string>();
  const remember = (event: InboundEvent): void => {
    if (keys.has(event.eventKey)) return;
    keys.add(event.eventKey);
    inbound.stored.push(event);
  };
  const inbound: RecordingInbound = {
    stored: [],
    taps: [],
    cursors: new Map(),
    onStore: null,
    onPage: null,
    turn: true,
    answer: { notice: null, card: null },
    async store(event) {
      await inbound.onStore?.(event);
      remember(event);
    },
    async storePage(events, cursor) {
      await inbound.onPage?.();
      events.forEach(remember);
      inbound.cursors.set(cursor.name, cursor.value);
    },
    cursor: async (name) => inbound.cursors.get(name) ?? null,
    takeTurn: async () => inbound.turn,
    async tap(tap) {
      inbound.taps.push(tap);
      return inbound.answer;
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

export interface ScriptedClient extends WecomClient {
  readonly calls: { readonly path: string; readonly body: JsonRecord }[];
}

/** Answers with what `script` says for a path: a reply whose `errcode` decides, or a thrown error. */
export function scriptedClient(script: (path: string, body: JsonRecord) => JsonRecord): ScriptedClient {
  const calls: ScriptedClient['calls'] = [];
  const answer = async (path: string, body: JsonRecord): Promise<JsonRecord> => {
    calls.push({ path, body });
    const reply = script(path, body);
    const failure = ApiFailure.of(reply);
    if (failure) throw failure;
    return reply;
  };
  return {
    ...{ calls, post: answer, get: (path, query = {}) => answer(path, query) },
    uploadImage: async (name, png) => String((await answer('media/upload', { name, size: png.length })).media_id),
  };
}
