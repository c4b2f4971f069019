/** `retention`: what is kept how long, and what the next nightly clean-up would take; changes nothing. */
import { retentionTerms } from '../scheduler/housekeeping.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';

export async function retentionCommand(args: readonly string[], env: Environment): Promise<number> {
  if (args.length > 0) {
    process.stderr.write('用法：npm run crm -- retention（只列出，不删除；删除由服务每天凌晨做）\n');
    return 2;
  }
  return withApp(env, async ({ look, database }) => {
    const terms = await look(retentionTerms);
    process.stdout.write('保留期限，以及下次清理（每天 3:17，服务启动时也做）会清除多少：\n');
    for (const rule of database.retention)
      process.stdout.write(`  ${rule.label}：${rule.term(terms)}，到期 ${await rule.count(terms)} 条\n`);
    process.stdout.write(
      '期限在策略的 privacy 里改：messageDays、leadDays、auditDays。什么一直留着：docs/operations.md。\n',
    );
    return 0;
  });
}
