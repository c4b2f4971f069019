/** Greets colleagues on their first day: a card to each, once in their time here. */
import { DAY_MS } from '../calendar/spans.ts';
import { newCard } from '../card/new-card.ts';
import { sendCard } from '../card/send-card.ts';
import type { StaffIdentityRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';

/** A colleague who could be greeted, and where. */
interface Unmet {
  readonly staffId: string;
  readonly reader: StaffIdentityRow;
}

/**
 * Enqueues, to leave now, one greeting to every active colleague who can be reached on a connected account and was never
 * greeted; where the platform's allowance runs short they are left for later. Returns how many.
 */
export async function greetEverybody(tx: Tx): Promise<number> {
  let greeted = 0;
  for (const unmet of await unmetColleagues(tx, 'also_spared')) if (await greet(tx, unmet, undefined)) greeted += 1;
  return greeted;
}

/** In the row of a colleague whom nobody wanted greeted; `greetEverybody` alone still would. */
const SPARED_AT = 0;

/** Whoever is here now is greeted by nothing but `greetEverybody`. */
export async function spareGreetings(tx: Tx): Promise<void> {
  for (const { id } of await tx.staff.list({ active: true })) await tx.greeting.insertIfNew({ id, sentAt: SPARED_AT });
}

/** The setting that says that the set-up page has done its work; before, nobody is greeted by itself. */
export const SET_UP = 'setup.done';

/** After the address books were read: as `greetEverybody`, but only once set-up is finished, and at an hour at which people work. */
export async function greetNewcomers(tx: Tx): Promise<number> {
  if ((await tx.setting.get(SET_UP)) === null) return 0;
  let greeted = 0;
  for (const unmet of await unmetColleagues(tx, 'new')) if (await greet(tx, unmet, humaneTime(tx))) greeted += 1;
  return greeted;
}

/** How many `greetEverybody` would greet now. */
export async function countUngreeted(tx: Tx): Promise<number> {
  return (await unmetColleagues(tx, 'also_spared')).length;
}

async function unmetColleagues(tx: Tx, whom: 'new' | 'also_spared'): Promise<Unmet[]> {
  const known = await tx.greeting.list({});
  const greeted = new Set(known.filter(({ sentAt }) => whom === 'new' || sentAt !== SPARED_AT).map(({ id }) => id));
  const readers = new Map<string, StaffIdentityRow>();
  for (const identity of await tx.staffIdentity.list({}, { orderBy: 'id' })) {
    if (!readers.has(identity.staffId) && reachable(tx, identity)) readers.set(identity.staffId, identity);
  }
  const active = await tx.staff.list({ active: true }, { orderBy: 'id' });
  return active.flatMap(({ id }) => {
    const reader = readers.get(id);
    return reader && !greeted.has(id) ? [{ staffId: id, reader }] : [];
  });
}

/** On a connected account that can afford it. */
const reachable = (tx: Tx, { accountId }: StaffIdentityRow): boolean =>
  tx.guideOf(accountId) !== null && !tx.runsShort(accountId);

/** The row of `greeting` decides: of two at the same moment, one greets. */
async function greet(tx: Tx, { staffId, reader }: Unmet, notBefore: number | undefined): Promise<boolean> {
  const sentAt = notBefore ?? tx.now;
  const first =
    (await tx.greeting.insertIfNew({ id: staffId, sentAt })) ||
    (await tx.greeting.update({ id: staffId, sentAt: SPARED_AT }, { sentAt })) === 1;
  if (!first) return false;
  const card = newCard(tx, { kind: 'greeting', subject: `greeting:${staffId}`, data: {}, reader });
  await sendCard(tx, await tx.card.insert(card), notBefore);
  return true;
}

const MORNING = '09:00';

/** Now within working hours, else 9:00 of the working day that comes next; undefined means now. */
function humaneTime(tx: Tx): number | undefined {
  const { calendar } = tx.active;
  // The next working day after yesterday is today, when today is one.
  const end = calendar.endOfNextWorkingDay(tx.now - DAY_MS);
  const today = calendar.localDate(end) === calendar.localDate(tx.now) && tx.now < end;
  const morning = calendar.atLocalTime(today ? tx.now : calendar.endOfNextWorkingDay(tx.now), MORNING);
  return morning > tx.now ? morning : undefined;
}
