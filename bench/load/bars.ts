/** The figures of the load bench beside what is promised of them. */
import type { Measured } from './report.ts';

export interface Figure {
  readonly isRatio: boolean;
  readonly name: string;
  readonly value: number;
  readonly meaning: string;
}

export function loadFigures(measured: readonly Measured[]): Figure[] {
  const rates = measured.filter((one) => one.kind === 'rate');
  const sustainedOf = (database: string, instances: number) => {
    const found = rates.find((one) => one.database === database && one.instances === instances);
    return found && sustained(found);
  };
  const [one, two] = [sustainedOf('mariadb', 1), sustainedOf('mariadb', 2)];
  const figures = rates.flatMap((rate) => ofRate(rate));
  if (one !== undefined && two !== undefined)
    figures.push(
      ratio('load_two_to_one', two / one, 'sustained by two instances on MariaDB ÷ by one, all on these cores'),
    );
  for (const database of ['sqlite', 'mariadb']) {
    const costs = [1, 10].map((times) => {
      const found = measured.find((run) => run.kind === 'stored' && run.database === database && run.times === times);
      return found ? found.fixed.cpuPerMessageMs.product + found.fixed.cpuPerMessageMs.server : Number.NaN;
    });
    const grown = (costs[1] ?? Number.NaN) / (costs[0] ?? Number.NaN);
    const meaning =
      'processor time of a message, product and database, with 100,000 customers ÷ with 10,000 (1.3 at most)';
    if (!Number.isNaN(grown)) figures.push(ratio(`load_grown_${database}`, grown, meaning));
  }
  return figures;
}

type Rate = Extract<Measured, { kind: 'rate' }>;

/** Zero when not even the fixed rate held. */
const sustained = ({ fixed, sustained: best }: Rate): number =>
  best?.perSecond ?? (fixed.faults.length === 0 ? fixed.perSecond : 0);

function ofRate(rate: Rate): Figure[] {
  const { database, instances, fixed } = rate;
  const best = rate.sustained ?? fixed;
  const where = `${instances} on ${database}`;
  const name = (what: string) => `load_${what}_${database}${instances}`;
  const integrity = best.lost + best.doubled + fixed.lost + fixed.doubled;
  return [
    figure(
      name('per_s'),
      sustained(rate),
      `messages a second sustained for ${best.seconds.toFixed(0)} s, ${where} (100 or more)`,
    ),
    figure(
      name('ack_p99_ms'),
      best.ackP99Ms,
      `99 of 100 pushes acknowledged within, at that rate, ${where} (under 500)`,
    ),
    figure(name('card_p99_ms'), best.effectP99Ms, `99 of 100 cards at their platform within, ${where} (under 2,000)`),
    figure(name('lost_or_doubled'), integrity, `messages, moves and questions, ${where} (0)`),
    figure(name('peak_mib'), Math.max(...best.peakMib), `an instance at its largest, ${where} (400 at most)`),
    figure(
      name('cpu_ms'),
      fixed.cpuPerMessageMs.product + fixed.cpuPerMessageMs.server,
      `of a message at 100 a second, product and database, ${where}`,
    ),
  ];
}

const figure = (name: string, value: number, meaning: string): Figure => ({ isRatio: false, name, value, meaning });
const ratio = (name: string, value: number, meaning: string): Figure => ({ isRatio: true, name, value, meaning });
