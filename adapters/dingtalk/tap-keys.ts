/** Names each click, which the platform does not: the same again for a delivery that is repeated, another for a second click. */
import { digest } from './ids.ts';

export interface TapKey {
  readonly eventId: string;
  /** This click came before. */
  readonly repeated: boolean;
  /** The answer has been made. */
  answered(): void;
}

export interface TapKeys {
  /** `what`: who tapped which button of which card. */
  keyOf(what: readonly string[], frameId: string): TapKey;
}

interface Click {
  readonly eventId: string;
  readonly since: number;
  readonly frames: Set<string>;
  open: boolean;
}

/** Pushes without an ack come again after 16 and 60 s, as observed (dingtalk.md §1.4). */
const repeatsForMs = 90_000;

/**
 * A callback carries no click id, and whether `messageId` stays the same when it comes again is unknown. So a frame
 * belongs to an earlier click when it has a `messageId` of that click, or when that click is not answered yet: the client
 * waits for the answer before the person can mean it a second time, and a frame that comes beside an open one is a copy
 * (or a finger that trembled). Anything after the answer is a click of its own. The key begins with the click's first
 * `messageId`, so another instance, or we after a restart, give a kept `messageId` the same key. Where all that misses,
 * the core decides an action once whatever the click is called.
 */
export function createTapKeys(now: () => number): TapKeys {
  const clicks = new Map<string, Click>();

  function sweep(): void {
    for (const [what, { since, open }] of clicks) if (!open && now() - since > repeatsForMs) clicks.delete(what);
  }

  return {
    keyOf(what, frameId) {
      const identity = digest(JSON.stringify(what));
      const known = clicks.get(identity);
      const repeated = known !== undefined && (known.open || known.frames.has(frameId));
      const click = repeated
        ? known
        : { eventId: digest(`${frameId}:${identity}`), since: now(), frames: new Set<string>(), open: true };
      click.frames.add(frameId);
      if (!repeated) {
        sweep();
        clicks.set(identity, click);
      }
      return {
        eventId: click.eventId,
        repeated,
        answered() {
          click.open = false;
        },
      };
    },
  };
}
