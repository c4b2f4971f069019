/** `staff …`: who works here, reading the address books now, importing a list, roles, regions and products, and handing over. */

import type { StaffRow } from '../crm/rows/people.ts';
import type { StaffDecision } from '../crm/staff/change-staff.ts';
import { changeStaff } from '../crm/staff/change-staff.ts';
import { findByWord } from '../crm/staff/find-by-word.ts';
import type { Tx } from '../crm/tx.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { roleOf, splitLines } from './staff-file.ts';
import { staffGreet } from './staff-greet.ts';
import { staffHandover } from './staff-handover.ts';
import { staffImport } from './staff-import.ts';
import { staffLeave } from './staff-leave.ts';
import { staffList } from './staff-list.ts';
import { staffMerge } from './staff-merge.ts';
import { staffSync } from './staff-sync.ts';
import { person } from './staff-words.ts';

const USAGE = `用法：npm run crm -- staff <命令>

  list                                 列出员工：角色、主管、部门、区域、产品线
  sync                                 现在就从各平台同步组织架构
  import 文件.xlsx                     导入名单（Excel 第一张表，或 CSV），列：姓名、手机号、主管、角色、区域、产品线
  role 姓名 admin|manager|sales        设为管理员、主管或销售
  region 姓名 区域                     设置区域
  products 姓名 产品线，产品线         设置产品线
  greet [--send]                       给还没问候过的同事各发一张卡片；不写 --send 只说有几位
  leave 姓名 [从哪天] [到哪天]        填休假（整天，如 2026-12-01）；只写姓名是查看，写 end 是取消
  handover 交出人 接手人               交接客户、商机、线索和要做的事
  merge 重复的 保留的                  同一个人有两条记录：把前一条并入后一条

姓名有重名时，请改用手机号或 list 里的编号。
`;

export async function staffCommand(args: readonly string[], env: Environment): Promise<number> {
  const [word, first, ...rest] = args;
  if (word === 'list') return staffList(env);
  if (word === 'sync') return staffSync(env);
  if (word === 'greet') return staffGreet(first === '--send', env);
  if (word === 'import' && first) return staffImport(first, env);
  if (word === 'merge' && first && rest[0]) return staffMerge(first, rest[0], env);
  if (word === 'leave' && first) return staffLeave(first, rest, env);
  if (word === 'handover' && first && rest[0]) return staffHandover(first, rest[0], env);
  const value = rest.join(' ').trim();
  if (word === 'role' && first && roleOf(value) !== null) return decide(first, { role: roleOf(value) ?? 'sales' }, env);
  if (word === 'region' && first && value) return decide(first, { region: value }, env);
  if (word === 'products' && first && value) return decide(first, { productLines: splitLines(value) }, env);
  process.stderr.write(USAGE);
  return 2;
}

function decide(word: string, decision: StaffDecision, env: Environment): Promise<number> {
  return withApp(env, async (app) => {
    const result = await app.transact((tx) => decideIn(tx, word, decision));
    if (!result.ok) {
      process.stderr.write(`${person(word, result.reason)}\n`);
      return 1;
    }
    process.stdout.write(`${result.staff.name}：已保存，以后同步组织架构时不会改回去。\n`);
    return 0;
  });
}

async function decideIn(
  tx: Tx,
  word: string,
  decision: StaffDecision,
): Promise<{ ok: true; staff: StaffRow } | { ok: false; reason: 'unknown_person' | 'several_people' }> {
  const meant = await findByWord(tx, word);
  if (meant.ok) await changeStaff(tx, meant.staff.id, decision, 'command');
  return meant;
}
