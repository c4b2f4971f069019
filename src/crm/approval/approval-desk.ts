/** Approvals at a colleague's desk: lists, one of them whole, and what they may do with it. */
import type { CardLink } from '../../channel/card.ts';
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { notSeen } from '../access/whom-to-ask.ts';
import { noteReading } from '../customer/open-customer.ts';
import { maySeeCosts } from '../quote/costs.ts';
import type { ApprovalNoteRow, ApprovalRow } from '../rows/approvals.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ApprovalBox } from './approval-queries.ts';
import { commentApproval, mayComment } from './comment.ts';
import { decideApproval, type Outcome, transferApproval } from './decide.ts';
import { maySpeakFor } from './for-submitter.ts';
import { SUBJECTS } from './registry.ts';
import { type Approval, openStep } from './shape.ts';
import { compose, readApproval, type StoredApproval } from './store.ts';
import { withdrawApproval } from './submit.ts';
import { withoutAddress } from './troubles.ts';
import { type Names, namedIn } from './words.ts';

export interface ApprovalPicture {
  readonly row: ApprovalRow;
  readonly approval: Approval;
  readonly customerName: string;
  readonly names: Names;
  readonly seesMargin: boolean;
  readonly rights: { readonly decide: boolean; readonly transfer: boolean; readonly withdraw: boolean };
}

/** One of them with what is said beside it. */
export interface WholeApproval extends ApprovalPicture {
  readonly notes: readonly ApprovalNoteRow[];
  readonly rights: ApprovalPicture['rights'] & { readonly comment: boolean };
  /** The way to what was made of one that was refused. */
  readonly remade: CardLink | null;
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

export async function openApproval(desk: Desk, id: string): Promise<Done<WholeApproval>> {
  const stored = await readable(desk, id);
  if (!stored.ok) return stored;
  const [picture] = await pictures(desk, [stored.value]);
  if (!picture) return refused('not_found');
  const { tx, me } = desk;
  const { row, approval } = stored.value;
  const notes = await tx.approvalNote.list({ approvalId: id }, { orderBy: 'at' });
  const names = new Map([...picture.names, ...(await tx.queries.staffNames(notes.map(({ staffId }) => staffId)))]);
  const rights = {
    ...picture.rights,
    transfer: picture.rights.transfer || (await strandedSeat(desk, approval)) !== null,
    withdraw: approval.state === 'open' && (await maySpeakFor(tx, row, me.id)),
    comment: await mayComment(tx, stored.value, me.id),
  };
  return done({ ...picture, names, notes, rights, remade: await SUBJECTS[row.subjectKind].remade(tx, row.subjectId) });
}

export async function decideAtDesk(
  desk: Desk,
  id: string,
  { agree, comment = null }: { readonly agree: boolean; readonly comment?: string | null | undefined },
): Promise<Done<WholeApproval>> {
  const { tx, me } = desk;
  return act(desk, id, () => decideApproval(tx, { approvalId: id, staffId: me.id, agree, comment }));
}

export async function transferAtDesk(desk: Desk, id: string, to: string): Promise<Done<WholeApproval>> {
  const { tx, me } = desk;
  return act(desk, id, async ({ approval }) => {
    const from = isAsked(approval, me.id) ? me : ((await strandedSeat(desk, approval)) ?? me);
    return transferApproval(tx, { approvalId: id, from, to, by: me });
  });
}

export async function commentAtDesk(desk: Desk, id: string, text: string): Promise<Done<WholeApproval>> {
  const found = await readable(desk, id);
  if (!found.ok) return found;
  const said = await commentApproval(desk.tx, { approvalId: id, by: desk.me, text });
  if (said.ok) return openApproval(desk, id);
  return refused(said.reason === 'unknown' ? 'not_found' : 'forbidden', said.why);
}

export async function withdrawAtDesk(desk: Desk, id: string): Promise<Done<WholeApproval>> {
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
  no_reason: 'bad_request',
  bad_colleague: 'no_colleague',
} as const;

async function act(
  desk: Desk,
  id: string,
  change: (found: StoredApproval) => Promise<Outcome>,
): Promise<Done<WholeApproval>> {
  const found = await readable(desk, id);
  if (!found.ok) return found;
  const outcome = await change(found.value);
  return outcome.ok ? openApproval(desk, id) : refused(CODES[outcome.reason], outcome.why);
}

const isAsked = (approval: Approval, staffId: string): boolean =>
  approval.state === 'open' &&
  (openStep(approval)?.seats.some((seat) => seat.staffId === staffId && seat.state === 'open') ?? false);

/** An administrator hands on what waits for somebody who cannot be reached, and cannot sign in to do so. */
async function strandedSeat({ tx, me }: Desk, approval: Approval): Promise<StaffRow | null> {
  if (me.role !== 'admin' || approval.state !== 'open') return null;
  const waiting = openStep(approval)?.seats.filter(({ state }) => state === 'open') ?? [];
  const [first] = await withoutAddress(
    tx,
    waiting.map(({ staffId }) => staffId),
  );
  return first === undefined ? null : tx.staff.get(first);
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
    const own = isAsked(approval, me.id);
    const rights = { decide: own, transfer: own, withdraw: isOpen && row.submitterId === me.id };
    return { row, approval, names, customerName: customerNames.get(row.customerId) ?? '', seesMargin, rights };
  });
}
