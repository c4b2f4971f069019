/** 今天跟进: what a colleague has to do today, sent once on the morning of a working day; nothing to do, nothing sent. */
import { DAY_MS } from '../calendar/spans.ts';
import { addressOf } from '../card/address.ts';
import { newCard } from '../card/new-card.ts';
import { sendCard } from '../card/send-card.ts';
import { mayTellAt, worksOn } from '../notice/quiet-time.ts';
import { asksSomething } from '../rows/cards.ts';
import type { TaskRow } from '../rows/day-one.ts';
import type { LeadRow } from '../rows/deals.ts';
import type { Tx } from '../tx.ts';
import { dueTasks } from './due-tasks.ts';

/** A morning that was missed by more is over. */
const LATEST_MS = 4 * 3_600_000;

/** The local date whose lists are to be sent now; null at any other hour, and on days off. */
export function morningDate({ active, now }: Pick<Tx, 'active' | 'now'>): string | null {
  const { morning } = active.policy.tasks;
  if (morning === null) return null;
  const since = now - active.calendar.atLocalTime(now, morning);
  return since >= 0 && since < LATEST_MS && worksOn(active, now) ? active.calendar.localDate(now) : null;
}

export interface MorningOrder {
  readonly staffId: string;
  /** Local date of the list. */
  readonly date: string;
  /** How long it waits before it leaves: with everybody's at once, whoever taps a card in that moment waits behind them. ms */
  readonly afterMs: number;
}

/** Settles one colleague's list of a date: `sent`, not wanted or nothing on it, or `later` where it is still quiet for them. */
export async function sendMorningList(tx: Tx, order: MorningOrder): Promise<'sent' | 'nothing' | 'later'> {
  const { staffId, date } = order;
  // Two instances at the same moment send one.
  const staff = await tx.staff.hold(staffId);
  const known = await tx.morningList.get(staffId);
  if (!staff?.active || (known !== null && known.date >= date)) return 'nothing';
  const at = await mayTellAt(tx, staffId, tx.now);
  if (at > tx.now && at < tx.now + LATEST_MS && tx.active.calendar.localDate(at) === date) return 'later';
  const sent = at === tx.now && (await send(tx, order));
  const settled = { date, sent };
  if (known) await tx.morningList.update({ id: staffId }, settled);
  else await tx.morningList.insert({ id: staffId, ...settled });
  return sent ? 'sent' : 'nothing';
}

async function send(tx: Tx, { staffId, date, afterMs }: MorningOrder): Promise<boolean> {
  const reader = await addressOf(tx, staffId, '');
  if (!reader || tx.runsShort(reader.accountId)) return false;
  if ((await tx.staffPreference.get(staffId))?.morning === false) return false;
  const { overdue, today, leads, waiting } = await morningOf(tx, staffId);
  if (overdue.length + today.length + leads.length + waiting === 0) return false;
  const subject = `morning:${staffId}:${date}`;
  const card = await tx.card.insert(newCard(tx, { kind: 'morning', subject, data: { date }, reader }));
  await sendCard(tx, card, afterMs === 0 ? undefined : tx.now + afterMs);
  return true;
}

export interface Morning {
  readonly overdue: readonly TaskRow[];
  readonly today: readonly TaskRow[];
  /** Nobody has answered them yet. */
  readonly leads: readonly LeadRow[];
  /** Cards that ask them something. */
  readonly waiting: number;
}

export async function morningOf(tx: Tx, staffId: string): Promise<Morning> {
  const { calendar, policy } = tx.active;
  const begin = calendar.startOfDay(tx.now);
  const dated = (await dueTasks(tx, staffId)).due.filter(({ dueAt }) => dueAt !== null);
  const leads = await tx.lead.list({ ownerId: staffId, status: 'open' }, { orderBy: 'createdAt' });
  const responses = await tx.queries.responsesOf(leads.map(({ id }) => id));
  const aliveSince = tx.now - policy.cards.validDays * DAY_MS;
  const cards = await tx.card.list({ staffId, status: 'open' });
  return {
    overdue: dated.filter(({ dueAt }) => (dueAt ?? 0) < begin),
    today: dated.filter(({ dueAt }) => (dueAt ?? 0) >= begin),
    leads: leads.filter(({ id }) => (responses.get(id)?.respondedAt ?? null) === null),
    // A new lead is named above.
    waiting: cards.filter(
      ({ kind, createdAt }) => asksSomething(kind) && kind !== 'lead' && kind !== 'task' && createdAt > aliveSince,
    ).length,
  };
}
