/** How many callbacks a second the product stores durably and acknowledges, beside the bare server in the same run. */
import type { PlatformName } from './dialects/dialect.ts';
import type { FreshDatabases } from './fresh-databases.ts';
import { SMALL_TALK } from './lines.ts';
import { type Spread, spread } from './spread.ts';
import { setStage } from './stage.ts';

export interface IngestResult {
  /** Product ÷ bare server, of neighbouring rounds. */
  readonly ratio: Spread;
  readonly productPerSecond: Spread;
  readonly barePerSecond: Spread;
  /** 99th percentile of the product's answer times under that load, ms. */
  readonly ackP99Ms: Spread;
  /** The same load while the workers handle what is stored: they share the process and the database's one writer. */
  readonly withWorkersPerSecond: Spread;
}

const DEALS = 500;
const ROUNDS = 11;
const WARM_UP = 2;
const ROUNDS_WITH_WORKERS = 3;
const MESSAGES = 6_000;
const MESSAGES_WITH_WORKERS = 2_000;

/**
 * The ack path alone: the workers rest, because the bare server has none. A B A B …, so that a slow minute of the
 * machine slows both; the first rounds, in which the code is still being compiled, do not count.
 */
export async function benchIngest(platform: PlatformName, databases: FreshDatabases): Promise<IngestResult> {
  const stage = await setStage(platform, DEALS, databases);
  try {
    const bare = await stage.startBare();
    const product = await stage.startProduct();
    const bareRates: number[] = [];
    const productRates: number[] = [];
    const p99s: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
      const limit = await stage.push(bare.port, MESSAGES, SMALL_TALK);
      const ours = await stage.push(product.port, MESSAGES, SMALL_TALK);
      if (round < WARM_UP) continue;
      bareRates.push(limit.perSecond);
      productRates.push(ours.perSecond);
      p99s.push(ours.p99Ms);
    }
    await product.stop();

    const busy = await stage.startProduct();
    await busy.ask({ do: 'run' });
    const busyRates: number[] = [];
    for (let round = 0; round < 1 + ROUNDS_WITH_WORKERS; round += 1) {
      const { perSecond } = await stage.push(busy.port, MESSAGES_WITH_WORKERS, SMALL_TALK);
      if (round > 0) busyRates.push(perSecond);
    }
    return {
      ratio: spread(productRates.map((rate, i) => rate / (bareRates[i] ?? Number.NaN))),
      productPerSecond: spread(productRates),
      barePerSecond: spread(bareRates),
      ackP99Ms: spread(p99s),
      withWorkersPerSecond: spread(busyRates),
    };
  } finally {
    await stage.close();
  }
}
