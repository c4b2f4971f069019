/** The API's operations on leave and on how a person wants to be told. */
import { type Desk, type Done, done } from '../../../crm/access/desk.ts';
import {
  cancelLeave,
  changeWishes,
  type LeaveList,
  listLeave,
  takeLeave,
  type Wishes,
  wishesOf,
} from '../../../crm/staff/away-desk.ts';
import type { LeaveListView, NoticesView } from '../../contract/away.ts';
import type { Handlers } from './handling.ts';

type AwayOperation = 'leave' | 'takeLeave' | 'cancelLeave' | 'notices' | 'changeNotices';

export const awayHandlers: Pick<Handlers, AwayOperation> = {
  leave: async (desk, { query }) => shown(await listLeave(desk, query.staffId)),
  takeLeave: async (desk, { body }) => shown(await takeLeave(desk, body)),
  cancelLeave: async (desk, { id }) => shown(await cancelLeave(desk, id)),
  notices: async (desk) => done(noticesView(desk, await wishesOf(desk))),
  changeNotices: async (desk, { body: { quiet, ...wanted } }) => {
    const hours = quiet === undefined ? {} : { quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null };
    const wishes = await changeWishes(desk, { ...wanted, ...hours });
    return wishes.ok ? done(noticesView(desk, wishes.value)) : wishes;
  },
};

function shown(list: Done<LeaveList>): Done<LeaveListView> {
  if (!list.ok) return list;
  const { leave, staffId, names } = list.value;
  const person = (id: string) => ({ id, name: names.get(id) ?? '同事' });
  const items = leave.map(({ id, fromAt, untilAt, createdBy }) => ({
    ...{ id, fromAt, untilAt },
    by: createdBy === staffId || createdBy === '' ? null : person(createdBy),
  }));
  return done({ staff: person(staffId), items });
}

function noticesView({ tx }: Desk, { quietFrom, quietTo, alerts, morning }: Wishes): NoticesView {
  const { policy } = tx.active;
  const { from, to, daysOff } = policy.alerts.quiet;
  return {
    quiet: quietFrom === null || quietTo === null ? null : { from: quietFrom, to: quietTo },
    usual: { from, to, daysOff },
    ...{ alerts, morning },
    morningAt: policy.tasks.morning,
  };
}
