/** 微信客服: what customers and colleagues say in service sessions comes in, and waiting sessions are given to people. */
import type { ChannelState } from '../../../src/channel/channel.ts';
import type { Receipt } from '../../../src/channel/delivery.ts';
import { ApiFailure } from '../api-failure.ts';
import type { WecomClient } from '../client.ts';
import { explainFailure } from '../errors.ts';
import type { Source, SourceContext } from '../source.ts';
import { listAccounts, noService } from './accounts.ts';
import { normaliseService } from './normalise.ts';
import { createPageReader } from './page.ts';
import { createPuller, type Puller } from './puller.ts';
import { createSessions } from './sessions.ts';

export interface Service extends Source {
  /** There are new rows of this account; with its `token` the strict limit on pulling does not hold. */
  wake(openKfId: string, token: string | null): void;
  /** Accounts were given to our app or taken from it. */
  accountsChanged(): void;
  /** How many accounts we read. */
  accounts(): number;
  /** Gives a session to the first of these colleagues who can take it. */
  assign(openKfId: string, outsiderId: string, staffIds: readonly string[]): Promise<Receipt & { kind: 'assigned' }>;
}

/** Bells can be lost: everything is pulled so often without one. */
const pollMs = 3 * 60_000;
/** Without an account of ours there is only the list to look at; giving us one is told by an event as well. */
const idlePollMs = 15 * 60_000;
const firstRetryMs = 5_000;

/** Nothing here ever answers a customer: people do, in the client as always. */
export function createService(client: WecomClient, context: SourceContext): Service {
  const { corpId, inbound, now, log } = context;
  const sessions = createSessions(client, now);
  const pullers = new Map<string, Puller>();
  let problem: Pick<ChannelState, 'status' | 'detail'> | null = null;
  let timer: NodeJS.Timeout | null = null;
  let listed = false;
  let stopped = false;

  function pullerOf(openKfId: string): Puller {
    const known = pullers.get(openKfId);
    if (known) return known;
    const page = createPageReader(openKfId, sessions);
    const made = createPuller({ openKfId, client, inbound, page, now, log });
    pullers.set(openKfId, made);
    return made;
  }

  async function list(): Promise<void> {
    try {
      const ids = await listAccounts(client);
      listed = true;
      problem = null;
      for (const [id, puller] of pullers) {
        if (ids.includes(id)) continue;
        pullers.delete(id);
        await puller.stop();
      }
      for (const id of ids) pullerOf(id);
    } catch (error) {
      const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
      listed = failure.is(...noService);
      problem = listed ? null : { status: 'degraded', detail: explainFailure(failure) };
    }
  }

  async function round(): Promise<void> {
    await list();
    if (stopped) return;
    for (const puller of pullers.values()) puller.wake(null);
    const usual = (pullers.size > 0 ? pollMs : idlePollMs) * (0.9 + Math.random() / 5);
    // News about accounts may have begun another round meanwhile: one of them plans the next.
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => void round(), listed ? usual : firstRetryMs).unref();
    await Promise.all([...pullers.values()].map((puller) => puller.idle()));
  }

  return {
    start: round,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await Promise.all([...pullers.values()].map((puller) => puller.stop()));
    },
    wake(openKfId, token) {
      if (!stopped) pullerOf(openKfId).wake(token);
    },
    accountsChanged() {
      if (timer !== null) clearTimeout(timer);
      if (!stopped) void round();
    },
    accounts: () => pullers.size,
    problem() {
      const troubled = [...pullers.values()].flatMap((puller) => puller.problem() ?? []);
      return problem ?? (troubled[0] === undefined ? null : { status: 'degraded', detail: troubled[0] });
    },
    normalise: (stored) => normaliseService(stored, corpId),
    async assign(openKfId, outsiderId, staffIds) {
      const staffId = await sessions.assign(openKfId, outsiderId, staffIds);
      const waiting = staffId === null && sessions.pooled(openKfId).includes(outsiderId);
      return { kind: 'assigned', staffId, ...(waiting ? { waiting } : {}) };
    },
  };
}
