/** Two rows of one colleague become one: identities and everything in hand go to the one that stays. */
import { reseatMerged } from '../approval/people-change.ts';
import { leaveChanged } from '../clock/reckon-anew.ts';
import { NAMELESS } from '../names.ts';
import type { StaffRole, StaffRow } from '../rows/people.ts';
import type { Tables } from '../tables.ts';
import type { Tx } from '../tx.ts';
import { type Holdings, holdingsOf, isNothing } from './holdings.ts';
import { auditStaff } from './staff-audit.ts';
import { keepProfile } from './staff-profile.ts';

export interface MergeGiven {
  readonly fromId: string;
  readonly intoId: string;
  /** `code`: the colleague, by a code · `command`: whoever runs the server, who may also join two identities of one account. */
  readonly by: 'code' | 'command';
}

export type MergeResult =
  | { readonly ok: true; readonly into: StaffRow; readonly holdings: Holdings }
  | {
      readonly ok: false;
      readonly reason: 'not_found' | 'same_person' | 'inactive' | 'same_account' | 'other_name' | 'program';
    };

type Column = { readonly [T in keyof Tables]: `${T}.${keyof Tables[T] & string}` }[keyof Tables];

/** Every column that names a colleague and goes along as it is. */
export const GOES_ALONG = [
  'staffIdentity.staffId',
  'customer.ownerId',
  'opportunity.ownerId',
  'lead.ownerId',
  'task.ownerId',
  'task.createdBy',
  'task.doneBy',
  'chat.addedByStaffId',
  'card.staffId',
  'cardAction.staffId',
  'activity.staffId',
  'stageChange.staffId',
  'namedGroup.boundBy',
  'dealField.updatedBy',
  'customerMerge.mergedBy',
  'quote.ownerId',
  'quoteLink.madeBy',
  'attachment.uploadedBy',
  'stageWish.staffId',
  'approval.submitterId',
  'approvalSeat.insteadOf',
  'approvalNote.staffId',
  'stageClock.heldBy',
  'leaveTime.staffId',
  'leaveTime.createdBy',
  'standIn.staffId',
  'standIn.toId',
  'leadResponse.staffId',
  'nativeTodo.ownerId',
] as const satisfies readonly Column[];

/** Columns whose rows go along unless the one that stays has such a row already, or needs none. */
export const GOES_ONCE = [
  'collaborator.staffId',
  'staffDepartment.staffId',
  'contactFollow.staffId',
  'staff.supervisorId',
  'staffProfile.id',
  'greeting.id',
  'linkCode.staffId',
  'approvalSeat.staffId',
  'alert.toId',
  'staffPreference.id',
  'morningList.id',
] as const satisfies readonly Column[];

/** What was, stays: the log is never rewritten, words carry their speaker's name, and a program is nobody's second row. */
export const STAYS = [
  'auditEntry.actorId',
  'auditEntry.entityId',
  'message.staffId',
  'serviceToken.id',
] as const satisfies readonly Column[];

const RANK: Readonly<Record<StaffRole, number>> = { sales: 0, manager: 1, admin: 2 };

/** The row that goes stays behind inactive and empty, so that the log can still name it. */
export async function mergeStaff(tx: Tx, { fromId, intoId, by }: MergeGiven): Promise<MergeResult> {
  if (fromId === intoId) return { ok: false, reason: 'same_person' };
  // Always in one order, or two merges would wait for each other.
  for (const id of [fromId, intoId].sort()) await tx.staff.hold(id);
  const [from, into] = [await tx.staff.get(fromId), await tx.staff.get(intoId)];
  if (!from || !into) return { ok: false, reason: 'not_found' };
  if (!from.active || !into.active) return { ok: false, reason: 'inactive' };
  if ((await tx.serviceToken.get(fromId)) || (await tx.serviceToken.get(intoId)))
    return { ok: false, reason: 'program' };
  const holdings = await holdingsOf(tx, fromId);
  if (by === 'code') {
    if (await shareAccount(tx, fromId, intoId)) return { ok: false, reason: 'same_account' };
    // Either may have been talked into it: into saying another one's code, or into telling theirs; and nothing parts them again.
    const inCharge = from.role !== 'sales' || into.role !== 'sales';
    if ((inCharge || !isNothing(holdings)) && !isOneName(from.name, into.name))
      return { ok: false, reason: 'other_name' };
  }
  const seated = (await tx.approvalSeat.list({ staffId: fromId })).map(({ approvalId }) => approvalId);
  const moved: Record<string, number> = {};
  for (const column of GOES_ALONG) {
    const [table, property] = column.split('.') as [keyof Tables, string];
    const rows = await tx[table].update({ [property]: fromId } as object, { [property]: intoId } as object);
    if (rows > 0) moved[column] = rows;
  }
  await joinRows(tx, from, into);
  await leaveChanged(tx, intoId);
  const role = RANK[from.role] > RANK[into.role] ? from.role : into.role;
  const supervisorId = into.supervisorId === fromId ? from.supervisorId : (into.supervisorId ?? from.supervisorId);
  const after = { role, supervisorId: supervisorId === intoId ? null : supervisorId };
  await tx.staff.update({ id: intoId }, after);
  await tx.staff.update({ id: fromId }, { active: false, supervisorId: null, name: `${from.name}（已合并）` });
  await reseatMerged(tx, intoId, seated);
  await auditStaff(tx, {
    staffId: intoId,
    action: 'staff.merged',
    by,
    actorId: by === 'code' ? intoId : null,
    detail: { fromId, moved, ...(role === into.role ? {} : { role }) },
  });
  return { ok: true, into: { ...into, ...after }, holdings };
}

/** Two whose names are not known yet are not called the same. */
const isOneName = (a: string, b: string): boolean => a === b && a !== NAMELESS.colleague;

async function shareAccount(tx: Tx, a: string, b: string): Promise<boolean> {
  const accounts = new Set((await tx.staffIdentity.list({ staffId: a })).map(({ accountId }) => accountId));
  return (await tx.staffIdentity.list({ staffId: b })).some(({ accountId }) => accounts.has(accountId));
}

async function joinRows(tx: Tx, { id: fromId }: StaffRow, { id: intoId }: StaffRow): Promise<void> {
  await tx.staff.update({ supervisorId: fromId }, { supervisorId: intoId });
  for (const { id, customerId } of await tx.collaborator.list({ staffId: fromId })) {
    const there = await tx.collaborator.find({ customerId, staffId: intoId });
    if (there) await tx.collaborator.remove({ id });
    else await tx.collaborator.update({ id }, { staffId: intoId });
  }
  // Whoever owns a customer does not help with it.
  for (const { id, customerId } of await tx.collaborator.list({ staffId: intoId })) {
    if ((await tx.customer.get(customerId))?.ownerId === intoId) await tx.collaborator.remove({ id });
  }
  for (const { id, departmentId, leads } of await tx.staffDepartment.list({ staffId: fromId })) {
    const there = await tx.staffDepartment.find({ departmentId, staffId: intoId });
    if (there) await tx.staffDepartment.remove({ id });
    else await tx.staffDepartment.update({ id }, { staffId: intoId });
    if (there && leads) await tx.staffDepartment.update({ id: there.id }, { leads });
  }
  for (const { id, contactIdentityId } of await tx.contactFollow.list({ staffId: fromId })) {
    if (await tx.contactFollow.find({ contactIdentityId, staffId: intoId })) await tx.contactFollow.remove({ id });
    else await tx.contactFollow.update({ id }, { staffId: intoId });
  }
  const profile = await tx.staffProfile.get(fromId);
  if (profile) {
    const { phone, email, region, jobRank, productLines } = profile;
    const known = await tx.staffProfile.get(intoId);
    const lines = known && known.productLines.length > 0 ? known.productLines : productLines;
    const given = { phone, email, region, jobRank };
    const missing = Object.entries(given).filter(([key]) => !known?.[key as keyof typeof given]);
    await keepProfile(tx, intoId, { ...Object.fromEntries(missing), productLines: lines });
    await tx.staffProfile.remove({ id: fromId });
  }
  const greeting = await tx.greeting.get(fromId);
  if (greeting) {
    await tx.greeting.insertIfNew({ id: intoId, sentAt: greeting.sentAt });
    await tx.greeting.remove({ id: fromId });
  }
  for (const { id, stepId, state } of await tx.approvalSeat.list({ staffId: fromId })) {
    const there = await tx.approvalSeat.find({ stepId, staffId: intoId });
    // Of two seats at one step the one that decided counts.
    if (there) await tx.approvalSeat.remove({ id: there.state === 'open' && state !== 'open' ? there.id : id });
    await tx.approvalSeat.update({ id }, { staffId: intoId });
  }
  for (const { id, clockId, round, level, toKind } of await tx.alert.list({ toId: fromId })) {
    if (await tx.alert.find({ clockId, round, level, toKind, toId: intoId })) await tx.alert.remove({ id });
    else await tx.alert.update({ id }, { toId: intoId });
  }
  const wishes = await tx.staffPreference.get(fromId);
  if (wishes) {
    await tx.staffPreference.insertIfNew({ ...wishes, id: intoId });
    await tx.staffPreference.remove({ id: fromId });
  }
  const morning = await tx.morningList.get(fromId);
  if (morning) {
    await tx.morningList.insertIfNew({ ...morning, id: intoId });
    await tx.morningList.remove({ id: fromId });
  }
  // Nobody may be joined with a row that has gone.
  await tx.linkCode.remove({ staffId: fromId });
}
