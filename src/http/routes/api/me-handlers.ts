/** The API's operations on the person's own accounts. */
import { done, refused } from '../../../crm/access/desk.ts';
import { giveLinkCode } from '../../../crm/staff/link-code.ts';
import type { Handlers } from './handling.ts';

export const meHandlers: Pick<Handlers, 'myAccounts' | 'makeLinkCode'> = {
  myAccounts: async ({ tx, me }) => {
    const identities = await tx.staffIdentity.list({ staffId: me.id }, { orderBy: 'id' });
    const labels = identities.flatMap(({ accountId }) => tx.guideOf(accountId)?.label ?? []);
    const codes = await tx.linkCode.list({ staffId: me.id, usedAt: null });
    const good = codes.map(({ expiresAt }) => expiresAt).filter((expiresAt) => expiresAt > tx.now);
    return done({ platforms: [...new Set(labels)], codeUntil: good.length === 0 ? null : Math.max(...good) });
  },

  makeLinkCode: async ({ tx, me }) => {
    if (await tx.serviceToken.get(me.id)) return refused('forbidden', '接口令牌不是同事，不能绑定账号。');
    return done(await giveLinkCode(tx, me.id));
  },
};
