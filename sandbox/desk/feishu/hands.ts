/** Speaking and tapping in Feishu. */
import type { FeishuEmulator } from '../../feishu/index.ts';
import { done, type Outcome, refuse } from '../outcome.ts';
import type { CardTap, Words } from '../platform.ts';
import type { DeskState } from '../state.ts';
import { TAP_REFUSALS } from './words.ts';

export function sayIn(platform: FeishuEmulator, state: DeskState, words: Words): Outcome {
  const chat = platform.world.chat(words.chatId);
  const person = platform.world.people.get(words.personId);
  if (!person || !chat.memberIds.has(person.openId)) return refuse(409, '这个人不在会话里。');
  const said = platform.say(person, chat, words.text, {
    ...(words.toBot && chat.kind === 'group' && { mention: ['bot'] }),
    ...(words.copies > 1 && { flaws: { copies: words.copies } }),
  });
  state.deliveries.set(said.messageId, said.delivery);
  return done({ notice: null, chatId: chat.chatId });
}

export async function tapOn(
  platform: FeishuEmulator,
  { personId, messageId, value, values }: CardTap,
): Promise<Outcome> {
  if (!platform.world.people.has(personId)) return refuse(404, '没有这个人。');
  const result = await platform.tap(personId, messageId, { value }, values);
  if (result.ok) {
    const notice = result.toast ? { tone: result.toast.type, text: result.toast.content } : null;
    return done({ notice, chatId: platform.world.message(messageId).chatId });
  }
  if (result.reason !== 'error') return done({ notice: { tone: 'warning', text: TAP_REFUSALS[result.reason] } });
  return done({ notice: { tone: 'error', text: `操作失败，请稍后重试（错误码 ${result.code}）` } });
}
