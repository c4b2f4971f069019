/** `绑定 主管群`: this group is the one the policy means by that name. Only one is, and no outsider may be in it. */
import { writeAudit } from '../audit/audit.ts';
import { closeSubjectCards } from '../card/close-moot-cards.ts';
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import { SET_UP } from '../staff/greet.ts';
import type { Tx } from '../tx.ts';
import { type GroupKey, groupLabel } from './words/named-groups.ts';

interface Said {
  readonly staff: StaffRow;
  /** Where it was said; null when to the bot alone. */
  readonly chat: ChatRow | null;
}

/** Returns what to tell the colleague. Another group makes room only for who says so (`replace`). */
export async function nameGroup(tx: Tx, { staff, chat }: Said, key: GroupKey, replace: boolean): Promise<string> {
  const label = groupLabel(key);
  if (chat?.kind !== 'group') return `请在要当${label}的群里 @我 发“绑定 ${label}”。`;
  if (!(await mayName(tx, staff))) return whomToAsk(tx, label);
  if (chat.external)
    return `这个群里有公司以外的人，不能当${label}：发到${label}的提醒里有客户和业绩。请在只有同事的群里绑定。`;
  const owner = await belongsTo(tx, chat);
  if (owner !== null) return `这个群已经归到${owner}，不能再当${label}。请换一个群绑定。`;
  const before = await tx.namedGroup.get(key);
  if (before?.chatId === chat.id) return `${called(chat)}本来就是${label}。`;
  const other = before && (await tx.chat.get(before.chatId));
  if (other && !replace)
    return `${label}现在是${called(other)}${platformOf(tx, other)}。要换成这里，请在这个群里 @我 发“重新绑定 ${label}”。`;
  const row = { chatId: chat.id, boundBy: staff.id, boundAt: tx.now };
  if (!(await tx.namedGroup.insertIfNew({ id: key, ...row }))) await tx.namedGroup.update({ id: key }, row);
  await note(tx, staff, chat.id, 'chat.named', { key, instead: before?.chatId ?? null });
  // Whoever was asked whose group it is need not answer any more.
  await closeSubjectCards(tx, `chat:${chat.id}`, `已是${label}`);
  const instead = other ? `，${called(other)}不再是了` : '';
  return `好的，${called(chat)}现在是${label}${instead}。以后给主管们的提醒发到这里；要取消，在群里 @我 发“解绑 ${label}”。`;
}

/** Returns what to tell the colleague. From anywhere: the group may be gone. */
export async function unnameGroup(tx: Tx, { staff }: Said, key: GroupKey): Promise<string> {
  const label = groupLabel(key);
  if (!(await mayName(tx, staff))) return whomToAsk(tx, label);
  const row = await tx.namedGroup.get(key);
  if (!row) return `现在没有${label}，不用解绑。`;
  await tx.namedGroup.remove({ id: key });
  await note(tx, staff, row.chatId, 'chat.unnamed', { key });
  const chat = await tx.chat.get(row.chatId);
  return `好的，${chat ? called(chat) : '那个群'}不再是${label}。要换一个，在新的群里 @我 发“绑定 ${label}”。`;
}

/** Administrators and managers; on the first day, when there is no administrator yet, whoever sets up. */
async function mayName(tx: Tx, { role }: StaffRow): Promise<boolean> {
  if (role !== 'sales') return true;
  return (await tx.setting.get(SET_UP)) === null && (await tx.staff.find({ role: 'admin', active: true })) === null;
}

async function whomToAsk(tx: Tx, label: string): Promise<string> {
  const who =
    (await tx.staff.find({ role: 'admin', active: true })) ?? (await tx.staff.find({ role: 'manager', active: true }));
  return `只有管理员和主管能定${label}${who ? `，请找${who.name}` : ''}。`;
}

async function belongsTo(tx: Tx, { customerId, leadId }: ChatRow): Promise<string | null> {
  const customer = customerId === null ? null : await tx.customer.get(customerId);
  if (customer) return `客户「${customer.name}」`;
  const lead = leadId === null ? null : await tx.lead.get(leadId);
  return lead?.status === 'open' ? `线索「${lead.name}」` : null;
}

const called = (chat: ChatRow): string => (chat.name ? `群「${chat.name}」` : '这个群');

function platformOf(tx: Tx, chat: ChatRow): string {
  const label = tx.guideOf(chat.accountId)?.label;
  return label === undefined ? '' : `（${label}）`;
}

const note = (tx: Tx, staff: StaffRow, entityId: string, action: string, detail: Readonly<Record<string, unknown>>) =>
  writeAudit(tx, staff.id, [{ action, entity: 'chat', entityId, detail }]);
