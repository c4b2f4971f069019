/** What an erasure would do: whose rows, which words, how many of each. Nothing is changed by asking. */
import { plainPhone } from '../staff/phone.ts';
import type { Tx } from '../tx.ts';
import type { Change, Holding, SubjectKind } from './holding.ts';
import { holdings } from './holdings.ts';
import { type IdSets, idsAround, NOTHING, ownIds } from './id-sets.ts';
import { isLongNumber, namesToStrike, type Strike, writtenPhones } from './strike-out.ts';
import { ERASED_NUMBER, MOST_FOUND, type Subject } from './subject.ts';

export interface PlannedRows {
  readonly table: string;
  readonly title: string;
  readonly change: Change;
  /** Chinese. */
  readonly what: string;
  readonly ids: readonly string[];
}

export interface ErasePlan {
  readonly subject: Subject;
  readonly own: IdSets;
  readonly around: IdSets;
  readonly rows: readonly PlannedRows[];
  readonly strikes: readonly Strike[];
  /** The person's numbers on platforms. */
  readonly numbers: readonly string[];
  /** Names that somebody else carries as well: they stay in what people wrote. */
  readonly shared: readonly string[];
}

/** `also`: how the person is called besides (周工); `keep`: words that stay although they are a name of the person's. */
export interface Wishes {
  readonly also: readonly string[];
  readonly keep: readonly string[];
}

export async function planErasure(tx: Tx, subject: Subject, { also, keep }: Wishes): Promise<ErasePlan> {
  const found = await ownIds(tx, subject);
  const around = await idsAround(tx, subject, found);
  const known = await knownOf(tx, subject, found, around);
  const own = { ...found, move: await movesOn(tx, subject, found, around, known.names) };
  const wanted = namesToStrike(known.names).filter((name) => !keep.includes(name));
  const shared = await sharedNames(tx, subject, wanted, around);
  const where = subject.kind === 'contact' ? 'around' : 'everywhere';
  const names = [...wanted.filter((name) => !shared.includes(name)), ...namesToStrike(also)];
  const within = [
    ...known.namesWithin.filter((name) => !keep.includes(name)),
    // What belongs to the customer speaks of no other one.
    ...(subject.kind === 'customer' ? shared : []),
  ];
  const numbers = [...known.phones.flatMap(writtenPhones), ...known.emails, ...known.numbers.filter(isLongNumber)];
  const strikes: Strike[] = [
    ...names.map((text) => ({ text, kind: 'name', where }) as const),
    ...within.map((text) => ({ text, kind: 'name', where: 'around' }) as const),
    ...numbers.map((text) => ({ text, kind: 'number', where: 'everywhere' }) as const),
  ];
  return { subject, own, around, rows: await rowsOf(tx, subject.kind, own), strikes, shared, numbers: known.numbers };
}

/** Rows of the subject's own, table by table. */
async function rowsOf(tx: Tx, kind: SubjectKind, own: IdSets): Promise<readonly PlannedRows[]> {
  const planned: PlannedRows[] = [];
  for (const [table, holding] of Object.entries(holdings)) {
    const part = holding[kind];
    if (!part) continue;
    const ids = await tx.queries.personal.ids(table, { column: part.column, ids: own[part.ids] });
    planned.push({ table, title: holding.title, change: part.change, what: whatBecomes(holding, part.change), ids });
  }
  return planned;
}

function whatBecomes({ kept }: Holding, change: Change): string {
  if (change === 'drop') return '删除';
  return change === 'keep' ? (kept ?? '保留，其中提到此人的字样抹去') : '改写，不再认得出是谁';
}

interface Known {
  readonly names: readonly string[];
  /** Of the people of a customer: struck out in what belongs to it. */
  readonly namesWithin: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly numbers: readonly string[];
}

async function knownOf(tx: Tx, subject: Subject, own: IdSets, around: IdSets): Promise<Known> {
  const { personal } = tx.queries;
  if (subject.kind === 'staff') {
    const profile = await tx.staffProfile.get(subject.id);
    const numbers = await personal.values('staff_identity', 'external_id', { column: 'staff_id', ids: own.staff });
    return {
      ...{ names: [subject.staff.name], namesWithin: [], numbers },
      phones: texts(plainPhone(profile?.phone ?? null)),
      emails: texts(profile?.email ?? null),
    };
  }
  const people = [
    ...(await personal.values('contact', 'name', { column: 'id', ids: own.contact })),
    ...(await personal.values('contact_identity', 'name', { column: 'id', ids: own.identity })),
    ...(await personal.values('message', 'speaker_name', { column: 'contact_identity_id', ids: own.identity })),
  ];
  const numbers = await personal.values('contact_identity', 'external_id', { column: 'id', ids: own.identity });
  const reached = {
    phones: await personal.values('contact_profile', 'phone', { column: 'id', ids: own.contact }),
    emails: await personal.values('contact_profile', 'email', { column: 'id', ids: own.contact }),
    numbers: numbers.filter((number) => !number.startsWith(ERASED_NUMBER)),
  };
  if (subject.kind === 'contact') return { ...reached, names: people, namesWithin: [] };
  const chats = await personal.values('message', 'speaker_name', { column: 'chat_id', ids: around.chat });
  const colleagues = new Set((await tx.staff.list({})).map(({ name }) => name));
  return {
    ...reached,
    names: subject.customers.map(({ name }) => name),
    namesWithin: namesToStrike([...people, ...chats]).filter((name) => !colleagues.has(name)),
  };
}

const texts = (text: string | null): readonly string[] => (text === null || text === '' ? [] : [text]);

/** Moves of deals around a person that rest on their words; whose words they were may not be known any more. */
async function movesOn(
  tx: Tx,
  subject: Subject,
  own: IdSets,
  around: IdSets,
  names: readonly string[],
): Promise<readonly string[]> {
  if (subject.kind !== 'contact') return NOTHING.move;
  const { personal } = tx.queries;
  const theirs = new Set(own.message);
  const moves = await personal.rows('stage_change', { column: 'opportunity_id', ids: around.deal });
  const kept = new Set(
    await personal.ids('message', { column: 'id', ids: moves.map((row) => String(row['message_id'])) }),
  );
  return moves.flatMap(({ id, quote, message_id: message, speaker_name: speaker }) => {
    if (quote === null) return [];
    const unknown = speaker === null && !kept.has(String(message));
    return theirs.has(String(message)) || names.includes(String(speaker)) || unknown ? [String(id)] : [];
  });
}

/** Names that others carry among whom they would be struck out; the name of a company is nobody's. */
async function sharedNames(
  tx: Tx,
  subject: Subject,
  names: readonly string[],
  around: IdSets,
): Promise<readonly string[]> {
  const shared: string[] = [];
  for (const name of names) if (await isShared(tx, subject, name, around)) shared.push(name);
  return shared;
}

async function isShared(tx: Tx, subject: Subject, name: string, around: IdSets): Promise<boolean> {
  const colleagues = (await tx.staff.list({ name })).filter(({ id }) => id !== subject.id);
  if (colleagues.length > 0) return true;
  if (subject.kind === 'customer') {
    const called = await tx.queries.personal.customersBy({ word: name, phone: null, limit: MOST_FOUND });
    return called.some((id) => !subject.customers.some((one) => one.id === id));
  }
  const people = (await tx.contact.list({ name })).filter(({ id }) => id !== subject.id);
  if (subject.kind === 'staff') return people.length > 0;
  if (people.some(({ id }) => around.contact.includes(id))) return true;
  const customers = await Promise.all(around.customer.map((id) => tx.customer.get(id)));
  return customers.some((customer) => customer?.name !== name && customer?.name.includes(name));
}
