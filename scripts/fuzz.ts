// Tries every decoder on bent and hostile inputs (`npm run fuzz`): 100,000 of them; `-- COUNT SEED [WORDS OF A NAME]` changes that.

import { randomInt } from 'node:crypto';
import type { Report } from '../tests/fuzz/run-target.ts';
import { targets } from '../tests/fuzz/targets/index.ts';
import { createWatch } from '../tests/fuzz/watch.ts';

const [count = 100_000, seed = randomInt(1_000_000_000)] = process.argv.slice(2, 4).map(Number);
const wanted = process.argv.slice(4).join(' ');
if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
  console.error('npm run fuzz -- [inputs] [seed] [target]');
  process.exit(2);
}

const chosen = targets.filter(({ name }) => name.includes(wanted));
const shares = chosen.reduce((sum, { share }) => sum + share, 0);
console.log(`${count} inputs over ${chosen.length} targets, seed ${seed}`);
console.log('target                    inputs   slowest    growth   time');
const reports: Report[] = [];
const watch = createWatch();
for (const target of chosen) {
  const report = await watch.run(target, { count: Math.ceil((count * target.share) / shares), seed });
  reports.push(report);
  console.log(lineOf(report));
  if (report.fault) console.error(`  ✗ seed ${seed}: ${report.fault.why}\n    ${report.fault.input}`);
}
await watch.close();
const total = reports.reduce((sum, { inputs }) => sum + inputs, 0);
const faults = reports.filter(({ fault }) => fault !== null).length;
console.log(`${total} inputs, ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);

function lineOf({ name, inputs, slowestMs, grownMiB, seconds }: Report): string {
  const figures = [`${Math.round(slowestMs)} ms`.padStart(9), `${grownMiB.toFixed(1)} MiB`.padStart(9)];
  return `${name.padEnd(22)}${String(inputs).padStart(10)} ${figures.join(' ')} ${seconds.toFixed(1).padStart(6)} s`;
}
