/** What waits in both queues at this moment, and what was given up. */
import type { Database } from '../../src/persistence/database.ts';

export interface Waiting {
  readonly inbox: number;
  readonly outbox: number;
  readonly dead: number;
}

export async function backlogOf({ inbox, outbox }: Database): Promise<Waiting> {
  const [incoming, outgoing] = await Promise.all([inbox.backlog(Date.now()), outbox.backlog(Date.now())]);
  return { inbox: incoming.ready, outbox: outgoing.ready, dead: incoming.dead + outgoing.dead };
}
