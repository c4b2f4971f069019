/** How many messages a second go all the way: claimed, understood, the deal moved with its evidence, the card's rows written. */
import { QUOTE_REQUEST } from './lines.ts';
import type { PipelineRun } from './processes/product.ts';
import { type Spread, spread } from './spread.ts';
import { setStage } from './stage.ts';

const ROUNDS = 3;
const DEALS = 2_000;

/**
 * Every message moves a deal of its own. All of them wait in the inbox when the product's workers are started; the
 * clock runs from the first claim to the last commit, less the first fifth, in which the code is still being compiled.
 * The outbox works beside it and sends to the emulated platform, as it would.
 */
export async function benchPipeline(): Promise<Spread> {
  const stage = await setStage('feishu', DEALS);
  try {
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const product = await stage.startProduct();
      await stage.push(product.port, DEALS, [QUOTE_REQUEST]);
      const { perSecond, moves, buttons, dead } = await product.ask<PipelineRun>({ do: 'work' });
      if (moves !== DEALS || buttons !== DEALS || dead > 0)
        throw new Error(`${DEALS} messages made ${moves} moves and ${buttons} undo buttons; ${dead} were set aside`);
      rates.push(perSecond);
      await product.stop();
    }
    return spread(rates);
  } finally {
    await stage.close();
  }
}
