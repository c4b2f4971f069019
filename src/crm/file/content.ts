/** The bytes of a file, in pieces of a size that every database takes at once. */
import type { Tx } from '../tx.ts';

const PIECE = 512 * 1024;

export async function writeContent(tx: Tx, attachmentId: string, content: Uint8Array): Promise<void> {
  for (let from = 0, position = 0; from < content.length; from += PIECE, position += 1) {
    const body = content.subarray(from, from + PIECE);
    await tx.attachmentPart.insert({ id: tx.newId(), attachmentId, position, body });
  }
}

/** In order; together they are the file. */
export async function readContent(tx: Tx, attachmentId: string): Promise<readonly Uint8Array[]> {
  const parts = await tx.attachmentPart.list({ attachmentId }, { orderBy: 'position' });
  return parts.map(({ body }) => body);
}
