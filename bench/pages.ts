/** How soon pages answer in a large company, on both databases: every reading operation of the contract and the main writing ones. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { type FeishuSecrets, feishu } from './dialects/feishu.ts';
import { type AckFigures, CHATS, measureAcks, startPlatform } from './pages/acks.ts';
import { createClient } from './pages/client.ts';
import { type BenchDatabase, openMariadb, openSqliteFile } from './pages/databases.ts';
import { type Line, measurePages } from './pages/measure.ts';
import type { Colleague } from './pages/people.ts';
import { benchPolicy } from './pages/policy.ts';
import { describeAcks, describeLines, describePlans, describeVerdict } from './pages/report.ts';
import { PROMISED } from './pages/seed/size.ts';
import type { PagesQuestion, Plans } from './processes/pages.ts';

export interface PagesOptions {
  /** Prints the plan of every statement. */
  readonly plans: boolean;
  /** Databases of an earlier run are used, and left: a folder for SQLite; TEST_MYSQL_URL says where MariaDB's is. */
  readonly keep: string | null;
}

export interface PagesFigures extends AckFigures {
  readonly database: BenchDatabase['name'];
  /** Of the slowest operation, asked by whoever waits longest for it. */
  readonly worstP95Ms: number;
  /** Median over the operations: how many bare requests fit into one. */
  readonly timesBare: number;
}

export async function benchPages({ plans, keep }: PagesOptions): Promise<PagesFigures[]> {
  const figures: PagesFigures[] = [];
  for (const open of [() => openSqliteFile(keep), openMariadb]) {
    const database = await open();
    if (!database) {
      console.error('no MariaDB here: npm run setup:test');
      continue;
    }
    try {
      const { lines, acks } = await onDatabase(database, plans);
      figures.push({
        database: database.name,
        ...acks,
        worstP95Ms: Math.max(...lines.map(({ p95Ms }) => p95Ms)),
        timesBare: median(lines.map(({ p50Ms, bareMs }) => p50Ms / bareMs)),
      });
    } finally {
      await database.close();
    }
  }
  return figures;
}

async function onDatabase(
  database: BenchDatabase,
  plans: boolean,
): Promise<{ readonly lines: readonly Line[]; readonly acks: AckFigures }> {
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-bench-'));
  const product = startChild('pages.ts');
  const secrets = feishu.makeSecrets((digits) => randomBytes(digits).toString('hex').slice(0, digits));
  // The account of a database that is used again.
  const known = { ...secrets, appId: 'cli_0000000000000000', tenantKey: '0000000000000000' };
  const platform = await startPlatform(known);
  try {
    const startedAt = performance.now();
    const { port } = await product.ask<{ port: number }>(openQuestion(database.url, folder, known, platform.apiBase));
    await database.settle();
    const colleagues = await product.ask<Colleague[]>({ do: 'signIn' } satisfies PagesQuestion);
    console.error(
      `${database.name}: a company of ${PROMISED.customers} customers was ready after ${seconds(startedAt)} s`,
    );
    if (plans) await product.ask({ do: 'record' } satisfies PagesQuestion);
    const client = createClient(port);
    const cpuMs = async () => (await product.ask<{ cpuMs: number }>({ do: 'cpu' } satisfies PagesQuestion)).cpuMs;
    const lines = await measurePages({ ...client, cpuMs }, colleagues);
    client.close();
    console.error(describeLines(database.name, lines, loadavg()[0] ?? 0));
    if (plans) {
      const { statements } = await product.ask<Plans>({ do: 'plans' } satisfies PagesQuestion);
      console.error(describePlans(database.name, statements));
    }
    const admin = colleagues.find(({ name }) => name === 'admin');
    if (!admin) throw new Error('nobody reads reports');
    const acks = await measureAcks(platform, port, admin);
    console.error(`${database.name}: ${describeAcks(acks)}`);
    console.error(describeVerdict(database.name, lines, acks));
    return { lines, acks };
  } finally {
    await product.stop();
    await platform.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function openQuestion(databaseUrl: string, folder: string, secrets: FeishuSecrets, apiBase: string): PagesQuestion {
  const policyFile = join(folder, 'policy.yaml');
  writeFileSync(policyFile, benchPolicy());
  return { do: 'open', databaseUrl, policyFile, secrets, apiBase, size: PROMISED, chats: CHATS };
}

const seconds = (since: number): string => ((performance.now() - since) / 1_000).toFixed(0);

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
