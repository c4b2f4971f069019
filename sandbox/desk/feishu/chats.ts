/** Feishu's groups and private chats as the desk shows them. */
import type { Company } from '../../company.ts';
import type { Chat, FeishuEmulator, Message } from '../../feishu/index.ts';
import { fateOf } from '../fates.ts';
import { chatMatter, staffMatter } from '../matter.ts';
import { SHOWN_MESSAGES } from '../platform.ts';
import { type BotWords, isAnswered } from '../replies.ts';
import type { Rows } from '../rows.ts';
import { besideChat, noneBeside } from '../sidebar.ts';
import type { DeskState } from '../state.ts';
import type { ChatKind, ChatView, DealView, MessageView, PathView } from '../view.ts';
import { messageText, readCardOf, summaryOfCard } from './messages.ts';
import { suggestedLines } from './suggestions.ts';

interface Parts {
  readonly platform: FeishuEmulator;
  readonly company: Company;
  readonly state: DeskState;
}

export function readChats(parts: Parts, rows: Rows, deals: readonly DealView[]): ChatView[] {
  const { world } = parts.platform;
  const linesOf = suggestedLines(parts.company);
  const byChat = Map.groupBy(world.messages.values(), (message) => message.chatId);
  return [...world.chats.values()]
    .filter((chat) => !chat.dissolved)
    .map((chat) => ({
      ...chatView(parts, rows, deals, chat),
      lines: linesOf(chat),
      messages: (byChat.get(chat.chatId) ?? [])
        .filter((message) => !message.deleted)
        .slice(-SHOWN_MESSAGES)
        .map((message) => messageView(parts, rows, chat, message)),
    }));
}

const NO_PAGE = '飞书的 + 菜单在群里才打开聊单：和机器人的私聊旁边没有客户。';

const kindOf = ({ kind, external }: Chat): ChatKind => (kind === 'p2p' ? 'direct' : external ? 'customer' : 'team');

function chatView(
  { platform: { world } }: Parts,
  rows: Rows,
  deals: readonly DealView[],
  chat: Chat,
): Omit<ChatView, 'lines' | 'messages'> {
  const { chatId, name, external, botIn } = chat;
  const kind = kindOf(chat);
  const direct = kind === 'direct';
  const members = [...chat.memberIds].map((id) => world.people.get(id)).filter((person) => person !== undefined);
  const matter = direct
    ? staffMatter(deals, name)
    : chatMatter(rows, deals, { chatKey: chatId, unknown: unknownOf(kind, botIn) });
  const colleagues = members
    .filter((person) => person.internal)
    .map((person) => ({ id: person.openId, name: person.name }));
  return {
    id: chatId,
    platform: 'feishu',
    name,
    kind,
    title: direct ? `${name}和聊单的私聊` : name,
    subtitle: direct
      ? `${name}在飞书里看到的“聊单”机器人`
      : members.map((person) => person.name).join('、') + (botIn ? '、聊单' : ''),
    external,
    botIn,
    bot: { name: world.bot.name, badge: '机器人' },
    mention: direct ? null : `@${world.bot.name}`,
    status: null,
    path: pathOf(kind, botIn),
    actions: direct || botIn ? [] : [{ command: 'invite', label: '把聊单拉进群' }],
    idle: direct ? '还没有消息' : botIn ? '等客户说话' : '聊单还不在群里',
    empty: emptyOf(kind, name, botIn),
    memberIds: members.map(({ openId }) => openId),
    matter,
    sidebar: direct ? noneBeside(NO_PAGE, colleagues[0]?.id ?? null) : besideChat(matter, colleagues),
  };
}

function pathOf(kind: ChatKind, botIn: boolean): PathView {
  if (!botIn) return { tone: 'quiet', name: '听不到', text: '聊单不在这个群里，拉进来才听得到' };
  if (kind === 'direct') return { tone: 'good', name: '私聊机器人', text: '把客户原话发来、转发或转述（免费）' };
  return kind === 'customer'
    ? { tone: 'good', name: '群机器人', text: '群里每句话都听得到，不用 @（免费）' }
    : { tone: 'ask', name: '内部群机器人', text: '同事 @聊单 转述客户的话；别的话不保存（免费）' };
}

function emptyOf(kind: ChatKind, name: string, botIn: boolean): readonly string[] {
  if (kind === 'direct') return [`聊单还没有事情要找${name}。`, '去客户群里说一句，看卡片会不会来。'];
  if (!botIn) return ['聊单不在这个群，听不到这里的话。', '点右上角把它拉进来。'];
  return ['还没有人说话。', '点下面的例句，或自己写一句。'];
}

function unknownOf(kind: ChatKind, botIn: boolean): string {
  if (!botIn) return '聊单不在这个群，什么也看不到';
  return kind === 'team'
    ? '内部群：没有 @聊单 的话，处理完就丢掉，不保存'
    : '还不知道是谁：客户一开口，就会变成一条线索';
}

const UNHEARD = { summary: '不在群里，听不到', note: '聊单不在这个群里，平台什么也没有推送。先把它拉进群。' };

function messageView({ platform, state }: Parts, rows: Rows, chat: Chat, message: Message): MessageView {
  const card = readCardOf(message);
  const text = card ? '' : messageText(message);
  const sender = message.sender.kind === 'person' ? platform.world.person(message.sender.openId) : null;
  const { messageId, createdAt, mentions, updates } = message;
  const delivery = state.deliveries.get(messageId);
  const addressed = mentions.some(({ bot }) => bot);
  return {
    id: messageId,
    from: sender?.openId ?? 'bot',
    at: createdAt,
    text,
    toBot: addressed,
    card,
    summary: card ? summaryOfCard(card) : text,
    updates,
    fate:
      sender && !state.scenery.has(messageId)
        ? fateOf(rows, {
            key: messageId,
            chatKey: chat.chatId,
            direct: chat.kind === 'p2p',
            addressed,
            sender: { id: sender.openId, internal: sender.internal },
            text,
            at: createdAt,
            delivery,
            how: platform.options.mode === 'webhook' ? '签名 + 加密' : '长连接',
            unheard: delivery === null || !chat.botIn ? UNHEARD : null,
            fetching: false,
            answered:
              (addressed || chat.kind === 'p2p') && isAnswered(createdAt, botWordsNear(platform, chat, sender.openId)),
          })
        : null,
  };
}

/** What the bot said where the words were said, or to their speaker alone. */
function botWordsNear({ world }: FeishuEmulator, { chatId }: Chat, openId: string): BotWords[] {
  const places = new Set([chatId]);
  for (const one of world.chats.values()) if (one.kind === 'p2p' && one.memberIds.has(openId)) places.add(one.chatId);
  return [...world.messages.values()]
    .filter((message) => message.sender.kind === 'bot' && places.has(message.chatId))
    .map((message) => ({ at: message.createdAt, text: messageText(message) }));
}
