// The crash test, for longer (`npm run soak`): kills the server 30 times on each database; `-- ROUNDS SEED` changes that.

import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { type Kill, type KillReport, killRounds } from '../tests/flows/kill/rounds.ts';
import { freePort } from '../tests/support/services/free-port.ts';
import { findServer } from '../tests/support/services/installed.ts';
import { startServer } from '../tests/support/services/mariadb.ts';

const PER_ROUND = { dealsPerRound: 8, quotesPerRound: 4 };

const rounds = Number(process.argv[2] ?? 30);
const seed = Number(process.argv[3] ?? randomInt(1_000_000));
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('npm run soak -- [rounds] [seed]');
  process.exit(2);
}

const faults = [...(await onSqlite()), ...(await onMariadb())];
process.exit(faults.length === 0 ? 0 : 1);

async function onSqlite(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-soak-'));
  try {
    return await soak('SQLite', `sqlite:${join(folder, 'crm.db')}`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function onMariadb(): Promise<readonly string[]> {
  const program = findServer();
  if (!program) {
    console.log('no MariaDB here, so SQLite only: npm run setup:test installs it');
    return [];
  }
  const server = await startServer(program);
  try {
    const connection = await createConnection(server.url);
    await connection.query('CREATE DATABASE soak CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
    await connection.end();
    return await soak('MariaDB', `${server.url}/soak`);
  } finally {
    await server.stop();
  }
}

async function soak(name: string, databaseUrl: string): Promise<readonly string[]> {
  console.log(`${name}: ${rounds} rounds, seed ${seed}`);
  const port = await freePort();
  const report = await killRounds({
    databaseUrl,
    port,
    seed,
    rounds,
    ...PER_ROUND,
    onKill: (kill) => console.log(lineOf(kill)),
  });
  tell(report);
  return report.faults;
}

function lineOf({ round, afterMs, inbox, outbox }: Kill): string {
  const left = `inbox ${inbox.waiting} waiting, ${inbox.inHand} in hand · outbox ${outbox.waiting} waiting, ${outbox.inHand} in hand`;
  return `  round ${String(round).padStart(2)}: killed after ${String(afterMs).padStart(4)} ms; ${left}`;
}

function tell({ faults, counts, sent, pushes, taps, kills, seconds, log }: KillReport): void {
  const hit = (test: (kill: Kill) => boolean) => kills.filter(test).length;
  const { stored, stageChanges, cards, doubles, approvals, decisions } = counts;
  console.log(`  sent ${sent} · pushes ${pushes} · stored ${stored} · stage changes ${stageChanges} · cards ${cards}`);
  console.log(`  quotes submitted, decided and told ${approvals} · decisions ${decisions}`);
  console.log(`  doubles ${doubles} (all under one key) · taps ${taps} · ${seconds.toFixed(1)} s`);
  console.log(
    `  kills with work in hand: inbox ${hit((kill) => kill.inbox.inHand > 0)}, outbox ${hit((kill) => kill.outbox.inHand > 0)}, stored and waiting ${hit((kill) => kill.inbox.waiting > 0)}`,
  );
  for (const fault of faults) console.error(`  ✗ ${fault}`);
  if (faults.length > 0) console.error(log);
  else console.log('  ✓ nothing lost, nothing doubled, nothing stuck');
}
