/** What a colleague does on a page with leave, their own and that of people below them, and with how they want to be told. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { leaveOf } from '../notice/quiet-time.ts';
import type { LeaveTimeRow, StaffPreferenceRow } from '../rows/clock.ts';
import { endLeave, enterLeave } from './leave.ts';

export interface LeaveList {
  /** Not yet over, the first first. */
  readonly leave: readonly LeaveTimeRow[];
  readonly staffId: string;
  readonly names: ReadonlyMap<string, string>;
}

export async function listLeave(desk: Desk, staffId = desk.me.id): Promise<Done<LeaveList>> {
  const { tx } = desk;
  if (!mayEnter(desk, staffId)) return refused('forbidden', '只能看自己和下属的休假。');
  const leave = await leaveOf(tx, staffId, tx.now);
  const ids = [staffId, ...leave.map(({ createdBy }) => createdBy)];
  return done({ leave, staffId, names: await tx.queries.staffNames(ids) });
}

export async function takeLeave(
  desk: Desk,
  { staffId = desk.me.id, fromAt, untilAt }: { staffId?: string | undefined; fromAt: number; untilAt: number },
): Promise<Done<LeaveList>> {
  if (!mayEnter(desk, staffId)) return refused('forbidden', '只能给自己和下属填休假。');
  const entered = await enterLeave(desk.tx, { staffId, fromAt, untilAt, by: desk.me.id });
  return entered.ok ? listLeave(desk, staffId) : refused('bad_request', entered.why);
}

export async function cancelLeave(desk: Desk, id: string): Promise<Done<LeaveList>> {
  const leave = await desk.tx.leaveTime.get(id);
  if (!leave) return refused('not_found');
  if (!mayEnter(desk, leave.staffId)) return refused('not_found');
  if (!(await endLeave(desk.tx, id, desk.me.id))) return refused('wrong_state', '这段休假已经结束或取消了。');
  return listLeave(desk, leave.staffId);
}

/** One's own; supervisors and administrators also that of the people below them. */
const mayEnter = ({ me, mayTake }: Desk, staffId: string): boolean => staffId === me.id || mayTake(staffId);

export type Wishes = Pick<StaffPreferenceRow, 'quietFrom' | 'quietTo' | 'alerts' | 'morning'>;

const USUAL: Wishes = { quietFrom: null, quietTo: null, alerts: 'now', morning: true };

export async function wishesOf({ tx, me }: Desk): Promise<Wishes> {
  return (await tx.staffPreference.get(me.id)) ?? USUAL;
}

/** What is undefined stays as it is. */
export async function changeWishes(
  desk: Desk,
  wanted: { readonly [K in keyof Wishes]?: Wishes[K] | undefined },
): Promise<Done<Wishes>> {
  const { tx, me } = desk;
  await tx.staff.hold(me.id);
  const known = await tx.staffPreference.get(me.id);
  const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  const { quietFrom, quietTo, alerts, morning } = { ...USUAL, ...known, ...given };
  if ((quietFrom === null) !== (quietTo === null)) return refused('bad_request', '不打扰的时间要写从几点到几点。');
  const wishes = { quietFrom, quietTo, alerts, morning, updatedAt: tx.now };
  if (known) await tx.staffPreference.update({ id: me.id }, wishes);
  else await tx.staffPreference.insert({ id: me.id, ...wishes });
  desk.notes.push({
    action: 'staff.notices',
    entity: 'staff',
    entityId: me.id,
    detail: { fields: Object.keys(given) },
  });
  return done(await wishesOf(desk));
}
