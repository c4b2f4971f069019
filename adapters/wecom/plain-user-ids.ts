/** Turns the encrypted ids in which the AI bot names people into plain userids. */
import type { WecomClient } from './client.ts';
import { recordsField, textField } from './json.ts';

const mostAtOnce = 1_000;

/** Ids it cannot tell are missing from the answer. Rejects with ApiFailure. https://developer.work.weixin.qq.com/document/path/101521 */
export function createPlainUserIds(
  client: WecomClient,
): (openUserIds: readonly string[]) => Promise<ReadonlyMap<string, string>> {
  return async (openUserIds) => {
    const known = new Map<string, string>();
    for (let at = 0; at < openUserIds.length; at += mostAtOnce) {
      const reply = await client.post('batch/openuserid_to_userid', {
        open_userid_list: openUserIds.slice(at, at + mostAtOnce),
      });
      for (const pair of recordsField(reply, 'userid_list')) {
        const [open, plain] = [textField(pair, 'open_userid'), textField(pair, 'userid')];
        if (open !== null && plain !== null) known.set(open, plain);
      }
    }
    return known;
  };
}
