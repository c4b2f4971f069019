/** One after the other: whoever takes the turn is alone with what it is called until their transaction ends. */
import type { Tx } from './tx.ts';

export async function takeTurn(tx: Tx, name: string): Promise<void> {
  if (await tx.turn.hold(name)) return;
  // The first ever: whoever comes at the same moment finds the row of the other.
  await tx.turn.insertIfNew({ id: name });
  await tx.turn.hold(name);
}
