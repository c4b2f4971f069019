/** DingTalk's messages as people read them, and what became of them. */

import type { Chat, Message } from '../../dingtalk/world.ts';
import type { JsonObject } from '../../platform/json.ts';
import { fateOf, type Said } from '../fates.ts';
import { type BotWords, isAnswered } from '../replies.ts';
import type { Rows } from '../rows.ts';
import type { MessageView } from '../view.ts';
import { cardIn } from './cards.ts';
import { botIn, type Scene } from './scene.ts';

export function messageView(scene: Scene, rows: Rows, chat: Chat, message: Message): MessageView {
  const { messageId, sender, createdAt, type, body } = message;
  const person = sender.kind === 'person';
  const shown = person ? null : cardIn(scene, message);
  const toBot = scene.addressed.has(messageId);
  const words = shown ? '' : wordsOf(type, body);
  const text = toBot ? `@${botIn(scene)} ${words}` : words;
  return {
    id: messageId,
    from: person ? sender.userId : 'bot',
    at: createdAt,
    text,
    ...(!person && type === 'markdown' && { markdown: true as const }),
    toBot,
    card: shown?.card ?? null,
    summary: shown?.summary ?? (typeof body.title === 'string' && body.title !== '' ? body.title : text),
    updates: shown?.updates ?? 0,
    fate: person && !scene.state.scenery.has(messageId) ? fateOf(rows, saidIn(scene, chat, message, text)) : null,
  };
}

function saidIn(scene: Scene, chat: Chat, message: Message, text: string): Said {
  const { platform, state, addressed } = scene;
  const { messageId, sender, createdAt } = message;
  const delivery = state.deliveries.get(messageId);
  return {
    key: messageId,
    chatKey: chat.conversationId,
    direct: chat.kind === 'p2p',
    addressed: addressed.has(messageId),
    sender: { id: sender.userId, internal: true },
    text,
    at: createdAt,
    delivery,
    how: platform.options.mode === 'stream' ? 'Stream 长连接' : '签名 + 加密',
    unheard: delivery ? null : unheardIn(scene, chat),
    fetching: false,
    answered: delivery != null && isAnswered(createdAt, botWordsNear(scene, chat, sender.userId)),
  };
}

/** What the bot said where the words were said, or to their speaker alone: answers in groups are private. */
function botWordsNear({ platform: { world } }: Scene, chat: Chat, userId: string): BotWords[] {
  const places = new Set([chat.conversationId]);
  for (const one of world.chats.values())
    if (one.kind === 'p2p' && one.memberIds.has(userId)) places.add(one.conversationId);
  return [...world.messages.values()]
    .filter(({ sender, conversationId }) => sender.kind === 'bot' && places.has(conversationId))
    .map(({ createdAt, type, body }) => ({ at: createdAt, text: wordsOf(type, body) }));
}

function unheardIn(scene: Scene, { kind, botIn: inside }: Chat): Said['unheard'] {
  if (kind === 'p2p' || !inside) return { summary: '听不到', note: '平台什么也没有推送。' };
  return {
    summary: '没有 @，听不到',
    note: `钉钉只把 @${botIn(scene)} 的话交给机器人，群里别的话它一个字也收不到。加上 @${botIn(scene)} 再说一遍就听得到。`,
  };
}

function wordsOf(type: string, body: JsonObject): string {
  if (typeof body.content === 'string') return body.content;
  if (typeof body.words === 'string') return body.words;
  const names: Readonly<Record<string, string>> = { picture: '图片', audio: '语音', file: '文件', richText: '图文' };
  return `[${names[type] ?? '消息'}]`;
}
