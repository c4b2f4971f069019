/** Takes what the bot hears: stored first, in order per conversation, and never lost without a word. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog, Inbound } from '../../../src/channel/channel.ts';
import { type JsonRecord, nestsDeeperThan, recordField, textField } from '../json.ts';
import { chatOf, type Target, targetOf } from './chat.ts';
import type { StoredMessage } from './normalise.ts';
import type { Pace } from './pace.ts';
import type { People } from './people.ts';
import type { BotProblem } from './problems.ts';
import { isMessage, worthKeeping } from './words.ts';

export interface BotIntake {
  message(reqId: string, body: JsonRecord): void;
  /** Waits for what is being stored, a little; what then is not stored is written down as lost. */
  stop(): Promise<void>;
  problem(): BotProblem | null;
}

export interface BotIntakeParts {
  readonly inbound: Pick<Inbound, 'store'>;
  readonly people: People;
  readonly now: () => number;
  readonly log: ChannelLog;
  readonly pace: Pace;
  /** The message is stored: its request id may be answered. */
  readonly stored: (target: Target, messageId: string, reqId: string) => void;
  /** The message could not be stored: its sender is to be told. */
  readonly lost: (target: Target, reqId: string) => void;
}

const drainMs = 2_500;
/** A forwarded record in a record is some ten levels. */
const maxDepth = 32;
const rememberedForMs = 3_600_000;

/**
 * A callback on this socket has no ack: the platform documents no second delivery, not even after a new connection.
 * A message we hold is therefore the only copy, so a store that fails is tried again here, and when that does not help
 * the sender is told to send it once more. Later messages of the same conversation wait behind it.
 */
export function createBotIntake(parts: BotIntakeParts): BotIntake {
  const { inbound, log, pace, now } = parts;
  const chains = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  let lostAt = -Infinity;
  let lostCount = 0;
  let waiting = 0;

  async function take(target: Target, userId: string, reqId: string, body: JsonRecord): Promise<void> {
    const receivedAt = now();
    const messageId = textField(body, 'msgid') ?? '';
    const speaker = await parts.people.plainId(userId);
    const payload: StoredMessage = { liaodan: 'bot', receivedAt, speaker, body: worthKeeping(body) };
    const event = {
      eventKey: `msg:${shortId(messageId)}`,
      orderKey: chatOf(target).id,
      payload: JSON.stringify(payload),
    };
    for (const againAfterMs of [...pace.storeAgainAfterMs, null]) {
      try {
        await inbound.store(event);
        parts.stored(target, messageId, reqId);
        return;
      } catch (error) {
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'wecom bot message could not be stored');
        if (againAfterMs === null || stopping.signal.aborted) break;
        await sleep(againAfterMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
    lostCount = now() - lostAt > rememberedForMs ? 1 : lostCount + 1;
    lostAt = now();
    log.warn({ lost: lostCount }, 'wecom bot message given up');
    parts.lost(target, reqId);
  }

  return {
    message(reqId, body) {
      if (!isMessage(body)) return;
      if (nestsDeeperThan(body, maxDepth)) return log.warn({}, 'wecom bot message nests too deep');
      const target = targetOf(body);
      const from = recordField(body, 'from');
      const userId = from && textField(from, 'userid');
      if (!target || !userId || textField(body, 'msgid') === null) {
        log.warn({}, 'wecom bot message without sender, conversation or id');
        return;
      }
      const { id } = chatOf(target);
      waiting += 1;
      const work = (chains.get(id) ?? Promise.resolve())
        .then(() => take(target, userId, reqId, body))
        .finally(() => {
          waiting -= 1;
          if (chains.get(id) === work) chains.delete(id);
        });
      chains.set(id, work);
    },
    async stop() {
      const drained = Promise.allSettled(chains.values());
      await Promise.race([drained, sleep(drainMs, undefined, { ref: false })]);
      stopping.abort();
      await Promise.race([drained, sleep(drainMs, undefined, { ref: false })]);
    },
    problem() {
      if (now() - lostAt > rememberedForMs) return null;
      const detail = `智能机器人收到的 ${lostCount} 条消息没能存进数据库，已请发送人重发：请检查数据库。`;
      return { status: 'degraded', detail: waiting > 0 ? `${detail}（还有 ${waiting} 条在等）` : detail };
    },
  };
}

/** A message's key takes 128 characters; its id has no documented length. */
function shortId(messageId: string): string {
  return messageId.length <= 120 ? messageId : createHash('sha256').update(messageId).digest('base64url');
}
