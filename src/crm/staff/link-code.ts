/** A code by which a colleague says on another platform that they are the same person. */
import { MINUTE_MS } from '../calendar/spans.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { holdingsInWords, isNothing } from './holdings.ts';
import { type MergeResult, mergeStaff } from './merge-staff.ts';
import { auditStaff } from './staff-audit.ts';

export const CODE_MINUTES = 10;
/** So many wrong codes of one person within the life of a code, and no more are looked at. */
const MOST_TRIES = 5;

export interface LinkCode {
  /** `K7M2-PQ4X`; shown once, kept as a hash. */
  readonly code: string;
  readonly expiresAt: number;
}

/** A fresh one; an earlier one of theirs is good no more. */
export async function giveLinkCode(tx: Tx, staffId: string): Promise<LinkCode> {
  await tx.linkCode.remove({ staffId, usedAt: null });
  const code = tx.newSpokenCode();
  const expiresAt = tx.now + CODE_MINUTES * MINUTE_MS;
  await tx.linkCode.insert({ id: tx.newId(), staffId, codeHash: tx.digest(code), expiresAt, usedAt: null });
  await auditStaff(tx, { staffId, action: 'staff.link_code', by: 'code', actorId: staffId });
  return { code: `${code.slice(0, 4)}-${code.slice(4)}`, expiresAt };
}

export interface SaidCode {
  readonly speaker: StaffRow;
  readonly accountId: string;
  /** As it was typed. */
  readonly code: string;
}

/** Joins the speaker's row with the one that asked for the code; both platforms hear it. Returns what to say when it does not come to that. */
export async function sayLinkCode(tx: Tx, { speaker, accountId, code }: SaidCode): Promise<string | null> {
  // Tries are counted one after the other.
  await tx.staff.hold(speaker.id);
  if ((await wrongTries(tx, speaker.id)) >= MOST_TRIES) return `绑定码错得太多，请 ${CODE_MINUTES} 分钟后再试。`;
  const known = await tx.linkCode.find({ codeHash: tx.digest(plainCode(code)) });
  // Of two who say one code at the same moment, the second finds it used.
  const row = known && (await tx.linkCode.hold(known.id));
  if (!row || row.usedAt !== null || tx.now > row.expiresAt) {
    await auditStaff(tx, { staffId: speaker.id, action: 'staff.link_refused', by: 'code', actorId: speaker.id });
    return '这个绑定码不对，或者过期了（10 分钟内有效，只用一次）。请在另一个平台上对聊单发“绑定账号”，拿一个新的。';
  }
  const owner = await tx.staff.get(row.staffId);
  const before = await tx.staffIdentity.list({ staffId: row.staffId }, { orderBy: 'id' });
  const merged = await mergeStaff(tx, { fromId: speaker.id, intoId: row.staffId, by: 'code' });
  if (!merged.ok) return refusal(merged.reason, speaker, owner);
  await tx.linkCode.update({ id: row.id }, { usedAt: tx.now });
  await tellBoth(tx, merged, accountId, before[0]?.accountId ?? accountId);
  return null;
}

/** Upper case, without what people put between; what is unlike a code in length is refused by not being found. */
const plainCode = (said: string): string => said.toUpperCase().replace(/[^0-9A-Z]/g, '');

async function wrongTries(tx: Tx, staffId: string): Promise<number> {
  const tries = await tx.auditEntry.list(
    { entity: 'staff', entityId: staffId, action: 'staff.link_refused' },
    { orderBy: 'at', descending: true, limit: MOST_TRIES },
  );
  return tries.filter(({ at }) => at > tx.now - CODE_MINUTES * MINUTE_MS).length;
}

async function tellBoth(tx: Tx, merged: MergeResult & { ok: true }, here: string, there: string): Promise<void> {
  const { into, holdings } = merged;
  const nameOf = (accountId: string) => tx.guideOf(accountId)?.label ?? '另一个平台';
  const came = isNothing(holdings) ? '' : `，${holdingsInWords(holdings)}也并到了一起`;
  const staffId = into.id;
  await tellPerson(tx, {
    staffId,
    accountId: here,
    text: `绑定好了：你在${nameOf(here)}和${nameOf(there)}的账号是同一个人（${into.name}）${came}。`,
  });
  await tellPerson(tx, {
    staffId,
    accountId: there,
    text: `你的${nameOf(here)}账号已经绑定到这里${came}。如果不是你本人做的，请马上告诉管理员。`,
  });
}

function refusal(reason: (MergeResult & { ok: false })['reason'], speaker: StaffRow, owner: StaffRow | null): string {
  const command = `npm run crm -- staff merge ${speaker.name} ${owner?.name ?? ''}`.trim();
  switch (reason) {
    case 'same_person':
      return '这个码是你自己的，两边已经是同一个人了。';
    case 'inactive':
      return '要绑定的账号已停用，不能绑定。请联系管理员。';
    case 'same_account':
      return `你们都在这个平台上，是两位同事，不能用码合并。真是同一个人，请管理员在服务器上运行 ${command}`;
    case 'other_name':
      return `两边的名字不一样（${speaker.name}、${owner?.name ?? ''}），为了安全没有合并。请管理员在服务器上运行 ${command}`;
    case 'not_found':
    case 'program':
      return '找不到要绑定的账号，请再拿一个新的绑定码。';
  }
}
