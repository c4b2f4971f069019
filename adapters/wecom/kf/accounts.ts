/** The service accounts that were given to our app. */
import type { WecomClient } from '../client.ts';
import { recordsField, textField } from '../json.ts';

/** The app is not among 可调用接口的应用 · the switch is off · no service in this company: it is simply not in use. */
export const noService = [48002, 48001, 95017, 95012, 95011];

const pageSize = 100;

/** Ids of the accounts we may read. Rejects with ApiFailure. https://developer.work.weixin.qq.com/document/path/94661 */
export async function listAccounts(client: WecomClient): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const reply = await client.post('kf/account/list', { offset, limit: pageSize });
    const accounts = recordsField(reply, 'account_list');
    for (const account of accounts) {
      const id = textField(account, 'open_kfid');
      if (id !== null && account.manage_privilege === true) ids.push(id);
    }
    if (accounts.length < pageSize) return ids;
  }
}
