/** What a colleague does with the files of a deal: put one there, take one away, bring it back. */
import { documentName, OTHER_DOCUMENT } from '../../policy/schema/requirements.ts';
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { refuseToChange } from '../access/to-change.ts';
import type { AuditNote } from '../audit/audit.ts';
import { refreshQuestions } from '../card/refresh-questions.ts';
import { neededHere } from '../opportunity/change-deal.ts';
import { havingKey } from '../opportunity/gate.ts';
import { havingOf } from '../opportunity/having.ts';
import { settleWish } from '../opportunity/settle-wish.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { AttachmentRow } from '../rows/files.ts';
import type { Tx } from '../tx.ts';
import { writeContent } from './content.ts';
import { cleanName } from './file-name.ts';
import { sniffMedia } from './media-type.ts';

export interface GivenFile {
  /** A kind of the policy, or `other`. */
  readonly kind: string;
  /** As it is called where it comes from. */
  readonly name: string;
  readonly content: Uint8Array;
  /** Of the content, hex. */
  readonly sha256: string;
}

export interface SeenFile {
  readonly file: AttachmentRow;
  /** Who put it there. */
  readonly by: string;
}

const MOST_FILES = 100;
/** With those that can still be brought back: what is removed takes its room for thirty days. */
const MOST_KEPT = 200;
const TOO_MANY = `一个商机最多 ${MOST_FILES} 个文件，请先删除不用的。`;
const MEGABYTE = 1024 * 1024;

export async function addFile(desk: Desk, dealId: string, given: GivenFile): Promise<Done<SeenFile>> {
  const { tx, me } = desk;
  const found = await dealToChange(desk, dealId);
  if (!found.ok) return found;
  const deal = found.value;
  const { documents } = tx.active.policy;
  if (given.kind !== OTHER_DOCUMENT && !documents.kinds.some(({ key }) => key === given.kind))
    return refused('bad_request', '没有这种文件，请刷新后再选。');
  if (given.content.length === 0) return refused('bad_request', '这是一个空文件。');
  if (given.content.length > documents.maxMegabytes * MEGABYTE)
    return refused('bad_request', `文件太大，最大 ${documents.maxMegabytes} MB。照片可以先压缩。`);
  const media = sniffMedia(given.content);
  if (!media) return refused('bad_request', '只能上传 PDF、图片、Office 文档（不带宏）和文本文件。');
  const name = cleanName(given.name, media.endings);
  const there = await tx.attachment.list({ opportunityId: dealId, removedAt: null });
  // Sent again because the answer got lost: it is there already.
  const same = there.find((one) => one.sha256 === given.sha256 && one.kind === given.kind && one.name === name);
  if (same) return seen(desk, same);
  if (there.length >= MOST_FILES) return refused('wrong_state', TOO_MANY);
  if ((await tx.attachment.list({ opportunityId: dealId }, { limit: MOST_KEPT })).length >= MOST_KEPT)
    return refused('wrong_state', '这个商机删除的文件太多了，删除满 30 天才腾出地方。');
  const row = await tx.attachment.insert({
    ...{ id: tx.newId(), opportunityId: dealId, customerId: deal.customerId, kind: given.kind, name },
    ...{ mediaType: media.mediaType, bytes: given.content.length, sha256: given.sha256 },
    ...{ uploadedBy: me.id, createdAt: tx.now, removedAt: null },
  });
  await writeContent(tx, row.id, given.content);
  await follow(desk, row, 'add', '上传了');
  return seen(desk, row);
}

/** The row stays for a while, so that it can be brought back. */
export async function removeFile(desk: Desk, id: string): Promise<Done<SeenFile>> {
  const { tx } = desk;
  const found = await fileToChange(desk, id);
  if (!found.ok) return found;
  const { file, deal } = found.value;
  if (file.removedAt !== null) return seen(desk, file);
  const needed = neededHere(tx, deal, await havingOf(tx, deal), await havingWithout(tx, deal, file));
  if (needed) return refused('wrong_state', needed);
  if ((await tx.attachment.update({ id, removedAt: null }, { removedAt: tx.now })) !== 1)
    return refused('changed_meanwhile');
  await follow(desk, file, 'remove', '删除了');
  return seen(desk, { ...file, removedAt: tx.now });
}

export async function restoreFile(desk: Desk, id: string): Promise<Done<SeenFile>> {
  const { tx } = desk;
  const found = await fileToChange(desk, id);
  if (!found.ok) return found;
  const { file } = found.value;
  if (file.removedAt === null) return seen(desk, file);
  const there = await tx.attachment.list({ opportunityId: file.opportunityId, removedAt: null }, { limit: MOST_FILES });
  if (there.length >= MOST_FILES) return refused('wrong_state', TOO_MANY);
  if ((await tx.attachment.update({ id, removedAt: file.removedAt }, { removedAt: null })) !== 1)
    return refused('changed_meanwhile');
  await follow(desk, file, 'restore', '恢复了');
  return seen(desk, { ...file, removedAt: null });
}

async function seen({ tx }: Desk, file: AttachmentRow): Promise<Done<SeenFile>> {
  return done({ file, by: (await tx.staff.get(file.uploadedBy))?.name ?? '' });
}

async function dealToChange(desk: Desk, id: string): Promise<Done<OpportunityRow>> {
  const deal = (await desk.see.deal(id)) && (await desk.tx.opportunity.hold(id));
  if (!deal) return refused('not_found');
  return (await refuseToChange(desk, deal)) ?? done(deal);
}

async function fileToChange(
  desk: Desk,
  id: string,
): Promise<Done<{ readonly file: AttachmentRow; readonly deal: OpportunityRow }>> {
  const known = await desk.tx.attachment.get(id);
  if (!known) return refused('not_found');
  const deal = await dealToChange(desk, known.opportunityId);
  if (!deal.ok) return deal;
  // As it stands once nobody else changes the deal's files.
  const file = await desk.tx.attachment.get(id);
  return file ? done({ file, deal: deal.value }) : refused('not_found');
}

/** What the deal has without this file. */
async function havingWithout(tx: Tx, deal: OpportunityRow, { id, kind }: AttachmentRow): Promise<ReadonlySet<string>> {
  const same = await tx.attachment.list({ opportunityId: deal.id, kind, removedAt: null });
  const has = new Set(await havingOf(tx, deal));
  if (same.every((one) => one.id === id)) has.delete(havingKey('document', kind));
  return has;
}

/** In the timeline and in the log; and what waited for it goes on. */
async function follow(desk: Desk, file: AttachmentRow, act: 'add' | 'remove' | 'restore', what: string): Promise<void> {
  const { tx, me, notes } = desk;
  const { id, opportunityId, customerId, kind, name } = file;
  const text = `${what}${documentName(tx.active.policy.documents, kind)}：${name}`;
  await tx.activity.insert({
    ...{ id: tx.newId(), customerId, opportunityId, staffId: me.id, kind: 'file', text },
    at: tx.now,
    createdAt: tx.now,
  });
  const detail: AuditNote['detail'] = { fileId: id, kind };
  notes.push({ action: `file.${act}`, entity: 'opportunity', entityId: opportunityId, detail });
  await settleWish(tx, opportunityId);
  await refreshQuestions(tx, opportunityId);
}
