/** DingTalk's conversations as the desk shows them: internal groups with the robot, and everyone's private chat with it. */
import type { Chat } from '../../dingtalk/world.ts';
import { chatMatter, staffMatter } from '../matter.ts';
import { SHOWN_MESSAGES } from '../platform.ts';
import type { Rows } from '../rows.ts';
import { besideChat, noneBeside } from '../sidebar.ts';
import type { ChatView, DealView, PathView } from '../view.ts';
import { messageView } from './messages.ts';
import { botIn, nameIn, type Scene } from './scene.ts';
import { linesIn } from './suggestions.ts';

export function readChats(scene: Scene, rows: Rows, deals: readonly DealView[]): ChatView[] {
  const { world } = scene.platform;
  const byChat = Map.groupBy(world.messages.values(), (message) => message.conversationId);
  return [...world.chats.values()]
    .filter(({ dissolved }) => !dissolved)
    .map((chat) => ({
      ...chatView(scene, rows, deals, chat),
      lines: linesIn(scene, chat),
      messages: (byChat.get(chat.conversationId) ?? [])
        .filter(({ recalled }) => !recalled)
        .slice(-SHOWN_MESSAGES)
        .map((message) => messageView(scene, rows, chat, message)),
    }));
}

function chatView(
  scene: Scene,
  rows: Rows,
  deals: readonly DealView[],
  chat: Chat,
): Omit<ChatView, 'lines' | 'messages'> {
  const bot = botIn(scene);
  const memberIds = [...chat.memberIds];
  const direct = chat.kind === 'p2p';
  const { name } = chat;
  const matter = direct
    ? staffMatter(deals, name)
    : chatMatter(rows, deals, {
        chatKey: chat.conversationId,
        unknown: `这个群还没有绑定客户：说一句「@${bot} 绑定 越丰」就行`,
      });
  const colleagues = memberIds.map((id) => ({ id, name: nameIn(scene, id) }));
  return {
    id: chat.conversationId,
    platform: 'dingtalk',
    name,
    kind: direct ? 'direct' : 'team',
    title: direct ? `${name}和${bot}的单聊` : name,
    subtitle: direct
      ? `${name}在钉钉里看到的“${bot}”机器人`
      : `${memberIds.map((id) => nameIn(scene, id)).join('、')}、${bot}`,
    external: chat.external,
    botIn: chat.botIn,
    bot: { name: bot, badge: '机器人' },
    mention: direct ? null : `@${bot}`,
    status: null,
    path: pathOf(direct, bot),
    actions: [],
    idle: direct ? '还没有消息' : '还没有人说话',
    empty: direct
      ? [`${bot}还没有事情要找${name}。`, '把客户的话转述给它，或者问它一句。']
      : ['还没有人说话。', '点下面的例句，或自己写一句。'],
    memberIds,
    matter,
    sidebar: direct ? noneBeside(NO_PAGE, memberIds[0] ?? null) : besideChat(matter, colleagues),
  };
}

const NO_PAGE = '钉钉的快捷入口只在群里：和机器人的单聊旁边没有页面。';

function pathOf(direct: boolean, bot: string): PathView {
  return direct
    ? { tone: 'good', name: '机器人单聊', text: '转述、粘贴聊天记录、提问都行；每条算 1 次推送' }
    : { tone: 'ask', name: '群机器人', text: `只听得到 @${bot} 的话，别的话钉钉不给；每条算 1 次推送` };
}
