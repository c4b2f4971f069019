/** At the desk: on which platforms the person is known, and a code that adds another one. */
import { type Desk, type Done, done, refused } from '../access/desk.ts';
import { giveLinkCode, type LinkCode } from './link-code.ts';

export interface MyAccounts {
  /** As people call them, Chinese. */
  readonly platforms: string[];
  /** Until when the last code is good; null when there is none. */
  readonly codeUntil: number | null;
}

export async function myAccounts({ tx, me }: Desk): Promise<MyAccounts> {
  const identities = await tx.staffIdentity.list({ staffId: me.id }, { orderBy: 'id' });
  const labels = identities.flatMap(({ accountId }) => tx.guideOf(accountId)?.label ?? []);
  const codes = await tx.linkCode.list({ staffId: me.id, usedAt: null });
  const good = codes.map(({ expiresAt }) => expiresAt).filter((expiresAt) => expiresAt > tx.now);
  return { platforms: [...new Set(labels)], codeUntil: good.length === 0 ? null : Math.max(...good) };
}

export async function makeLinkCode({ tx, me }: Desk): Promise<Done<LinkCode>> {
  if (await tx.serviceToken.get(me.id)) return refused('forbidden', '接口令牌不是同事，不能绑定账号。');
  return done(await giveLinkCode(tx, me.id));
}
