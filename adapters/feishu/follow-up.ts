/** Brings a tapped card up to date after an update that was under way when the tap came. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelLog } from '../../src/channel/channel.ts';
import type { FeishuClient } from './client.ts';
import type { JsonRecord } from './json.ts';
import type { Limiter } from './limiter.ts';
import type { Writers } from './writers.ts';

/** Longer than any call may take. */
const pendingPatchMs = 12_000;
/** The tap's own answer must have reached the platform before. */
const afterAnswerMs = 1_500;
const limitPatienceMs = 5_000;

/** Best effort, in this process only: the core's next update of the card shows the same facts. */
export function createCardFollowUp(
  client: FeishuClient,
  limiter: Limiter,
  writers: Writers,
  log: ChannelLog,
): (messageId: string, card: JsonRecord) => void {
  async function follow(messageId: string, card: JsonRecord): Promise<void> {
    await writers.patched(messageId, pendingPatchMs);
    await sleep(afterAnswerMs, undefined, { ref: false });
    if ((await limiter.holdFor(messageId, limitPatienceMs)) > 0) return;
    const content = JSON.stringify(card);
    await writers.patch(messageId, () =>
      client.asApp((lark, auth) =>
        lark.im.v1.message.patch({ path: { message_id: messageId }, data: { content } }, auth),
      ),
    );
  }

  return (messageId, card) => {
    follow(messageId, card).catch(() => log.warn({}, 'feishu card could not be brought up to date after a tap'));
  };
}
