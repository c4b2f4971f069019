/** Runs one target: every input timed and tried, what failed shrunk, the heap compared. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Target } from './target.ts';

export interface Order {
  readonly count: number;
  readonly seed: number;
}

export interface Report {
  readonly name: string;
  readonly inputs: number;
  /** Processor time of the slowest input, ms. */
  readonly slowestMs: number;
  /** Of the heap and of what it holds outside, between a fifth of the inputs and all of them, MiB. */
  readonly grownMiB: number;
  readonly seconds: number;
  readonly fault: Fault | null;
}

export interface Fault {
  readonly why: string;
  /** As JSON, cut. */
  readonly input: string;
}

/** No input may take longer, in processor time: a busy machine makes nothing slower by that clock. */
const LONGEST_MS = 1_000;
const MOST_GROWTH_MIB = 24;
/** Below that many inputs what is loaded on the way outweighs what leaks. */
const ENOUGH_TO_WEIGH = 400;
const MOST_SHOWN = 300;
/** A fault of slowness is shrunk slowly. */
const SHRINK_MS = 20_000;
const MIB = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Twice: what is held outside the heap is given back when its owner has been found dead. */
async function heapMiB(): Promise<number> {
  for (let times = 0; times < 2; times += 1) {
    collectGarbage();
    await nextTurn();
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / MIB;
}

/** `begun` is told the number of each input before it is tried: who watches can tell where a run hangs. */
export async function runTarget(
  target: Target,
  { count, seed }: Order,
  begun: (input: number) => void,
): Promise<Report> {
  const started = performance.now();
  const strays: unknown[] = [];
  const stray = (error: unknown): void => void strays.push(error);
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  const running = await target.open();
  const [warm, weighs] = [Math.floor(count / 5), count >= ENOUGH_TO_WEIGH];
  let [inputs, slowestMs, before, failedAt] = [0, 0, 0, 0];

  async function tried(input: unknown): Promise<void> {
    if (failedAt > 0 && performance.now() - failedAt > SHRINK_MS) return;
    if (failedAt === 0) {
      if (weighs && inputs === warm) before = await heapMiB();
      inputs += 1;
      begun(inputs);
    }
    const cpu = process.threadCpuUsage();
    try {
      await running.try(input);
      const { user, system } = process.threadCpuUsage(cpu);
      const ms = (user + system) / 1_000;
      if (failedAt === 0) slowestMs = Math.max(slowestMs, ms);
      if (ms > LONGEST_MS) throw new Error(`took ${Math.round(ms)} ms`);
      if (strays.length > 0) throw strays.splice(0)[0];
    } catch (error) {
      failedAt ||= performance.now();
      throw error;
    }
  }

  try {
    const property = fc.asyncProperty(target.inputs, tried);
    const found = await fc.check(property, { numRuns: count, seed });
    let fault = found.failed ? { why: wordsOf(found.errorInstance), input: shown(found.counterexample?.[0]) } : null;
    const grownMiB = weighs && !fault ? (await heapMiB()) - before : 0;
    if (grownMiB > MOST_GROWTH_MIB) fault = { why: `the heap grew by ${grownMiB.toFixed(1)} MiB`, input: '' };
    try {
      await running.close?.();
    } catch (error) {
      fault ??= { why: wordsOf(error), input: '' };
    }
    return { name: target.name, inputs, slowestMs, grownMiB, seconds: (performance.now() - started) / 1_000, fault };
  } finally {
    process.off('uncaughtException', stray);
    process.off('unhandledRejection', stray);
  }
}

/** The input with this number, as the run with this seed made it. */
export function inputOf(target: Target, seed: number, number: number): string {
  return shown(fc.sample(target.inputs, { seed, numRuns: number }).at(-1));
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const where = error.stack?.split('\n').find((line) => /\/(src|adapters)\//.test(line));
  return `${error.name}: ${error.message.slice(0, 300)}${where ? ` ${where.trim()}` : ''}`;
}

function shown(input: unknown): string {
  const text = JSON.stringify(input, (_key, value: unknown) =>
    value instanceof Uint8Array ? `base64:${Buffer.from(value).toString('base64')}` : value,
  );
  return (text ?? String(input)).slice(0, MOST_SHOWN);
}
