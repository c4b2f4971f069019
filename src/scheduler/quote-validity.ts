/** Every morning after midnight: quotes past their validity end. */
import { expireQuotes } from '../crm/quote/expire-quotes.ts';
import type { Tx } from '../crm/tx.ts';
import type { Job } from './schedule.ts';

export interface QuoteValidityDependencies {
  readonly tenantId: string;
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** Few in a transaction: others wait for it. */
const BATCH = 50;

export function quoteValidityJob({ tenantId, transact }: QuoteValidityDependencies): Job {
  const run = async (): Promise<void> => {
    while ((await transact(tenantId, (tx) => expireQuotes(tx, BATCH))) === BATCH);
  };
  return { name: 'quote-validity', at: '7 0 * * *', alsoAtStart: true, run };
}
