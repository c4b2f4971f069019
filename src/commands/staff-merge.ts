/** `staff merge`: two rows of one colleague become one, whatever platforms they are on. */
import { findByWord } from '../crm/staff/find-by-word.ts';
import { holdingsInWords, isNothing } from '../crm/staff/holdings.ts';
import { mergeStaff } from '../crm/staff/merge-staff.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { person } from './staff-words.ts';

const reasons = {
  not_found: '员工已不存在。',
  same_person: '两个编号是同一个人，不用合并。',
  inactive: '有一位已停用：停用的人不能合并，要转走客户请用 staff handover。',
  program: '接口令牌不是同事，不能合并。',
  same_account: '两位在同一个平台上。',
  other_name: '两边的名字不一样。',
} as const;

export async function staffMerge(fromWord: string, intoWord: string, env: Environment): Promise<number> {
  return withApp(env, async (app) => {
    const told = await app.transact(async (tx) => {
      const [from, into] = [await findByWord(tx, fromWord), await findByWord(tx, intoWord)];
      if (!from.ok) return { ok: false, text: person(fromWord, from.reason) };
      if (!into.ok) return { ok: false, text: person(intoWord, into.reason) };
      const merged = await mergeStaff(tx, { fromId: from.staff.id, intoId: into.staff.id, by: 'command' });
      if (!merged.ok) return { ok: false, text: reasons[merged.reason] };
      const came = isNothing(merged.holdings) ? '' : `，${holdingsInWords(merged.holdings)}也并了过来`;
      return { ok: true, text: `完成：${from.staff.name} 并入 ${merged.into.name}，平台账号都归到一个人${came}。` };
    });
    (told.ok ? process.stdout : process.stderr).write(`${told.text}\n`);
    return told.ok ? 0 : 1;
  });
}
