/** The steps of an erasure, each its own transaction: cut off between two, it is asked for again and goes on. */
import { writeAudit } from '../audit/audit.ts';
import { holdingsOf, isNothing, holdingsInWords as wordsOfHoldings } from '../staff/holdings.ts';
import type { Tx } from '../tx.ts';
import { dropPassing, unfinished } from './erase-passing.ts';
import type { NewNumbers } from './erase-words.ts';
import {
  closeCards,
  dropLeads,
  forgetEvidence,
  redrawCards,
  renameCustomers,
  revokeLinks,
  silenceChats,
} from './finish.ts';
import { type Change, PSEUDONYM } from './holding.ts';
import type { ErasePlan, PlannedRows } from './plan.ts';
import { erasedNumber } from './remembered.ts';
import { ERASED_NUMBER } from './subject.ts';

/** Why it cannot be done now, Chinese; null when it can. */
export async function hindrance(tx: Tx, plan: ErasePlan): Promise<string | null> {
  const { subject, own } = plan;
  if (subject.kind === 'staff') {
    if (subject.staff.active)
      return `${subject.staff.name}还在职：先在平台的通讯录里移除，等同步后再来；不然下次同步又会回来。`;
    const held = await holdingsOf(tx, subject.id);
    if (!isNothing(held))
      return `${subject.staff.name}名下还有${wordsOfHoldings(held)}：先交接，npm run crm -- staff handover ${subject.id} 接手人`;
    return null;
  }
  if (subject.kind === 'customer') {
    const deals = await tx.queries.personal.rows('opportunity', { column: 'id', ids: own.deal });
    const open = deals.filter((row) => row['status'] === 'open').length;
    if (open > 0) return `还有 ${open} 个进行中的商机：先在页面上赢单或输单，再来删除。`;
  }
  const waiting = await unfinished(tx, plan);
  return waiting > 0 ? `还有 ${waiting} 条收发件没处理完，里面提到此人：让服务运行着处理完，一会儿再来。` : null;
}

/** Draws what takes the place of the person's numbers; `pseudonym` is a colleague's new name. */
export async function newNames(
  tx: Tx,
  { subject, numbers }: ErasePlan,
): Promise<{ by: NewNumbers; pseudonym: string }> {
  const by = new Map<string, string>();
  for (const number of numbers) by.set(number, shortOf(await erasedNumber(tx, '', number)));
  const { personal } = tx.queries;
  const gone = await personal.staffBy({ word: GONE, phone: null, limit: 1_000_000 });
  const kept = subject.kind === 'staff' && gone.includes(subject.id) ? subject.staff.name : null;
  return { by, pseudonym: kept ?? `${GONE}${gone.length + 1}` };
}

const GONE = '已注销员工 ';
const shortOf = (hash: string): string => `＊${hash.slice(-12)}`;

/** Returns how many rows changed or went. */
export async function eraseSome(
  tx: Tx,
  { table, change }: Pick<PlannedRows, 'table' | 'change'>,
  ids: readonly string[],
  pseudonym: string,
): Promise<number> {
  const { personal } = tx.queries;
  if (change === 'keep') return 0;
  if (change === 'drop') return personal.drop(table, ids);
  return personal.change(table, ids, named(change, pseudonym));
}

function named(change: Exclude<Change, string>, pseudonym: string): Exclude<Change, string> {
  const entries = Object.entries(change).map(([column, value]) => [column, value === PSEUDONYM ? pseudonym : value]);
  return Object.fromEntries(entries);
}

/** Before the rows go: cards at colleagues lose what they quote while it is still known which do. */
export async function eraseShown(tx: Tx, plan: ErasePlan): Promise<void> {
  if (plan.subject.kind === 'customer') await closeCards(tx, plan.own.card);
  if (plan.subject.kind === 'contact') await forgetEvidence(tx, plan);
}

export interface Eraser {
  /** The colleague who asked for it; null when nobody was named. */
  readonly actorId: string | null;
  /** Who was signed in to the machine. */
  readonly user: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Last: what the person was found by. Returns how many messages and orders that were set aside went with it. */
export async function finishErasure(tx: Tx, plan: ErasePlan, { actorId, user, counts }: Eraser): Promise<number> {
  const { subject, own } = plan;
  if (subject.kind !== 'staff') {
    await dropLeads(tx, own.lead);
    await silenceChats(tx, own.chat);
    await renameCustomers(tx, plan);
    if (subject.kind === 'customer') await revokeLinks(tx, own.quote);
    for (const id of own.identity) await forgetIdentity(tx, id);
    await redrawCards(tx, plan);
  }
  const setAside = await dropPassing(tx, plan, (await newNames(tx, plan)).by);
  const detail = { by: 'command', user, counts: { ...counts, 搁置的收发件: setAside } };
  await writeAudit(tx, actorId, [{ action: 'privacy.erase', entity: subject.kind, entityId: subject.id, detail }]);
  return setAside;
}

async function forgetIdentity(tx: Tx, id: string): Promise<void> {
  const identity = await tx.contactIdentity.hold(id);
  if (!identity) return;
  const known = identity.externalId.startsWith(ERASED_NUMBER);
  const externalId = known ? identity.externalId : await erasedNumber(tx, identity.accountId, identity.externalId);
  // A lead that was dropped is forgotten one day, and everything that is no more than its; the hash is to stay.
  const leadId = identity.contactId === null ? null : identity.leadId;
  await tx.contactIdentity.update({ id }, { externalId, name: null, leadId });
}

/** Files of a customer's deals with their bytes; one that was kept may be a contract. */
export async function eraseFiles(tx: Tx, { subject, own }: ErasePlan): Promise<number> {
  if (subject.kind !== 'customer') return 0;
  const { personal } = tx.queries;
  const ids = await personal.ids('attachment', { column: 'customer_id', ids: own.customer });
  const parts = await personal.ids('attachment_part', { column: 'attachment_id', ids });
  await personal.drop('attachment_part', parts);
  return personal.drop('attachment', ids);
}
