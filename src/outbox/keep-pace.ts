/** Waits until a message may go to its place; what would have to wait longer is put off, which is no failed attempt. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel } from '../channel/channel.ts';
import { type Address, DeliveryError, type Order } from '../channel/delivery.ts';
import type { Pace } from '../work/pace.ts';
import type { WorkItem } from '../work/queue.ts';

/** A wait this short is cheaper than a round through the queue. */
const PATIENCE_MS = 500;

export interface Paced {
  readonly pace: Pace;
  readonly now: () => number;
}

/** Rejects with a DeliveryError where it is not this message's turn yet. */
export async function keepPace(
  { pace, now }: Paced,
  { tenantId, accountId }: Pick<WorkItem, 'tenantId' | 'accountId'>,
  channel: Pick<Channel, 'paceOf'>,
  kind: Order['kind'] | 'chart',
  to: Address | null,
): Promise<void> {
  // A change of what is there already is not counted with what is new.
  const rule = to && kind !== 'card.update' ? channel.paceOf?.(to) : null;
  if (!to || !rule) return;
  const place = { tenantId, accountId, place: `${to.kind}:${to.id}` };
  const { booked, waitMs } = await pace.book(place, rule, now(), PATIENCE_MS);
  if (!booked) throw new DeliveryError('throttled', 'pace', '发到这里的消息已到平台的频率上限，稍后再发。', waitMs);
  if (waitMs > 0) await sleep(waitMs);
}
