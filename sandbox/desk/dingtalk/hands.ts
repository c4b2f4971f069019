/** Speaking and tapping in DingTalk. */
import { done, type Outcome, refuse } from '../outcome.ts';
import type { CardTap, Words } from '../platform.ts';
import type { Scene } from './scene.ts';
import { TAP_REFUSALS } from './words.ts';

export function sayIn({ platform, state, addressed }: Scene, words: Words): Outcome {
  const { chatId, personId, text, toBot, copies } = words;
  const chat = platform.world.chat(chatId);
  if (!chat.memberIds.has(personId)) return refuse(409, '这个人不在会话里。');
  const mentions = toBot && chat.kind === 'group';
  const said = platform.say(personId, chat, text, {
    ...(mentions && { mention: ['bot'] }),
    ...(copies > 1 && { flaws: { copies } }),
  });
  if (mentions) addressed.add(said.messageId);
  state.deliveries.set(said.messageId, said.delivery);
  return done({ notice: null, chatId });
}

/** A tap is answered with the card's new face; a link opens a page, or says something in the person's name. */
export async function tapOn({ platform, state }: Scene, { personId, messageId, value }: CardTap): Promise<Outcome> {
  if (!platform.world.people.has(personId)) return refuse(404, '没有这个人。');
  const result = await platform.tap(personId, messageId, String(value.control));
  const { conversationId: chatId } = platform.world.message(messageId);
  if (result.ok) {
    if (result.said) state.deliveries.set(result.said.messageId, result.said.delivery);
    const text = result.opened && '在钉钉里，这个链接会在侧边打开聊单的页面；演示台不打开它。';
    return done({ notice: text ? { tone: 'info', text } : null, chatId });
  }
  if (result.reason !== 'error') return done({ notice: { tone: 'warning', text: TAP_REFUSALS[result.reason] } });
  return done({ notice: { tone: 'error', text: '点了没有反应：钉钉没等到聊单的应答，请再点一次。' } });
}
