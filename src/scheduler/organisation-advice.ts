/** What the last readings of the address books ask a person to do, for the health page. */
import type { Tx } from '../crm/tx.ts';
import type { AccountRecord } from '../work/store.ts';

/** One job row per run and account. */
export const organisationJobName = (accountId: string): string => `organisation:${accountId}`;

/** Chinese, with the remedy; nothing for a platform that was read or was never asked. */
export async function organisationAdvice(
  tx: Tx,
  accounts: readonly { readonly account: Pick<AccountRecord, 'id' | 'platform'> }[],
): Promise<string[]> {
  const advice: string[] = [];
  for (const { account } of accounts) {
    const { id, platform } = account;
    const name = organisationJobName(id);
    const [last] = await tx.job.list({ name }, { orderBy: 'startedAt', descending: true, limit: 1 });
    if (last?.status !== 'failed') continue;
    advice.push(`${platform}：没有读到组织架构，员工和部门可能不是最新的。${last.note ?? ''}`);
  }
  return advice;
}
