/** A short text to one colleague, where they read cards. */
import type { CardLink } from '../../channel/card.ts';
import type { Tx } from '../tx.ts';
import { addressOf } from './address.ts';

export interface PersonalText {
  readonly staffId: string;
  /** The account the matter came from; the text goes there if the person is there. */
  readonly accountId: string;
  /** One text, one key; a fresh one unless told. */
  readonly key?: string;
  readonly text: string;
  readonly links?: readonly CardLink[];
}

export async function tellPerson(tx: Tx, { staffId, accountId, key, text, links }: PersonalText): Promise<void> {
  const address = await addressOf(tx, staffId, accountId);
  if (!address) return;
  await tx.enqueue({
    accountId: address.accountId,
    dedupeKey: key ?? `answer:${tx.newId()}`,
    orderKey: `to:${address.accountId}:${address.externalId}`,
    order: { kind: 'text.send', to: { kind: 'person', id: address.externalId }, text, ...(links && { links }) },
  });
}
