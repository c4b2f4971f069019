/** `绑定账号` and the code that answers it: one person on several platforms is one colleague here. */
import type { StaffRow } from '../rows/people.ts';
import type { ChatRow } from '../rows/words.ts';
import { CODE_MINUTES, giveLinkCode, sayLinkCode } from '../staff/link-code.ts';
import type { Tx } from '../tx.ts';

interface Said {
  readonly accountId: string;
  readonly staff: StaffRow;
  readonly chat: ChatRow | null;
}

/** Returns what to tell the colleague; null when they have been told. */
export async function linkAccount(
  tx: Tx,
  { accountId, staff, chat }: Said,
  code: string | null,
): Promise<string | null> {
  if (chat !== null) return '绑定账号请私聊我发，不要在群里：绑定码给别人看到，别人就能冒充你。';
  if (code !== null) return sayLinkCode(tx, { speaker: staff, accountId, code });
  const given = await giveLinkCode(tx, staff.id);
  return [
    `你的绑定码：${given.code}`,
    `${CODE_MINUTES} 分钟内有效，只用一次。用你在另一个平台的账号私聊那边的聊单，把这个码发过去：那个账号和它名下的客户、商机就并到你这里。`,
    '不要把码给别人。',
  ].join('\n');
}
