/**
 * How many messages a second the product carries, from the words on three platforms at once to the cards they cause: one
 * instance on SQLite, one and two on MariaDB; and what a message costs when ten times as much is stored.
 */
import { startChild } from './child.ts';
import { type LoadDatabase, openLoadMariadb, openLoadSqlite } from './load/database.ts';
import type { Figures } from './load/figures.ts';
import { type Environment, withInstances } from './load/instances.ts';
import { type LoadOptions, type Plan, planOf } from './load/plan.ts';
import { describeRun, describeTable, type Measured } from './load/report.ts';
import { type Ground, runLoad } from './load/run.ts';
import { searchRate } from './load/search.ts';
import { PROMISED, type Size, smaller } from './pages/seed/size.ts';
import type { BooksQuestion } from './processes/books.ts';
import type { PlatformsQuestion } from './processes/platforms.ts';

const TENTH = smaller(PROMISED, 10);

export async function benchLoad(options: LoadOptions): Promise<readonly Measured[]> {
  const plan = planOf(options);
  const measured: Measured[] = [];
  for (const [name, open] of [
    ['sqlite', openLoadSqlite],
    ['mariadb', openLoadMariadb],
  ] as const) {
    const searches = plan.searches.filter((search) => search.database === name);
    if (searches.length === 0 && !plan.stored.includes(name)) continue;
    measured.push(
      ...(await onDatabase(open, TENTH, async (ground, environment) => {
        const results: Measured[] = [];
        for (const { instances } of searches) results.push(await measure(ground, environment, plan, name, instances));
        if (plan.stored.includes(name)) results.push(await fixedAgain(ground, environment, plan, name, 1));
        return results;
      })),
    );
    if (!plan.stored.includes(name)) continue;
    measured.push(
      ...(await onDatabase(open, PROMISED, async (ground, environment) => [
        await fixedAgain(ground, environment, plan, name, 10),
      ])),
    );
  }
  console.error(describeTable(measured));
  return measured;
}

/** The processes that stay over all runs on one database: the platforms, and the books. */
async function onDatabase(
  open: () => Promise<LoadDatabase | null>,
  stored: Size,
  work: (ground: Ground, environment: Environment) => Promise<Measured[]>,
): Promise<Measured[]> {
  const database = await open();
  if (!database) {
    console.error('no MariaDB here: npm run setup:test');
    return [];
  }
  const [platforms, books] = [startChild('platforms.ts'), startChild('books.ts')];
  try {
    const given = await platforms.ask<Environment>({ do: 'open' } satisfies PlatformsQuestion);
    const environment = { ...given, DATABASE_URL: database.url };
    const startedAt = performance.now();
    await books.ask({ do: 'open', environment, stored } satisfies BooksQuestion);
    await database.settle();
    const took = ((performance.now() - startedAt) / 1_000).toFixed(0);
    console.error(`${database.version}: ${stored.customers} customers were there after ${took} s`);
    return await work({ platforms, books, database }, environment);
  } finally {
    await books.stop();
    await platforms.stop();
    await database.close();
  }
}

function measure(
  ground: Ground,
  environment: Environment,
  plan: Plan,
  database: LoadDatabase['name'],
  count: number,
): Promise<Measured> {
  return withInstances(environment, count, async (instances) => {
    const run = async (what: string, perSecond: number, seconds: number): Promise<Figures> => {
      const figures = await runLoad(ground, instances, perSecond, seconds);
      console.error(describeRun(`${database} ×${count} ${what}`, figures));
      return figures;
    };
    await run('warm-up', plan.warmUp.perSecond, plan.warmUp.seconds);
    const fixed = await run('fixed', plan.fixedPerSecond, plan.seconds);
    const sustained = fixed.faults.length > 0 ? null : await searchRate(plan, run);
    return { kind: 'rate', database, instances: count, fixed, sustained };
  });
}

/** The fixed rate on so many times the data, both in the same way: what is compared is what a message costs. */
function fixedAgain(
  ground: Ground,
  environment: Environment,
  plan: Plan,
  database: LoadDatabase['name'],
  times: 1 | 10,
): Promise<Measured> {
  return withInstances(environment, 1, async (instances) => {
    await runLoad(ground, instances, plan.warmUp.perSecond, plan.warmUp.seconds);
    const fixed = await runLoad(ground, instances, plan.storedPerSecond, plan.storedSeconds);
    console.error(describeRun(`${database} ×1 on ×${times} of the data`, fixed));
    return { kind: 'stored', database, times, fixed };
  });
}
