/** Pulls the log of one account: one puller among all instances, the place kept with what was read. */
import type { ChannelLog, Inbound } from '../../../src/channel/channel.ts';
import { ApiFailure, isRefusedWith } from '../api-failure.ts';
import type { WecomClient } from '../client.ts';
import { explainFailure, isPassing } from '../errors.ts';
import { field, textField } from '../json.ts';
import type { PageReader } from './page.ts';

export interface Puller {
  /** There may be something new. Calls while it pulls make it look once more. */
  wake(token: string | null): void;
  /** Resolves when the pull under way has ended, also in failure. */
  idle(): Promise<void>;
  stop(): Promise<void>;
  /** Why nothing comes from this account, Chinese; null when it does. */
  problem(): string | null;
}

export interface PullerParts {
  readonly openKfId: string;
  readonly client: WecomClient;
  readonly inbound: Inbound;
  readonly page: PageReader;
  readonly now: () => number;
  readonly log: ChannelLog;
}

/** The token of a bell is good for ten minutes. */
const tokenForMs = 9.5 * 60_000;
const tokenExpired = 95007;
/** Longer than one call may take; taken again for every page. */
const turnMs = 20_000;
const clocksMs = 60_000;
/** A pull takes about as long: what rang while another instance read is ours, unless its page brought it along. */
const someoneElseMs = 300;
const firstRetryMs = 2_000;
const longestRetryMs = 60_000;
/** Empty pages that say there is more are usual; as many in a row are not. */
const mostEmptyPages = 200;

export function createPuller({ openKfId, client, inbound, page, now, log }: PullerParts): Puller {
  const name = `kf:${openKfId}`;
  let token: { readonly value: string; readonly until: number } | null = null;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;
  let problem: string | null = null;
  let reached: string | null = null;
  let since: number | null = null;

  /** When this account was first read, less what two clocks may differ: the log begins three days before. */
  async function beginning(): Promise<number> {
    if (since !== null) return since;
    const [known, place] = [await inbound.cursor(`${name}:since`), await inbound.cursor(name)];
    since = known !== null ? Number(known) : place === null ? now() - clocksMs : 0;
    if (known === null) await inbound.storePage([], { name: `${name}:since`, value: String(since) });
    return since;
  }

  async function sync(cursor: string) {
    const fresh = token !== null && now() < token.until ? token : null;
    const body = { open_kfid: openKfId, cursor, limit: 1000, voice_format: 0 };
    try {
      return await client.post('kf/sync_msg', fresh === null ? body : { ...body, token: fresh.value });
    } catch (error) {
      if (fresh === null || !isRefusedWith(error, tokenExpired)) throw error;
      if (token === fresh) token = null;
      return client.post('kf/sync_msg', body);
    }
  }

  /** False when another instance has the turn. */
  async function pull(): Promise<boolean> {
    let cursor: string | null = null;
    for (let empty = 0; empty < mostEmptyPages && !stopped; empty += 1) {
      if (!(await inbound.takeTurn(name, turnMs))) return false;
      const first = await beginning();
      const from: string = cursor ?? (await inbound.cursor(name)) ?? '';
      if (from !== reached) page.missed();
      const reply = await sync(from);
      const events = await page.read(reply, first);
      cursor = textField(reply, 'next_cursor') ?? from;
      if (cursor !== from) empty = -1;
      // Should another have the turn by now: the same rows have the same keys, and lead to the same place.
      if (events.length > 0 || cursor !== from) await inbound.storePage(events, { name, value: cursor });
      reached = cursor;
      if (field(reply, 'has_more') !== 1) break;
    }
    await inbound.takeTurn(name, 0);
    return true;
  }

  async function run(): Promise<void> {
    do {
      again = false;
      try {
        if (!(await pull())) later(someoneElseMs);
        failures = 0;
        problem = null;
      } catch (error) {
        failed(error);
      }
    } while (again && !stopped);
    running = null;
  }

  function failed(error: unknown): void {
    const failure = error instanceof ApiFailure ? error : null;
    const passing = failure === null || isPassing(failure);
    log.warn({ code: failure?.code ?? null, passing }, 'wecom service account could not be pulled');
    problem = failure === null ? '消息没有存下来，稍后再拉。' : explainFailure(failure);
    // What needs an administrator is tried again by the next round of the safety net.
    if (passing) later(failure?.is(45009) ? longestRetryMs : Math.min(firstRetryMs * 2 ** failures, longestRetryMs));
    failures += 1;
  }

  function later(waitMs: number): void {
    if (stopped) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(start, waitMs).unref();
  }

  function start(): void {
    again = true;
    if (running !== null || stopped) return;
    running = run();
  }

  return {
    wake(value) {
      if (value !== null) token = { value, until: now() + tokenForMs };
      start();
    },
    async idle() {
      await running;
    },
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
    problem: () => problem,
  };
}
