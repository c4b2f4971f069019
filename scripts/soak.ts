// Hard knocks, for longer (`npm run soak`): 100 rounds shared out over SQLite, MariaDB, two instances on MariaDB, and on a Galera cluster; `-- ROUNDS SEED` changes that.

import { randomInt } from 'node:crypto';
import { openCluster } from '../tests/flows/kill/cluster-store.ts';
import { type Blow, knockRounds, type RoundsReport } from '../tests/flows/kill/rounds.ts';
import { type OpenStore, openFile, openServer } from '../tests/flows/kill/stores.ts';

const PER_ROUND = { dealsPerRound: 4, quotesPerRound: 2 };
const RUNS = [
  { name: 'SQLite, one instance', instances: 1, open: openFile },
  { name: 'MariaDB, one instance', instances: 1, open: openServer },
  { name: 'MariaDB, two instances', instances: 2, open: openServer },
  { name: 'Galera cluster of three, two instances', instances: 2, open: openCluster },
];

const rounds = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? randomInt(1_000_000));
/** Only the run of this number, from 1. */
const only = Number(process.argv[4] ?? 0);
if (!Number.isInteger(rounds) || rounds < 1 || !Number.isInteger(seed)) {
  console.error('npm run soak -- [rounds] [seed] [run]');
  process.exit(2);
}

let faults = 0;
for (const [n, run] of RUNS.entries()) {
  if (only !== 0 && only !== n + 1) continue;
  const share = Math.ceil((rounds - n) / (only === 0 ? RUNS.length : 1));
  if (share < 1) continue;
  const store = await run.open();
  if (!store)
    console.log(
      `${run.name}: not here; npm run setup:test installs MariaDB, a cluster needs galera-4 and rsync as well`,
    );
  else faults += await soak(run.name, run.instances, share, store);
}
process.exit(faults === 0 ? 0 : 1);

async function soak(name: string, instances: number, share: number, store: OpenStore): Promise<number> {
  console.log(`${name}: ${share} rounds, seed ${seed}`);
  try {
    const onKnock = (blow: Blow) => console.log(lineOf(blow));
    const report = await knockRounds({ store, instances, seed, rounds: share, ...PER_ROUND, lengthy: true, onKnock });
    tell(report);
    return report.faults.length;
  } finally {
    await store.close();
  }
}

function lineOf({ round, kind, note, seconds }: Blow): string {
  return `  round ${String(round).padStart(2)}: ${kind}, ${seconds.toFixed(1)} s; ${note}`;
}

function tell({ faults, counts, sent, pushes, taps, blows, seconds, log }: RoundsReport): void {
  const { stored, elsewhere, stageChanges, cards, doubles, approvals, decisions, alerts } = counts;
  const kinds = [...new Set(blows.map(({ kind }) => kind))].map(
    (kind) => `${kind} ×${blows.filter((blow) => blow.kind === kind).length}`,
  );
  console.log(`  ${kinds.join(' · ')}`);
  console.log(
    `  sent ${sent} + ${elsewhere} · pushes ${pushes} · stored ${stored} · stage changes ${stageChanges} · cards ${cards}`,
  );
  console.log(`  quotes submitted, decided and told ${approvals} · decisions ${decisions} · alerts ${alerts}`);
  console.log(`  doubles ${doubles} (all under one key) · taps ${taps} · ${seconds.toFixed(1)} s`);
  for (const fault of faults) console.error(`  ✗ ${fault}`);
  if (faults.length > 0) console.error(log);
  else console.log('  ✓ nothing lost, nothing doubled, nothing stuck, and /health told the truth');
}
