/** The chat that the policy means by a group's name, if something may be sent there now. */
import { type GroupKey, groupLabel } from '../ask/words/named-groups.ts';
import { tellPerson } from '../card/tell-person.ts';
import type { ChatRow } from '../rows/words.ts';
import type { Tx } from '../tx.ts';

export type FoundGroup =
  | { readonly ok: true; readonly chat: ChatRow }
  /** `unbound`: nobody said which group it is · `outsiders`: somebody of another company has come into it. */
  | { readonly ok: false; readonly why: NoGroup };

type NoGroup = 'unbound' | 'outsiders';

/** Looked up again whenever something goes there: customers may have been asked in since it was named. */
export async function groupOf(tx: Tx, key: string): Promise<FoundGroup> {
  const named = await tx.namedGroup.get(key);
  const chat = named && (await tx.chat.get(named.chatId));
  if (!chat) return { ok: false, why: 'unbound' };
  return chat.external || chat.customerId !== null ? { ok: false, why: 'outsiders' } : { ok: true, chat };
}

/** The group is found: should it get lost again, that is told again. */
export async function groupIsFound(tx: Tx, key: string): Promise<void> {
  await tx.setting.remove({ id: toldKey(key) });
}

/** Tells whoever is in charge, once until the group is found again, what keeps something from going there and how to mend it. */
export async function askForGroup(tx: Tx, key: string, why: NoGroup | 'unreachable', what: string): Promise<void> {
  const told = await tx.setting.get(toldKey(key));
  // That it is missing says nothing new to whoever heard why.
  if (told && (why === 'unbound' || told.value === JSON.stringify(why))) return;
  const row = { value: JSON.stringify(why), updatedAt: tx.now };
  if (told) await tx.setting.update({ id: told.id }, row);
  else if (!(await tx.setting.insertIfNew({ id: toldKey(key), ...row }))) return;
  const text = sentence(groupLabel(key as GroupKey) || key, why, what);
  for (const staffId of await inCharge(tx)) await tellPerson(tx, { staffId, accountId: '', text });
}

/** The bot was taken out of a chat: what the policy means by a name is no longer there. */
export async function leaveGroups(tx: Tx, chatId: string): Promise<void> {
  for (const { id } of await tx.namedGroup.list({ chatId })) {
    await tx.namedGroup.remove({ id });
    await askForGroup(tx, id, 'unreachable', '给主管们的提醒');
  }
}

/** Ids take 40 characters. */
const toldKey = (key: string): string => `no-group.${key}`.slice(0, 40);

function sentence(label: string, why: NoGroup | 'unreachable', what: string): string {
  const how = `请把我拉进一个只有同事的群，在群里 @我 发“绑定 ${label}”。没发出去的都留着，绑好就发。`;
  if (why === 'unbound') return `${what}要发到${label}，但还没有说哪个群是${label}。${how}`;
  if (why === 'outsiders') return `${label}里有公司以外的人，${what}不再发到那里。${how}`;
  return `${what}发不到${label}，我可能已不在群里，已经解绑。${how}`;
}

/** Administrators, else managers, else whoever is there first. */
async function inCharge(tx: Tx): Promise<readonly string[]> {
  const admins = await tx.staff.list({ role: 'admin', active: true });
  const managers = admins.length > 0 ? admins : await tx.staff.list({ role: 'manager', active: true });
  const people = managers.length > 0 ? managers : await tx.staff.list({ active: true }, { limit: 1 });
  return people.map(({ id }) => id);
}
