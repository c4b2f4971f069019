/** Works off several messages of different chats in one transaction: one commit, which is most of what a message costs. */
import type { MessageEvent } from '../channel/event.ts';
import { handleEvent } from '../crm/handle-event.ts';
import type { WorkItem } from '../work/queue.ts';
import type { HandleItemOptions } from './handle-item.ts';
import { storedTap } from './stored-tap.ts';

/**
 * Returns the items that are still to be handled one by one: what is more than somebody's words, what has failed before,
 * and, when one of them failed, all of them. Nothing of it has happened then, and whose fault it was comes out one by one.
 */
export function createHandleTogether<Session>(
  options: Pick<HandleItemOptions<Session>, 'inbox' | 'owner' | 'now' | 'channelOf' | 'transact' | 'onHandled'>,
): (items: readonly WorkItem[]) => Promise<readonly WorkItem[]> {
  const { inbox, owner, now } = options;

  /** Null for what is longer work, or needs its own care. */
  function wordsOf({ accountId, payload, attempts, takenOver }: WorkItem): MessageEvent | null {
    const channel = options.channelOf(accountId);
    if (!channel || attempts > 0 || takenOver) return null;
    try {
      const event = storedTap(payload) ? null : channel.normalise(payload);
      return event?.type === 'message' && !event.record ? event : null;
    } catch {
      return null;
    }
  }

  return async (items) => {
    const tenantId = items[0]?.tenantId ?? '';
    const words = new Map<WorkItem, MessageEvent>();
    for (const item of items) {
      const event = item.tenantId === tenantId ? wordsOf(item) : null;
      if (event) words.set(item, event);
    }
    if (words.size < 2) return items;
    try {
      await options.transact(tenantId, async (tx, session) => {
        for (const [item, event] of words) {
          await handleEvent(tx, item.accountId, event);
          await inbox.complete(session, item, owner, now());
        }
      });
    } catch {
      return items;
    }
    for (const { queuedAt } of words.keys()) options.onHandled?.(Math.max(0, now() - queuedAt) / 1_000);
    return items.filter((item) => !words.has(item));
  };
}
