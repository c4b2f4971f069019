/** The API's operations on approvals. */

import { type Desk, type Done, done, refused } from '../../../crm/access/desk.ts';
import {
  type ApprovalPicture,
  commentAtDesk,
  decideAtDesk,
  listApprovals,
  openApproval,
  transferAtDesk,
  type WholeApproval,
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
  | 'commentApproval'
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
  approval: async (desk, { id }) => shown(desk, await openApproval(desk, id)),
  decideApproval: async (desk, { id, body }) => shown(desk, await decideAtDesk(desk, id, body)),
  commentApproval: async (desk, { id, body }) => shown(desk, await commentAtDesk(desk, id, body.text)),
  transferApproval: async (desk, { id, body }) => shown(desk, await transferAtDesk(desk, id, body.to)),
  withdrawApproval: async (desk, { id }) => shown(desk, await withdrawAtDesk(desk, id)),
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

const shown = ({ tx }: Desk, picture: Done<WholeApproval>): Done<ApprovalView> =>
  picture.ok
    ? done(approvalView(picture.value, tx.active.policy.approvals[picture.value.row.subjectKind].reasons))
    : picture;

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

function approvalView(picture: WholeApproval, reasons: readonly string[]): ApprovalView {
  const { row, approval, names, notes, rights, remade } = picture;
  const of = (kind: 'comment' | 'trouble') => notes.filter((one) => one.kind === kind);
  return {
    ...lineView(picture),
    version: row.version,
    rights,
    refusal: { required: row.rules.reason === 'required', reasons: [...reasons] },
    comments: of('comment').map(({ staffId, at, text }) => ({ person: personView(names, staffId), at, text })),
    troubles: of('trouble').map(({ at, text }) => ({ at, text })),
    remade: remade?.path ?? null,
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
