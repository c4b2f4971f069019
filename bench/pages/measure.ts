/** Times each operation as each colleague asks it, with bare requests in between that tell the machine's noise from ours. */
import type { Client, Question } from './client.ts';
import type { Colleague } from './people.ts';
import { readings } from './reads.ts';
import { writings } from './writes.ts';

export interface Line {
  readonly name: string;
  /** Who waited longest. */
  readonly slowest: string;
  readonly p50Ms: number;
  /** Of the colleague who waited longest. */
  readonly p95Ms: number;
  readonly maxMs: number;
  /** Median of bare requests in the same seconds, ms. */
  readonly bareMs: number;
  /** Of the product's process, one bare request included; where others share the machine, it says more than waiting does. ms */
  readonly cpuMs: number;
  /** What was answered instead, where an operation was not answered at all. */
  readonly refused: string | null;
}

const WARM_UP = 10;
const ROUNDS = 60;
const WRITE_ROUNDS = 40;
/** Answered by the same server and router, without session or database. */
export const BARE: Question = { method: 'get', path: '/' };
/** A customer that is there already is an answer too. */
const ANSWERS = [200, 201, 409];

/** `cpuMs`: how long the product's process has computed so far. */
export interface Measured extends Client {
  cpuMs(): Promise<number>;
}

export async function measurePages(client: Measured, colleagues: readonly Colleague[]): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { name, question } of readings())
    lines.push(await measure(client, name, colleagues, ROUNDS, async (who, n) => question(who, n)));
  const changing = colleagues.filter(({ changes }) => changes);
  for (const { name, prepare } of writings)
    lines.push(
      await measure(client, name, changing, WRITE_ROUNDS, (who, n) =>
        prepare(who, n, (question) => client.ask(question, who.cookie)),
      ),
    );
  return lines;
}

const share = (values: readonly number[], of: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * of))] ?? Number.NaN;
};

async function measure(
  client: Measured,
  name: string,
  colleagues: readonly Colleague[],
  rounds: number,
  next: (who: Colleague, n: number) => Promise<Question>,
): Promise<Line> {
  const bare: number[] = [];
  const cpuBefore = await client.cpuMs();
  const took = new Map<string, number[]>();
  for (const who of colleagues) {
    const times: number[] = [];
    for (let n = 0; n < WARM_UP + rounds; n += 1) {
      const question = await next(who, n);
      const { status, tookMs, body } = await client.ask(question, who.cookie);
      if (!ANSWERS.includes(status)) {
        const refused = `${who.name}: ${status} ${JSON.stringify(body)}`;
        return { name, slowest: who.name, p50Ms: NaN, p95Ms: NaN, maxMs: NaN, bareMs: NaN, cpuMs: NaN, refused };
      }
      if (n < WARM_UP) continue;
      times.push(tookMs);
      bare.push((await client.ask(BARE)).tookMs);
    }
    took.set(who.name, times);
  }
  const [slowest, times] = [...took].reduce((a, b) => (share(b[1], 0.95) > share(a[1], 0.95) ? b : a));
  const all = [...took.values()].flat();
  return {
    ...{ name, slowest, refused: null },
    p50Ms: share(all, 0.5),
    p95Ms: share(times, 0.95),
    maxMs: Math.max(...all),
    bareMs: share(bare, 0.5),
    cpuMs: ((await client.cpuMs()) - cpuBefore) / (colleagues.length * (WARM_UP + rounds)),
  };
}
