/** Says so many messages a second for so long, whatever becomes of them, and writes down when each was heard and shown. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from '../../sandbox/platform/deliveries.ts';
import type { Effects } from './effects.ts';
import { ASK, type Cause, type LoadPlatform, MOVE, TALK, turnAt } from './mix.ts';
import type { Room } from './room.ts';
import type { Scene } from './scene.ts';

export interface SpeakOptions {
  readonly scene: Scene;
  readonly effects: Effects;
  /** At least one for every message of a kind that has a consequence. */
  readonly rooms: readonly Room[];
  /** Addresses of the instances: pushes take turns. */
  readonly callbacks: readonly string[];
  readonly perSecond: number;
  readonly count: number;
  /** Told when the last message has been said, before anybody waits for anything. */
  readonly onSaid: () => void;
}

export interface Spoken {
  /** The platforms' ids of the messages that were acknowledged, at once or when they came again. */
  readonly messageIds: Readonly<Record<LoadPlatform, readonly string[]>>;
  /** Of those that never were: stored or not, nobody was promised anything. */
  readonly unheard: readonly string[];
  /** Deals whose words have a consequence. */
  readonly caused: Readonly<Record<Exclude<Cause, 'talk'>, readonly string[]>>;
  /** Whose deals they are: so many people. */
  readonly owners: Readonly<Record<LoadPlatform, number>>;
  /** Until the platform had the answer to its push, ms, of those that were accepted at the first try. */
  readonly ackMs: readonly number[];
  readonly refused: number;
  /** From the words to the card, ms. */
  readonly effectMs: readonly number[];
  /** Consequences that nobody saw. */
  readonly missing: readonly string[];
  /** How late the words were said, ms: what the load side itself could not keep up with. */
  readonly lateMs: readonly number[];
  /** From the first word to the last. */
  readonly seconds: number;
}

const PATIENCE_MS = 30_000;
/** What was not acknowledged comes again, on the slowest platform after 16 seconds. */
const AGAIN_MS = 25_000;

interface Push {
  readonly platform: LoadPlatform;
  readonly messageId: string;
  readonly delivery: Delivery;
}

export async function speak(options: SpeakOptions): Promise<Spoken> {
  const { scene, effects, rooms, callbacks, perSecond, count } = options;
  const fresh = {
    feishu: waiting(rooms, 'feishu'),
    wecom: waiting(rooms, 'wecom'),
    dingtalk: waiting(rooms, 'dingtalk'),
  };
  const talkers = { feishu: [...fresh.feishu], wecom: [...fresh.wecom], dingtalk: [...fresh.dingtalk] };
  const caused = { move: [] as string[], ask: [] as string[] };
  const owners = { feishu: new Set<string>(), wecom: new Set<string>(), dingtalk: new Set<string>() };
  const said = { feishu: 0, wecom: 0, dingtalk: 0 };
  const saidAt = new Map<string, number>();
  const lateMs: number[] = [];
  const pushes: Push[] = [];

  function say(n: number): void {
    const { platform, cause } = turnAt(n);
    const among = talkers[platform];
    const room = cause === 'talk' ? among[said[platform] % among.length] : fresh[platform].pop();
    if (!room) throw new Error(`no room on ${platform}`);
    said[platform] += 1;
    const words = { talk: TALK[said[platform] % TALK.length] ?? '', move: MOVE, ask: ASK }[cause];
    if (cause !== 'talk') {
      caused[cause].push(room.code);
      owners[platform].add(room.owner.id);
      saidAt.set(room.code, performance.now());
    }
    const { messageId, delivery } = scene.say(room, words, callbacks[n % callbacks.length] ?? '');
    pushes.push({ platform, messageId, delivery });
  }

  const begun = performance.now();
  for (let n = 0; n < count; n += 1) {
    const due = begun + (n * 1_000) / perSecond;
    const early = due - performance.now();
    if (early >= 1) await sleep(early);
    lateMs.push(Math.max(0, performance.now() - due));
    say(n);
  }
  const seconds = (performance.now() - begun) / 1_000;
  options.onSaid();
  const outcomes = await Promise.all(pushes.map(({ delivery }) => delivery.first));
  await effects.until(saidAt.keys(), PATIENCE_MS);
  await Promise.race([Promise.all(pushes.map(({ delivery }) => delivery.done)), sleep(AGAIN_MS, null, { ref: false })]);
  const isHeard = ({ delivery }: Push) => delivery.outcomes.some(({ accepted }) => accepted);
  const heardOn = (platform: LoadPlatform) =>
    pushes.filter((push) => push.platform === platform && isHeard(push)).map(({ messageId }) => messageId);
  const took = [...saidAt].map(([code, at]) => ({ code, ms: (effects.at(code) ?? Number.NaN) - at }));
  return {
    messageIds: { feishu: heardOn('feishu'), wecom: heardOn('wecom'), dingtalk: heardOn('dingtalk') },
    unheard: pushes.filter((push) => !isHeard(push)).map(({ messageId }) => messageId),
    caused,
    owners: { feishu: owners.feishu.size, wecom: owners.wecom.size, dingtalk: owners.dingtalk.size },
    ackMs: outcomes.filter(({ accepted }) => accepted).map(({ tookMs }) => tookMs),
    refused: outcomes.filter(({ accepted }) => !accepted).length,
    effectMs: took.filter(({ ms }) => !Number.isNaN(ms)).map(({ ms }) => ms),
    missing: took.filter(({ ms }) => Number.isNaN(ms)).map(({ code }) => code),
    lateMs,
    seconds,
  };
}

/** Taken from the end: everybody's first deal, then everybody's second, so that no card changes many times a second. */
function waiting(rooms: readonly Room[], platform: LoadPlatform): Room[] {
  const counts = new Map<string, number>();
  const placed = rooms
    .filter((room) => room.platform === platform)
    .map((room) => {
      const place = counts.get(room.owner.id) ?? 0;
      counts.set(room.owner.id, place + 1);
      return { room, place };
    });
  return placed.sort((one, other) => other.place - one.place).map(({ room }) => room);
}
