/** How fast messages may go to one receiver, over all instances: to a member the platform drops the surplus without a word. */

import type { Address } from '../../src/channel/delivery.ts';
import type { PaceRule } from '../../src/channel/outlet.ts';
import { readChat } from './chats.ts';

/** 30 a minute and 1,000 an hour, of the app and of the bot's conversations alike. https://developer.work.weixin.qq.com/document/path/90236 */
const toMember: PaceRule = { burst: 14, everyMs: 3_850 };
/** 20 a minute for one key. https://developer.work.weixin.qq.com/document/path/99110 */
const toWebhook: PaceRule = { burst: 12, everyMs: 7_700 };

export const paceOf = ({ kind, id }: Address): PaceRule =>
  kind === 'chat' && readChat(id).kind === 'webhook' ? toWebhook : toMember;
