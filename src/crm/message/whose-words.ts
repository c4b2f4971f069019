/** Whose words a colleague hands over when no chat tells: customers of theirs whom the words name, or whose people speak in them. */
import { compileNames } from '../ask/names/compile-names.ts';
import type { Tx } from '../tx.ts';

export interface WhoseWords {
  /** The one customer that the colleague names themselves, in words typed by hand. */
  readonly named: string | null;
  /** Customers that come to mind, the likeliest first. */
  readonly likely: readonly string[];
}

/** More customers than one colleague looks after. */
const MOST_CUSTOMERS = 2_000;

export async function whoseWords(
  tx: Tx,
  ownerId: string,
  said: { readonly texts: readonly string[]; readonly speakers: readonly string[]; readonly typed: boolean },
): Promise<WhoseWords> {
  const customers = await tx.customer.list({ ownerId, withdrawnAt: null }, { limit: MOST_CUSTOMERS });
  const book = compileNames(customers);
  const named = new Set(
    said.texts.flatMap((text) => book.mentions(text).flatMap(({ names }) => names.map(({ id }) => id))),
  );
  const spoken = new Set<string>();
  const deals = await tx.opportunity.list({ ownerId, status: 'open' });
  for (const customerId of new Set(deals.map((deal) => deal.customerId))) {
    const contacts = await tx.contact.list({ customerId });
    if (contacts.some(({ name }) => said.speakers.includes(name))) spoken.add(customerId);
  }
  const [only] = named;
  return {
    named: said.typed && only !== undefined && named.size === 1 ? only : null,
    likely: [...new Set([...named, ...spoken])],
  };
}
