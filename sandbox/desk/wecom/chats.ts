/** WeCom's conversations as the desk shows them: service sessions, the app's private chats, groups, chats between people. */
import { chatMatter, staffMatter } from '../matter.ts';
import { SHOWN_MESSAGES } from '../platform.ts';
import type { Rows } from '../rows.ts';
import { besideChat, noneBeside } from '../sidebar.ts';
import type { ChatView, DealView, PathView, ToolView } from '../view.ts';
import { messageView } from './messages.ts';
import { botNameIn, nameIn, type Place, placeOf, type Scene, serversOf } from './scene.ts';
import { linesIn } from './suggestions.ts';

export function readChats(scene: Scene, rows: Rows, deals: readonly DealView[]): ChatView[] {
  const { world } = scene.platform;
  const byChat = Map.groupBy(world.messages.values(), (message) => message.chatId);
  return [...world.chats.values()].flatMap((chat) => {
    const place = chat.dissolved ? null : placeOf(scene, chat);
    if (!place) return [];
    const messages = (byChat.get(chat.chatId) ?? []).filter(({ recalled }) => !recalled);
    const shown = messages.slice(-SHOWN_MESSAGES).map((message) => messageView(scene, rows, place, message));
    return { ...chatView(scene, rows, deals, place), lines: linesIn(scene, place), messages: shown };
  });
}

function chatView(
  scene: Scene,
  rows: Rows,
  deals: readonly DealView[],
  place: Place,
): Omit<ChatView, 'lines' | 'messages'> {
  const { chat, kind, speakerIds, customerId } = place;
  const bot = botNameIn(scene);
  const member = nameIn(scene, place.memberId);
  const title = titleOf(scene, place);
  const matter =
    kind === 'direct'
      ? staffMatter(deals, member)
      : chatMatter(rows, deals, {
          chatKey: place.key,
          ...(customerId && { outsiderId: customerId }),
          unknown: unknownOf(kind),
        });
  const servers = serversOf(scene, place).map((id) => ({ id, name: nameIn(scene, id) }));
  return {
    id: chat.chatId,
    platform: 'wecom',
    name: kind === 'direct' ? member : kind === 'team' ? chat.name : nameIn(scene, customerId),
    kind,
    ...(place.withBot && { tag: '智能机器人' }),
    title,
    subtitle: subtitleOf(scene, place),
    external: customerId !== null,
    botIn: kind !== 'private',
    bot:
      kind === 'team' || place.withBot
        ? { name: bot, badge: '机器人' }
        : { name: scene.platform.options.appName, badge: '应用' },
    mention: kind === 'team' ? `@${bot}` : null,
    status: kind === 'service' ? sessionOf(scene, place) : null,
    path: place.withBot ? BOT_PATH : pathOf(kind, bot),
    actions: actionsOf(scene, place),
    idle: { direct: '还没有消息', service: '等客户说话', team: '还没有人说话', private: '还没有人说话' }[kind],
    empty: place.withBot ? [`${member}还没有和机器人说过话。`, '转述客户的话，或者问它一句。'] : emptyOf(kind, member),
    memberIds: speakerIds,
    matter,
    sidebar:
      kind === 'direct' || kind === 'team'
        ? noneBeside(NO_PAGE, kind === 'direct' ? place.memberId : null)
        : besideChat(matter, servers),
  };
}

const NO_PAGE = '企业微信的聊天工具栏只在和客户的会话里（单聊、客户群、微信客服），内部群和应用里没有。';

function titleOf(scene: Scene, { chat, kind, memberId, customerId, withBot }: Place): string {
  if (withBot) return `${nameIn(scene, memberId)}和智能机器人的单聊`;
  if (kind === 'direct') return `${nameIn(scene, memberId)}的聊单应用`;
  if (kind === 'service') return `${nameIn(scene, customerId)}的客服会话`;
  return kind === 'private' ? `${nameIn(scene, memberId)}和${nameIn(scene, customerId)}的私聊` : chat.name;
}

function subtitleOf(scene: Scene, { chat, kind, memberId, customerId, speakerIds, withBot }: Place): string {
  const company = scene.companies.get(customerId ?? '');
  const customer = `${nameIn(scene, customerId)}（${company ?? '微信用户'}）`;
  if (withBot) return `${nameIn(scene, memberId)}在企业微信里和“${botNameIn(scene)}”单聊`;
  if (kind === 'direct') return `${nameIn(scene, memberId)}在企业微信里打开的“${scene.platform.options.appName}”`;
  if (kind === 'service') return `${customer}在微信里，对面是客服账号“${chat.name}”`;
  if (kind === 'private') return `${customer}在微信里，${nameIn(scene, memberId)}在企业微信里`;
  return `${speakerIds.map((id) => nameIn(scene, id)).join('、')}、${botNameIn(scene)}`;
}

function sessionOf(scene: Scene, { session }: Place): ChatView['status'] {
  switch (session?.state) {
    case undefined:
      return null;
    case 0:
      return { text: '新会话，正在分配', tone: 'ask' };
    case 1:
      return { text: '程序接待', tone: 'ask' };
    case 2:
      return { text: '在接待池排队', tone: 'ask' };
    case 3:
      return { text: `已分配给 ${nameIn(scene, session?.servicer ?? null)}`, tone: 'good' };
    default:
      return { text: '会话已结束', tone: 'quiet' };
  }
}

const BOT_PATH: PathView = { tone: 'good', name: '智能机器人', text: '单聊里每句话都听得到，不用 @（免费）' };

function pathOf(kind: Place['kind'], bot: string): PathView {
  switch (kind) {
    case 'service':
      return { tone: 'good', name: '微信客服', text: '客户和接待同事的文字都听得到（免费，不占席位）' };
    case 'direct':
      return { tone: 'good', name: '聊单应用', text: '把客户原话转发、粘贴或转述过来（免费）' };
    case 'team':
      return { tone: 'ask', name: '智能机器人', text: `只听得到 @${bot} 的话（免费）` };
    case 'private':
      return { tone: 'quiet', name: '成员私聊', text: '聊单听不到，除非开通会话存档；可转发给聊单应用' };
  }
}

function actionsOf(scene: Scene, { chat, kind, session }: Place): ToolView[] {
  if (kind === 'private') {
    const fresh = scene.platform.world.messagesIn(chat).some(({ messageId }) => !scene.forwarded.has(messageId));
    return fresh ? [{ command: 'forward', label: '转发给聊单' }] : [];
  }
  if (session?.state === 2) return [{ command: 'take', label: '王强接入' }];
  return session?.state === 3 ? [{ command: 'end', label: '结束会话', quiet: true }] : [];
}

function emptyOf(kind: Place['kind'], member: string): readonly string[] {
  if (kind === 'direct') return [`聊单还没有事情要找${member}。`, '把客户的原话写在下面发给它，看它怎么问。'];
  if (kind === 'service') return ['客户还没有开口。', '点下面的例句，或以客户身份写一句。'];
  return ['还没有人说话。', '点下面的例句，或自己写一句。'];
}

const unknownOf = (kind: Place['kind']): string =>
  kind === 'team' ? '内部群：没有 @ 的话传不到聊单' : '还不知道是谁：客户一开口，就会变成一条线索';
