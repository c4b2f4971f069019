/** Feishu on the desk. */
import type { Sandbox } from '../../start.ts';
import type { DeskPlatform } from '../platform.ts';
import { customerPage } from '../sidebar.ts';
import type { DeskState } from '../state.ts';
import type { PlatformView } from '../view.ts';
import { wireLines } from '../wire.ts';
import { readChats } from './chats.ts';
import { createFolk } from './folk.ts';
import { sayIn, tapOn } from './hands.ts';
import { paintScenery } from './scenery.ts';
import { bringStranger } from './stranger.ts';
import { feishuTools } from './tools.ts';
import { feishuWire } from './wire.ts';
import { COMPLAINTS } from './words.ts';

const SHOWN_COMPLAINTS = 20;

export function feishuDesk(sandbox: Sandbox, state: DeskState): DeskPlatform {
  const { platform, company } = sandbox;
  const { world, journal } = platform;
  const folk = createFolk(company);
  const wire = feishuWire(platform);
  const { invite, ...tools } = feishuTools(sandbox, state, folk);

  function view(): PlatformView {
    const webhook = platform.options.mode === 'webhook';
    return {
      key: 'feishu',
      name: '飞书',
      lines: [lineOf()],
      sections: [
        { kind: 'customer', label: '客户群' },
        { kind: 'direct', label: '同事和聊单的私聊' },
        { kind: 'team', label: '内部群' },
      ],
      tools: [{ command: 'newcomer', label: '新客户来消息' }],
      mischief: webhook
        ? [{ command: 'forge', label: '发一条伪造签名的飞书回调' }]
        : [{ command: 'disconnect', label: '断开飞书长连接' }],
      wire: wireLines(journal.entries, wire),
      complaints: journal.complaints
        .slice(-SHOWN_COMPLAINTS)
        .map(({ at, kind, detail }) => ({ at, text: COMPLAINTS[kind], detail })),
    };
  }

  function lineOf(): PlatformView['lines'][number] {
    if (platform.options.mode === 'webhook')
      return { text: 'Webhook', tone: 'good', title: '平台把消息推到回调地址：签名 + 加密' };
    const up = platform.connections() > 0;
    return {
      text: up ? '长连接' : '长连接断开',
      tone: up ? 'good' : 'bad',
      title: '聊单主动连到平台，不需要公网地址',
    };
  }

  return {
    key: 'feishu',
    furnish() {
      // Everyone's private chat with the bot stands in the list before anything is in it.
      for (const person of Object.values(company.staff)) world.p2pChat(person);
      paintScenery(sandbox, state);
    },
    bringStranger: () => bringStranger(sandbox, state, folk),
    openPage(chatId, personId, link) {
      const chat = world.chats.get(chatId);
      if (!chat?.memberIds.has(personId) || !world.people.get(personId)?.internal) return null;
      if (link !== null) return platform.openPage(personId, link);
      if (chat.kind === 'p2p') return null;
      return platform.openPage(personId, customerPage(sandbox.url, 'feishu'), chat);
    },
    subscribe: journal.subscribe,
    touch: journal.touch,
    limit: (on) => platform.misbehave.rateLimitEverything(on),
    see: (rows, deals) => ({
      view: view(),
      people: folk.people(rows, world),
      chats: readChats({ platform, company, state }, rows, deals),
    }),
    hasChat: (chatId) => world.chats.has(chatId),
    hasMessage: (messageId) => world.messages.has(messageId),
    picture(messageId) {
      const message = world.messages.get(messageId);
      const content = message?.type === 'image' ? (JSON.parse(message.content) as { image_key?: string }) : {};
      return platform.picture(content.image_key ?? '');
    },
    say: (words) => sayIn(platform, state, words),
    tap: (tap) => tapOn(platform, tap),
    chatTools: { invite },
    tools,
  };
}
