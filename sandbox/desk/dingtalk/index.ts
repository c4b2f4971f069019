/** DingTalk on the desk. */
import type { Sandbox } from '../../start.ts';
import { titleOf } from '../matter.ts';
import type { DeskPlatform } from '../platform.ts';
import type { Rows } from '../rows.ts';
import { customerPage } from '../sidebar.ts';
import type { DeskState } from '../state.ts';
import type { MeterView, PersonView, PlatformView } from '../view.ts';
import { wireLines } from '../wire.ts';
import { readChats } from './chats.ts';
import { sayIn, tapOn } from './hands.ts';
import type { Scene } from './scene.ts';
import { furnish } from './scenery.ts';
import { bringStranger } from './stranger.ts';
import { dingtalkTools } from './tools.ts';
import { dingtalkWire } from './wire.ts';
import { COMPLAINTS } from './words.ts';

const SHOWN_COMPLAINTS = 20;

export function dingtalkDesk(
  sandbox: Sandbox,
  { platform, company }: NonNullable<Sandbox['dingtalk']>,
  state: DeskState,
): DeskPlatform {
  const { world, journal, gateway, options } = platform;
  const scene: Scene = { platform, company, state, addressed: new Set() };
  const wire = dingtalkWire(platform);

  function view(): PlatformView {
    return {
      key: 'dingtalk',
      name: '钉钉',
      lines: [lineOf()],
      sections: [
        { kind: 'team', label: '内部群' },
        { kind: 'direct', label: '同事和聊单的单聊' },
      ],
      tools: [],
      mischief: [
        { command: 'forge', label: '发一条伪造签名的钉钉回调' },
        { command: 'disconnect', label: '断开钉钉长连接' },
        { command: 'exhaust', label: '钉钉额度用掉 90%' },
      ],
      meters: [
        meter('接口调用', 'openApi', options.openApiPerMonth),
        meter('推送和回话', 'stream', options.streamPerMonth),
      ],
      wire: wireLines(journal.entries, wire),
      complaints: journal.complaints
        .slice(-SHOWN_COMPLAINTS)
        .map(({ at, kind, detail }) => ({ at, text: COMPLAINTS[kind], detail })),
    };
  }

  function meter(label: string, key: 'openApi' | 'stream', limit: number): MeterView {
    const used = platform.quota.used(key);
    return { label, used, limit, tone: used >= limit * 0.9 ? 'bad' : used >= limit * 0.7 ? 'ask' : 'quiet' };
  }

  function lineOf(): PlatformView['lines'][number] {
    if (options.mode === 'webhook')
      return { text: 'Webhook', tone: 'good', title: '平台把消息推到回调地址：签名 + 加密' };
    const up = gateway.ready() > 0;
    return {
      text: up ? 'Stream' : 'Stream 断开',
      tone: up ? 'good' : 'bad',
      title: '聊单主动连到钉钉，不需要公网地址',
    };
  }

  const people = (rows: Rows): PersonView[] =>
    [...world.people.values()].map(({ userId, name }) => {
      return { id: userId, name, company: null, title: titleOf(rows, userId) };
    });

  return {
    key: 'dingtalk',
    furnish: () => furnish(scene),
    bringStranger: () => bringStranger(scene),
    openPage(chatId, personId, link) {
      const chat = world.chats.get(chatId);
      if (!chat?.memberIds.has(personId)) return null;
      if (link !== null) return platform.openPage(personId, link);
      if (chat.kind === 'p2p') return null;
      const entry = platform.quickEntry(chat, customerPage(sandbox.url, 'dingtalk', '&chat=$ENCCID$'));
      return platform.openPage(personId, entry);
    },
    subscribe: journal.subscribe,
    touch: journal.touch,
    limit: (on) => platform.misbehave.rateLimitEverything(on),
    see: (rows, deals) => ({ view: view(), people: people(rows), chats: readChats(scene, rows, deals) }),
    hasChat: (chatId) => world.chats.has(chatId),
    hasMessage: (messageId) => world.messages.has(messageId),
    picture(messageId) {
      const { type, body } = world.messages.get(messageId) ?? {};
      return type === 'picture' ? platform.picture(String(body?.title)) : null;
    },
    say: (words) => sayIn(scene, words),
    tap: (tap) => tapOn(scene, tap),
    chatTools: {},
    tools: dingtalkTools(sandbox, scene),
  };
}
