/** Tells the people in charge that a platform's monthly allowance is running out. */
import { tellPerson } from '../card/tell-person.ts';
import type { Tx } from '../tx.ts';

export interface UsageWarning {
  readonly accountId: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly kind: string;
  /** How people call what is metered, Chinese. */
  readonly label: string;
  readonly percent: number;
  readonly used: number;
  readonly callsPerMonth: number;
  readonly paysForCards: boolean;
}

/** Once per account, kind, month and level, to every administrator, else to the managers, else to whoever is there first. */
export async function warnUsage(tx: Tx, warning: UsageWarning): Promise<void> {
  const admins = await tx.staff.list({ role: 'admin', active: true });
  const managers = admins.length > 0 ? admins : await tx.staff.list({ role: 'manager', active: true });
  const people = managers.length > 0 ? managers : await tx.staff.list({ active: true }, { limit: 1 });
  const { accountId, kind, month, percent } = warning;
  for (const { id } of people) {
    const key = `usage:${accountId}:${kind}:${month}:${percent}:${id}`;
    await tellPerson(tx, { staffId: id, accountId, key, text: wording(warning) });
  }
}

function wording({ label, percent, used, callsPerMonth, paysForCards, month }: UsageWarning): string {
  const facts = `${label}：${Number(month.slice(5))} 月已用 ${used} 次，超过每月 ${callsPerMonth} 次的 ${percent}%。`;
  return `${facts}\n${whatFollows(percent, paysForCards)}`;
}

/** What it means for people that so much of an allowance is used, and what to do; Chinese. */
export function whatFollows(percent: number, paysForCards: boolean): string {
  if (!paysForCards) return '用完后，发给机器人的消息到下月 1 日前收不到，请提前安排，或在平台的管理后台升级额度。';
  if (percent < 90) return '到 90% 时聊单会节省使用：进展并入每日汇总，答复改用文字。额度每月 1 日恢复。';
  return '从现在到月底，聊单只发每日汇总和文字答复。要恢复卡片，请在平台的管理后台升级额度。';
}
