/** The two loops of an instance: what came in is handled, what is to go out is delivered. */
import { createHandleItem, type HandleItemOptions } from './inbox/handle-item.ts';
import { createHandleTogether } from './inbox/handle-together.ts';
import { createDeliver, type DeliverOptions } from './outbox/deliver.ts';
import { createWorker, type Worker } from './work/worker.ts';

export interface WorkersOptions<Session>
  extends Omit<HandleItemOptions<Session>, 'inbox'>,
    Omit<DeliverOptions<Session>, 'outbox' | 'pace'> {
  readonly database: Pick<HandleItemOptions<Session>, 'inbox'> &
    Pick<DeliverOptions<Session>, 'outbox' | 'pace'> & { readonly kind: string };
}

/** After a crash, what was in hand waits this long. Longer work keeps its lease for as long as its instance lives. */
const LEASE_MS = 15_000;
const RENEW_EVERY_MS = 4_000;
/**
 * Messages that share a commit where many wait. On SQLite whoever writes next waits for all of them, some 10 ms; on a server
 * each keeps its rows locked until the last is done.
 */
const TOGETHER = { sqlite: 8, mysql: 4 };

export function createWorkers<Session>(options: WorkersOptions<Session>): { inbox: Worker; outbox: Worker } {
  const { database, owner, now, log } = options;
  const { inbox, outbox, pace } = database;
  return {
    inbox: createWorker({
      name: 'inbox',
      batch: 64,
      // One writer at a time: more hands would only wait for each other.
      concurrency: database.kind === 'sqlite' ? 1 : 8,
      pollMs: 500,
      claim: (limit) => inbox.claim(owner, limit, now(), LEASE_MS),
      handle: createHandleItem({ ...options, inbox }),
      together: {
        most: database.kind === 'sqlite' ? TOGETHER.sqlite : TOGETHER.mysql,
        handle: createHandleTogether({ ...options, inbox }),
      },
      renew: (items) => inbox.renew(items, owner, now() + LEASE_MS),
      renewEveryMs: RENEW_EVERY_MS,
      giveBack: (items) => inbox.giveBack(items, owner),
      log,
    }),
    outbox: createWorker({
      name: 'outbox',
      batch: 32,
      concurrency: 8,
      pollMs: 250,
      claim: (limit) => outbox.claim(owner, limit, now(), LEASE_MS),
      handle: createDeliver({ ...options, outbox, pace }),
      renew: (items) => outbox.renew(items, owner, now() + LEASE_MS),
      renewEveryMs: RENEW_EVERY_MS,
      giveBack: (items) => outbox.giveBack(items, owner),
      log,
    }),
  };
}
