/** What was said, as evidence on a card, with the best name we have by now of who said it. */
import type { CardBlock } from '../../../channel/card.ts';
import type { PendingFinding } from '../../rows/words.ts';
import type { Tx } from '../../tx.ts';

export async function quoteBlocks(tx: Tx, findings: readonly PendingFinding[] | undefined): Promise<CardBlock[]> {
  const blocks: CardBlock[] = [];
  const seen = new Set<string>();
  for (const finding of findings ?? []) {
    if (seen.has(finding.quote)) continue;
    seen.add(finding.quote);
    blocks.push({ type: 'quote', speaker: await speakerName(tx, finding), text: finding.quote });
  }
  return blocks;
}

/** A stranger's name is learned after their first words were judged. */
export async function speakerName(
  tx: Tx,
  said: { readonly speakerName: string | null; readonly messageId: string | null },
): Promise<string> {
  if (said.speakerName !== null) return said.speakerName;
  const message = said.messageId === null ? null : await tx.message.get(said.messageId);
  const identity = message?.contactIdentityId ? await tx.contactIdentity.get(message.contactIdentityId) : null;
  return identity?.name ?? '客户';
}
