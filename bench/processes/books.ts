/** Keeps the books of the load bench beside the instances: puts people and deals into the database, and counts afterwards. */
import { platforms } from '../../adapters/index.ts';
import { haveReadOrganisation } from '../../sandbox/seed.ts';
import { type App, createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { serve } from '../child.ts';
import { type Audited, audit, type Expected } from '../load/audit.ts';
import { backlogOf } from '../load/backlog.ts';
import { putRooms } from '../load/put-rooms.ts';
import type { Room } from '../load/room.ts';
import { seedCompany } from '../pages/seed/seed-company.ts';
import type { Size } from '../pages/seed/size.ts';

export type BooksQuestion =
  /** Makes the schema and what the company has stored already. */
  | { readonly do: 'open'; readonly environment: Readonly<Record<string, string>>; readonly stored: Size | null }
  | { readonly do: 'rooms'; readonly rooms: readonly Room[] }
  | { readonly do: 'backlog' }
  /** Compares what was said with what is there now, of what was written since the last rooms. */
  | ({ readonly do: 'audit' } & Expected);

const YEAR_MS = 365 * 86_400_000;

let app: App | null = null;
let mark = '';

async function open({ environment, stored }: Extract<BooksQuestion, { do: 'open' }>): Promise<object> {
  const settings = readSettings({ ...environment, LOG_LEVEL: 'error' }, platforms);
  app = await createApp({ settings, log: createLog(settings.logLevel), now: Date.now });
  if (stored) await seedCompany(app, stored, Date.now());
  // A company that was put there in a minute has years to catch up with, and its people are on no platform of ours: quotes
  // that end, questions to leads and words to its people are not what is measured here.
  const farOff = Date.now() + 10 * YEAR_MS;
  await app.transact(async (tx) => {
    await tx.staffIdentity.remove({});
    await tx.quote.update({}, { validUntil: farOff });
    await tx.lead.update({ status: 'open' }, { status: 'dropped' });
  });
  await haveReadOrganisation(app);
  return {};
}

serve<BooksQuestion>(
  async (question) => {
    if (question.do === 'open') return open(question);
    if (!app) throw new Error('not open');
    if (question.do === 'backlog') return backlogOf(app.database);
    if (question.do === 'audit') return (await audit(app, mark, question)) satisfies Audited;
    await putRooms(app, question.rooms);
    mark = await app.look(async (tx) => tx.newId());
    return {};
  },
  async () => app?.stop(),
);
