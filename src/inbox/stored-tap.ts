/** A tap as a row of the inbox: decided on the spot as a rule, by the worker when that did not come about. */
import type { CardTap } from '../channel/event.ts';
import type { NewWork } from '../work/queue.ts';

/** The worker keeps its hands off a tap so long: it is being decided while the platform waits. */
const ON_THE_SPOT_MS = 5_000;

/** Neither JSON nor XML begins like this, so nothing that a platform sent can be taken for a tap. */
const MARK = 'tap:';

export function newTapWork(
  row: Pick<NewWork, 'id' | 'tenantId' | 'accountId'> & { readonly at: number },
  tap: CardTap,
): NewWork {
  const { id, tenantId, accountId, at } = row;
  const key = `tap:${tap.eventId}`;
  const payload = MARK + JSON.stringify(tap);
  const availableAt = at + ON_THE_SPOT_MS;
  return { id, tenantId, accountId, dedupeKey: key, orderKey: key, payload, queuedAt: at, availableAt };
}

/** The tap of such a row; null for what a platform sent. Throws a SyntaxError when the row is damaged. */
export function storedTap(payload: string): CardTap | null {
  return payload.startsWith(MARK) ? (JSON.parse(payload.slice(MARK.length)) as CardTap) : null;
}
