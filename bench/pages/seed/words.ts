/** What was said in the chats, noted by colleagues, asked by cards, and written into the audit log. */
import { SMALL_TALK } from '../../lines.ts';
import type { Bulk, NewRow } from './bulk.ts';
import type { Chance } from './chance.ts';
import type { Customer, Customers } from './customers.ts';
import type { People } from './people.ts';
import type { Size } from './size.ts';
import type { Steps } from './steps.ts';

const YEAR_MS = 365 * 86_400_000;
/** Out of a hundred cards of two years: the last ones wait, and housekeeping has taken the buttons of older ones. */
const OPEN_CARDS = 3;
const WITH_BUTTONS = 20;

export async function seedWords(
  bulk: Bulk,
  size: Size,
  people: People,
  customers: Customers,
  deals: readonly string[],
  accountId: string,
  chance: Chance,
  steps: Steps,
): Promise<void> {
  await bulk.put('message', messagesOf(size, customers, accountId, chance, steps(size.messages)));
  await bulk.put('activity', activitiesOf(size, customers, chance, steps(size.activities)));
  await seedCards(bulk, size, people, deals, accountId, chance, steps);
  const seen = steps(size.customers);
  await bulk.put(
    'auditEntry',
    customers.all.map(({ id: entityId }) => {
      const { id, at } = seen.next();
      return {
        ...{ id, at, entityId, actorId: chance.pick(people.ids), detail: {} },
        action: 'customer.read',
        entity: 'customer' as const,
      };
    }),
  );
}

async function seedCards(
  bulk: Bulk,
  { cards: count }: Size,
  { ids: staff }: People,
  deals: readonly string[],
  accountId: string,
  chance: Chance,
  steps: Steps,
): Promise<void> {
  const made = steps(count);
  const cards = Array.from({ length: count }, (_, n): NewRow<'card'> => {
    const { id, at } = made.next();
    const staffId = staff[n % staff.length] ?? '';
    return {
      ...{ id, accountId, staffId, addressId: staffId, createdAt: at, sentAt: at },
      kind: 'ask',
      subject: `ask:${id}`,
      data: {},
      status: 100 * n < (100 - OPEN_CARDS) * count ? 'closed' : 'open',
      outcome: null,
      digestId: null,
      messageId: null,
      updateHandle: null,
    };
  });
  await bulk.put('card', cards);
  const buttons = steps(count);
  await bulk.put(
    'cardAction',
    cards.slice(Math.floor((-WITH_BUTTONS * count) / 100)).flatMap(({ id: cardId, staffId, createdAt }) =>
      (['undo', 'ignore'] as const).map((kind) => ({
        ...{ id: buttons.next().id, cardId, kind, staffId, targetId: chance.pick(deals), usedAt: null },
        expiresAt: createdAt + YEAR_MS,
      })),
    ),
  );
}

/** How often a row belongs to the large customer: one of so many. */
function shareOfLarge({ messages, stageChanges, activities, ofLarge }: Size): number {
  return Math.floor((messages + stageChanges + activities) / ofLarge);
}

function* messagesOf(
  size: Size,
  { all, large }: Customers,
  accountId: string,
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'message'>> {
  const talking = all.filter(({ chats }) => chats.length > 0);
  const every = shareOfLarge(size);
  for (let n = 0; n < size.messages; n += 1) {
    const { id, at: sentAt } = made.next();
    const customer: Customer = n % every === 0 ? large : chance.pick(talking);
    const speaker = chance.percent(50) ? 'customer' : 'staff';
    yield {
      ...{ id, accountId, externalId: `om_${id}`, chatId: chance.pick(customer.chats), sentAt, speaker },
      speakerName: speaker === 'customer' ? '采购' : '同事',
      staffId: speaker === 'staff' ? customer.ownerId : null,
      contactIdentityId: null,
      text: chance.pick(SMALL_TALK),
      // Kept for longer than the bench's past: housekeeping must not take its rows.
      expiresAt: sentAt + 10 * YEAR_MS,
    };
  }
}

function* activitiesOf(
  size: Size,
  { all, large }: Customers,
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'activity'>> {
  const every = shareOfLarge(size);
  for (let n = 0; n < size.activities; n += 1) {
    const { id, at } = made.next();
    const customer: Customer = n % every === 0 ? large : chance.pick(all);
    yield {
      ...{ id, at, createdAt: at, customerId: customer.id, staffId: customer.ownerId, opportunityId: null },
      kind: 'note',
      text: '电话沟通，图纸下周给，先按 3000 套报价。',
    };
  }
}
