/** Puts the large company of the page bench into an empty database. */
import type { App } from '../../../src/app.ts';
import { createIdGenerator } from '../../../src/ids.ts';
import { countFigures } from '../../../src/scheduler/count-figures.ts';
import { createBulk } from './bulk.ts';
import { createChance } from './chance.ts';
import { seedCustomers } from './customers.ts';
import { seedPeople } from './people.ts';
import type { Size } from './size.ts';
import { createSteps } from './steps.ts';
import { seedTrade } from './trade.ts';
import { seedWords } from './words.ts';

const SEED = 20_260_101;
/** The setting whose value says who and what is to be measured. */
const MARK = 'bench.pages';

/** Who looks at pages, and the customer with the long timeline. */
export interface Company {
  readonly measured: Readonly<Record<'salesperson' | 'head' | 'region' | 'admin', string>>;
  readonly largeId: string;
}

/** What an earlier run put there is taken as it is. Minutes for the size that is promised. */
export async function seedCompany(app: App, size: Size, now: number): Promise<Company> {
  const known = await app.look((tx) => tx.setting.get(MARK));
  if (known) return JSON.parse(known.value) as Company;
  const { accountId, tenantId } = place(app);
  const chance = createChance(SEED);
  const steps = createSteps(now);
  const bulk = createBulk(app.database, tenantId);
  const people = await seedPeople(
    bulk,
    size,
    accountId,
    chance,
    createIdGenerator(() => now),
    now,
  );
  const customers = await seedCustomers(bulk, size, people, accountId, chance, steps);
  const deals = await seedTrade(bulk, size, people, customers, chance, steps, now);
  await seedWords(bulk, size, people, customers, deals, accountId, chance, steps);
  await countFigures({ tenantId, look: (_, work) => app.look(work), transact: (_, work) => app.transact(work) });
  const company: Company = { measured: people.measured, largeId: customers.large.id };
  await app.transact((tx) => tx.setting.insert({ id: MARK, value: JSON.stringify(company), updatedAt: now }));
  return company;
}

function place(app: App): { readonly accountId: string; readonly tenantId: string } {
  const account = app.accounts[0];
  if (!account) throw new Error('the bench needs a connected platform');
  return { accountId: account.id, tenantId: account.tenantId };
}
