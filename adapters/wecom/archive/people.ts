/** Who is who in an archived message: our colleagues, people outside, robots. */
import type { ArchivedMessage } from './wire.ts';

/** Between whom something was said; null for what is none of our business: colleagues among themselves, robots. */
export type Conversation =
  | { readonly kind: 'room'; readonly roomId: string }
  | { readonly kind: 'pair'; readonly userId: string; readonly outsiderId: string };

/** External ids have 32 characters behind these prefixes [D:91774]; a colleague's userid may begin with the same two letters. */
const outside = /^w[mo][A-Za-z0-9_-]{18,}$/;
const robot = /^wb[A-Za-z0-9_-]{18,}$/;

export const isOutsider = (id: string): boolean => outside.test(id);
export const isRobot = (id: string): boolean => robot.test(id);

/** A chat of a customer with a colleague is the same one whoever of the two speaks. */
export function conversationOf({ from, tolist, roomid }: ArchivedMessage): Conversation | null {
  if (roomid !== '') return { kind: 'room', roomId: roomid };
  const people = [from, ...tolist].filter((id) => !isRobot(id));
  const outsiderId = people.find(isOutsider);
  const userId = people.find((id) => !isOutsider(id));
  return outsiderId === undefined || userId === undefined ? null : { kind: 'pair', userId, outsiderId };
}
