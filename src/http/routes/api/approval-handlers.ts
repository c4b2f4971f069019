/** The API's operations on approvals. */

import { type Desk, type Done, done, refused } from '../../../crm/access/desk.ts';
import {
  type ApprovalPicture,
  decideAtDesk,
  listApprovals,
  openApproval,
  transferAtDesk,
  withdrawAtDesk,
} from '../../../crm/approval/approval-desk.ts';
import { type Absence, namedStandIn, setStandIn } from '../../../crm/approval/stand-in.ts';
import { approvalWords, type Names } from '../../../crm/approval/words.ts';
import type { ApprovalLineView, ApprovalView, StandInView } from '../../contract/approval.ts';
import type { PersonView } from '../../contract/common.ts';
import type { Handlers } from './handling.ts';

type ApprovalOperation =
  | 'approvals'
  | 'approval'
  | 'decideApproval'
  | 'transferApproval'
  | 'withdrawApproval'
  | 'standIn'
  | 'setStandIn';

const PAGE = 30;

export const approvalHandlers: Pick<Handlers, ApprovalOperation> = {
  approvals: async (desk, { query: { box, limit = PAGE, cursor = null } }) => {
    const { items, more } = await listApprovals(desk, box, limit, cursor);
    const last = items.at(-1);
    return done({ items: items.map(lineView), next: more && last ? last.row.id : null });
  },
  approval: async (desk, { id }) => shown(await openApproval(desk, id)),
  decideApproval: async (desk, { id, body }) => shown(await decideAtDesk(desk, id, body)),
  transferApproval: async (desk, { id, body }) => shown(await transferAtDesk(desk, id, body.to)),
  withdrawApproval: async (desk, { id }) => shown(await withdrawAtDesk(desk, id)),
  standIn: async (desk) => done(await standInView(desk)),
  setStandIn: async (desk, { body }) => changeStandIn(desk, body.standIn),
};

async function changeStandIn(desk: Desk, absence: Absence | null): Promise<Done<StandInView>> {
  const set = await setStandIn(desk.tx, desk.me.id, absence);
  if (!set.ok) return refused('bad_request', set.why);
  desk.notes.push({ action: 'staff.stand_in', entity: 'staff', entityId: desk.me.id, detail: { toId: absence?.toId } });
  return done(await standInView(desk));
}

async function standInView({ tx, me }: Desk): Promise<StandInView> {
  const absence = await namedStandIn(tx, me.id);
  if (!absence) return { standIn: null };
  const { toId, name, fromAt, untilAt } = absence;
  return { standIn: { to: { id: toId, name }, fromAt, untilAt } };
}

const shown = (picture: Done<ApprovalPicture>): Done<ApprovalView> =>
  picture.ok ? done(approvalView(picture.value)) : picture;

const personView = (names: Names, id: string): PersonView => ({ id, name: names.get(id) ?? '同事' });

function lineView({ row, approval, customerName, names, seesMargin }: ApprovalPicture): ApprovalLineView {
  const { amountMinor, marginBp, discountBp } = row.facts;
  const { id, state, currency, createdAt, closedAt } = row;
  return {
    ...{ id, state, currency, createdAt, closedAt, amountMinor, discountBp },
    subject: { kind: row.subjectKind, id: row.subjectId, title: row.title },
    customer: { id: row.customerId, name: customerName },
    submitter: personView(names, row.submitterId),
    reasons: [...row.reasons],
    marginBp: seesMargin ? marginBp : null,
    where: approvalWords(approval, names),
  };
}

function approvalView(picture: ApprovalPicture): ApprovalView {
  const { row, approval, names, rights } = picture;
  return {
    ...lineView(picture),
    version: row.version,
    rights,
    steps: approval.steps.map(({ plan, state, why, dueAt, seats }) => ({
      ...{ name: plan.name, mode: plan.mode, state, why, dueAt },
      seats: seats.map(({ staffId, insteadOf, ...seat }) => ({
        ...seat,
        person: personView(names, staffId),
        insteadOf: insteadOf === null ? null : personView(names, insteadOf),
      })),
    })),
  };
}
