/** Every half hour: open cards whose one change is about to be lost are replaced by fresh ones. */
import { cardsToReplace, replaceCard } from '../crm/card/replace-card.ts';
import type { Tx } from '../crm/tx.ts';
import type { Job } from './schedule.ts';

export interface ReplaceCardsDependencies {
  readonly accounts: readonly { readonly account: { readonly id: string; readonly tenantId: string } }[];
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

export function replaceCardsJob(deps: ReplaceCardsDependencies): Job {
  return { name: 'replace-cards', at: '*/30 * * * *', run: () => replaceCards(deps) };
}

/** One transaction per card: a tap on it waits for no other. */
export async function replaceCards({ accounts, transact }: ReplaceCardsDependencies): Promise<void> {
  for (const { account } of accounts) {
    const due = await transact(account.tenantId, (tx) => cardsToReplace(tx, account.id));
    for (const cardId of due) await transact(account.tenantId, (tx) => replaceCard(tx, cardId));
  }
}
