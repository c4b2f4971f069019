/** WeCom's messages as people read them, and what became of them. */
import { asObject, type JsonObject } from '../../platform/json.ts';
import type { Chat, Message } from '../../wecom/world.ts';
import { fateOf, type Said } from '../fates.ts';
import { type BotWords, isAnswered } from '../replies.ts';
import type { Rows } from '../rows.ts';
import type { MessageView } from '../view.ts';
import { botNameIn, type Place, type Scene } from './scene.ts';

/** A bell is answered before the words behind it are fetched, and the bot's socket acknowledges nothing: so long we wait. */
const FETCH_MS = 3000;
const MARKUP: ReadonlySet<string> = new Set(['markdown', 'stream']);

export function messageView(scene: Scene, rows: Rows, place: Place, message: Message): MessageView {
  const { messageId, sender, createdAt, updates, type, body } = message;
  const card = type === 'template_card' ? body : null;
  const toBot = scene.addressed.has(messageId);
  const words = card ? '' : wordsOf(type, body);
  const text = toBot ? `@${botNameIn(scene)} ${words}` : words;
  const person = sender.kind === 'person';
  return {
    id: messageId,
    from: person ? sender.id : 'bot',
    at: createdAt,
    text,
    toBot,
    card,
    summary: card ? String(asObject(card.main_title)?.title ?? '卡片') : text,
    updates,
    ...(!person && MARKUP.has(type) && { markdown: true as const }),
    fate: person && !scene.state.scenery.has(messageId) ? fateOf(rows, saidIn(scene, place, message, text)) : null,
  };
}

function saidIn(scene: Scene, place: Place, { messageId, sender, createdAt }: Message, text: string): Said {
  const { platform, state, addressed } = scene;
  const delivery = state.deliveries.get(messageId);
  const { kind, withBot } = place;
  const heard = kind === 'direct' || addressed.has(messageId);
  const young = platform.clock.now() - createdAt < FETCH_MS;
  return {
    // A message to the app gets its number from the callback, everything else has the one that all sides know.
    key: kind === 'direct' && !withBot ? (delivery?.eventId ?? messageId) : messageId,
    chatKey: place.key,
    direct: kind === 'direct',
    addressed: addressed.has(messageId),
    sender: { id: sender.id, internal: platform.world.members.has(sender.id) },
    text,
    at: createdAt,
    delivery,
    how: withBot
      ? '机器人长连接'
      : { service: '签名 + 加密，响铃后拉取', team: '机器人长连接', direct: '签名 + 加密', private: '' }[kind],
    unheard: unheardIn(scene, place, messageId),
    fetching: (kind !== 'direct' || withBot) && young,
    answered: heard && isAnswered(createdAt, botWordsNear(scene, sender.id, place)),
  };
}

/** What the app or the bot said where the words were said, or to their speaker alone. */
function botWordsNear({ platform: { world } }: Scene, memberId: string, { chat }: Place): BotWords[] {
  const own = (one: Chat) => (one.kind === 'app' || one.kind === 'bot') && one.memberIds.has(memberId);
  const places = new Set([chat, ...[...world.chats.values()].filter(own)].map(({ chatId }) => chatId));
  return [...world.messages.values()]
    .filter(({ sender, chatId }) => sender.kind !== 'person' && places.has(chatId))
    .map(({ createdAt, type, body }) => ({ at: createdAt, text: wordsOf(type, body) }));
}

function unheardIn(scene: Scene, { kind }: Place, messageId: string): Said['unheard'] {
  if (kind === 'private') {
    return scene.forwarded.has(messageId)
      ? { summary: '已转发给聊单应用', note: '同事把这句话转发给了聊单应用，结果写在他和应用的聊天里。' }
      : { summary: '听不到', note: '没有会话存档，平台不把私聊交给任何应用。点“转发给聊单”，把原话交给聊单应用。' };
  }
  if (kind !== 'team' || scene.state.deliveries.get(messageId)) return null;
  return scene.addressed.has(messageId)
    ? { summary: '机器人没接住', note: '同一个人最多有 3 句话等机器人回复，这一句平台没有交给它。' }
    : { summary: '没有 @，听不到', note: `平台只把 @${botNameIn(scene)} 的话交给智能机器人。` };
}

function wordsOf(type: string, body: JsonObject): string {
  if (typeof body.content === 'string') return body.content;
  const names: Readonly<Record<string, string>> = {
    image: '图片',
    voice: '语音',
    video: '视频',
    file: '文件',
    link: '链接',
  };
  return `[${names[type] ?? '消息'}]`;
}
