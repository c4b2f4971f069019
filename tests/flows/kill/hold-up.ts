/** Makes the next tap late: what it needs in order to be decided is held by somebody else, after it could be stored. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '../../../src/app.ts';

/** Between the tap's arrival and the hold-up it is stored: the turn before ours is its own. */
const UNTIL_STORED_MS = 250;

/** Resolves when the next tap is sure to wait; `released` when it no longer has to, after `forMs`. */
export async function holdUp(app: App, forMs: number): Promise<{ released: Promise<void> }> {
  return app.database.kind === 'sqlite' ? holdWriter(app, forMs) : holdCard(app, forMs);
}

/** Servers lock rows: the card is held. */
async function holdCard(app: App, forMs: number): Promise<{ released: Promise<void> }> {
  const held = Promise.withResolvers<void>();
  const released = app.transact(async (tx) => {
    const card = await tx.card.find({ kind: 'ask' });
    await tx.card.hold(card?.id ?? '');
    held.resolve();
    await sleep(forMs);
  });
  await Promise.race([held.promise, released]);
  return { released };
}

/** SQLite has one writer, in order of arrival: somebody short, the tap's row, somebody long, the tap's decision. */
function holdWriter(app: App, forMs: number): { released: Promise<void> } {
  const { promise: released, resolve, reject } = Promise.withResolvers<void>();
  app.server.prependOnceListener('request', () => {
    const short = app.transact(() => sleep(2 * UNTIL_STORED_MS));
    const long = sleep(UNTIL_STORED_MS).then(() => app.transact(() => sleep(forMs)));
    Promise.all([short, long]).then(() => resolve(), reject);
  });
  return { released };
}
