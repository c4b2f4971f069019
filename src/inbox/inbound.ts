/** What one account's adapter hands its catch to: events into the inbox, taps to their decision, pages with their cursor. */
import type { Inbound, InboundEvent } from '../channel/channel.ts';
import type { CardTap, TapAnswer } from '../channel/event.ts';
import type { NewWork, WorkQueue } from '../work/queue.ts';
import type { AccountRecord, CompanyStore, UnitOfWork } from '../work/store.ts';
import { groupSize } from './ingest.ts';

export interface InboundOptions<Session> {
  /** The account's row; asked late, because the adapter is made before its row is known. */
  readonly account: () => AccountRecord;
  readonly unitOfWork: UnitOfWork<Session>;
  readonly inbox: WorkQueue<Session>;
  readonly company: CompanyStore<Session>;
  /** Stores one event in a group commit. */
  readonly ingest: (item: NewWork) => Promise<void>;
  readonly onStored: () => void;
  readonly answerTap: (tenantId: string, accountId: string, tap: CardTap) => Promise<TapAnswer>;
  /** This process among several instances. */
  readonly owner: string;
  readonly newId: () => string;
  readonly now: () => number;
  /** Told how long a commit took that an ack waited for, seconds; null when it failed. */
  readonly onStore?: (platform: string, seconds: number | null) => void;
}

export function createInbound<Session>(options: InboundOptions<Session>): Inbound {
  const { account, company, now } = options;
  let pinned: string | null = null;

  function workOf({ eventKey, orderKey, payload }: InboundEvent): NewWork {
    const { id: accountId, tenantId } = account();
    const id = options.newId();
    const at = now();
    const chain = orderKey === null ? id : `${accountId}:${orderKey}`;
    return { id, tenantId, accountId, dedupeKey: eventKey, orderKey: chain, payload, queuedAt: at, availableAt: at };
  }

  return {
    async store(event) {
      const begunAt = performance.now();
      try {
        await options.ingest(workOf(event));
      } catch (error) {
        options.onStore?.(account().platform, null);
        throw error;
      }
      options.onStore?.(account().platform, (performance.now() - begunAt) / 1_000);
    },
    async storePage(events, cursor) {
      await options.unitOfWork.run(async (session) => {
        const items = events.map(workOf);
        while (items.length > 0) {
          const size = groupSize(items.map((item) => ({ item })));
          await options.inbox.add(session, items.splice(0, size));
        }
        await company.moveCursor(session, account(), cursor.name, cursor.value);
      });
      if (events.length > 0) options.onStored();
    },
    cursor: (name) => company.cursor(account(), name),
    takeTurn: (name, forMs) => company.takeTurn(account(), name, options.owner, now() + forMs),
    tap: (tap) => options.answerTap(account().tenantId, account().id, tap),
    async isOurTenant(key) {
      pinned ??= account().externalTenant ?? (await company.pinExternalTenant(account(), key));
      return pinned === key;
    },
  };
}
