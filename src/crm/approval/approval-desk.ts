/** Approvals at a colleague's desk: lists, one of them whole, and what they may do with it. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { notSeen } from '../access/whom-to-ask.ts';
import { noteReading } from '../customer/open-customer.ts';
import { maySeeCosts } from '../quote/costs.ts';
import type { ApprovalRow } from '../rows/approvals.ts';
import type { ApprovalBox } from './approval-queries.ts';
import { decideApproval, type Outcome, transferApproval } from './decide.ts';
import { type Approval, openStep } from './shape.ts';
import { compose, readApproval, type StoredApproval } from './store.ts';
import { withdrawApproval } from './submit.ts';
import { type Names, namedIn } from './words.ts';

export interface ApprovalPicture {
  readonly row: ApprovalRow;
  readonly approval: Approval;
  readonly customerName: string;
  readonly names: Names;
  readonly seesMargin: boolean;
  readonly rights: { readonly decide: boolean; readonly transfer: boolean; readonly withdraw: boolean };
}

/** `after`: the id of the last one of the page before. */
export async function listApprovals(
  desk: Desk,
  box: ApprovalBox,
  limit: number,
  after: string | null,
): Promise<{ readonly items: readonly ApprovalPicture[]; readonly more: boolean }> {
  const { tx, me } = desk;
  const rows = await tx.queries.approvalsIn(box, me.id, limit + 1, after);
  const shown = rows.slice(0, limit);
  const { steps, seats } = await tx.queries.approvalParts(shown.map(({ id }) => id));
  const stored = shown.map((row) => {
    const of = ({ approvalId }: { readonly approvalId: string }) => approvalId === row.id;
    return { row, approval: compose(row, steps.filter(of), seats.filter(of)) };
  });
  return { items: await pictures(desk, stored), more: rows.length > limit };
}

export async function openApproval(desk: Desk, id: string): Promise<Done<ApprovalPicture>> {
  const stored = await readable(desk, id);
  if (!stored.ok) return stored;
  const [picture] = await pictures(desk, [stored.value]);
  return picture ? done(picture) : refused('not_found');
}

export async function decideAtDesk(
  desk: Desk,
  id: string,
  { agree, comment = null }: { readonly agree: boolean; readonly comment?: string | null | undefined },
): Promise<Done<ApprovalPicture>> {
  if (!agree && comment === null) return refused('bad_request', '驳回要写原因。');
  const { tx, me } = desk;
  return act(desk, id, () => decideApproval(tx, { approvalId: id, staffId: me.id, agree, comment }));
}

export const transferAtDesk = (desk: Desk, id: string, to: string): Promise<Done<ApprovalPicture>> =>
  act(desk, id, () => transferApproval(desk.tx, { approvalId: id, from: desk.me, to }));

export async function withdrawAtDesk(desk: Desk, id: string): Promise<Done<ApprovalPicture>> {
  const found = await readable(desk, id);
  if (!found.ok) return found;
  const { subjectKind, subjectId } = found.value.row;
  const withdrawn = await withdrawApproval(desk.tx, { kind: subjectKind, id: subjectId, staffId: desk.me.id });
  if (!withdrawn.ok) return refused(withdrawn.reason === 'closed' ? 'already_decided' : 'forbidden', withdrawn.why);
  return openApproval(desk, id);
}

const CODES = {
  unknown: 'not_found',
  already_decided: 'already_decided',
  not_yours: 'forbidden',
  bad_colleague: 'no_colleague',
} as const;

async function act(desk: Desk, id: string, change: () => Promise<Outcome>): Promise<Done<ApprovalPicture>> {
  const found = await readable(desk, id);
  if (!found.ok) return found;
  const outcome = await change();
  return outcome.ok ? openApproval(desk, id) : refused(CODES[outcome.reason], outcome.why);
}

/** For whoever asked for it or is asked, and who may see the customer. */
async function readable(desk: Desk, id: string): Promise<Done<StoredApproval>> {
  const stored = await readApproval(desk.tx, id);
  if (!stored) return refused('not_found');
  const { row, approval } = stored;
  if (namedIn(approval).includes(desk.me.id)) return done(stored);
  const customer = await desk.see.customer(row.customerId);
  if (!customer) return notSeen(desk, row.customerId);
  noteReading(desk, customer, 'approval.read', { approvalId: id });
  return done(stored);
}

/** Three statements for any number. */
async function pictures({ tx, me }: Desk, stored: readonly StoredApproval[]): Promise<readonly ApprovalPicture[]> {
  const names = await tx.queries.staffNames(stored.flatMap(({ approval }) => namedIn(approval)));
  const customers = await tx.queries.customersOf([...new Set(stored.map(({ row }) => row.customerId))]);
  const customerNames = new Map(customers.map(({ id, name }) => [id, name]));
  const seesMargin = maySeeCosts(tx, me);
  return stored.map(({ row, approval }) => {
    const isOpen = approval.state === 'open';
    const step = openStep(approval);
    const own = isOpen && (step?.seats.some(({ staffId, state }) => staffId === me.id && state === 'open') ?? false);
    const rights = { decide: own, transfer: own, withdraw: isOpen && row.submitterId === me.id };
    return { row, approval, names, customerName: customerNames.get(row.customerId) ?? '', seesMargin, rights };
  });
}
