/** Turns a sign-in code of the client's webview into the colleague who holds it. */
import type { Inbound, SignedIn } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import type { DingtalkClient } from './client.ts';
import { recordField, textField } from './json.ts';

/** Codes live five minutes and work once. Never rejects. */
export type SignIn = (code: string) => Promise<SignedIn>;

/** Code unknown, used or expired; the person is not, or no longer, in the company (dingtalk.md §5.2). */
const refused = ['40078', '60121', '33012'];

/** The platform gives codes and answers them within one company: who is found is a colleague. */
export function createSignIn(
  client: Pick<DingtalkClient, 'oapi'>,
  corpId: string,
  inbound: Pick<Inbound, 'isOurTenant'>,
): SignIn {
  return async (code) => {
    try {
      const reply = await client.oapi('/topapi/v2/user/getuserinfo', { code });
      const result = recordField(reply, 'result');
      const userId = result && textField(result, 'userid');
      if (result === null || userId === null) return { ok: false, reason: 'unavailable' };
      if (!(await inbound.isOurTenant(corpId))) return { ok: false, reason: 'sign_in' };
      const person = { id: userId, tenant: corpId, internal: true };
      return { ok: true, person, name: textField(result, 'name') ?? '' };
    } catch (error) {
      const reason = error instanceof ApiFailure && error.is(...refused) ? 'sign_in' : 'unavailable';
      return { ok: false, reason };
    }
  };
}
