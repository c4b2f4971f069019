/** WeCom on the desk. */
import type { Sandbox } from '../../start.ts';
import { titleOf } from '../matter.ts';
import type { DeskPlatform } from '../platform.ts';
import type { Rows } from '../rows.ts';
import { customerPage } from '../sidebar.ts';
import type { DeskState } from '../state.ts';
import type { PersonView, PlatformView } from '../view.ts';
import { wireLines } from '../wire.ts';
import { readChats } from './chats.ts';
import { sayIn, tapOn } from './hands.ts';
import { placeOf, type Scene, serversOf } from './scene.ts';
import { furnish } from './scenery.ts';
import { bringStranger } from './stranger.ts';
import { wecomTools } from './tools.ts';
import { wecomWire } from './wire.ts';
import { COMPLAINTS } from './words.ts';

const SHOWN_COMPLAINTS = 20;

export function wecomDesk(sandbox: Sandbox, parts: NonNullable<Sandbox['wecom']>, state: DeskState): DeskPlatform {
  const { platform, company } = parts;
  const { world, journal } = platform;
  const companies = new Map([[company.customers.lin.externalUserId, '温州泰利阀门']]);
  const scene: Scene = { platform, company, state, companies, addressed: new Set(), forwarded: new Set() };
  const wire = wecomWire(platform);
  const { newcomer, forge, ...chatTools } = wecomTools(sandbox, scene);

  function view(): PlatformView {
    const botUp = platform.bot.ready() > 0;
    return {
      key: 'wecom',
      name: '企业微信',
      lines: [
        { text: 'Webhook', tone: 'good', title: '应用消息、卡片点击、客服通知推到回调地址：签名 + 加密' },
        {
          text: botUp ? '机器人长连接' : '机器人断开',
          tone: botUp ? 'good' : 'bad',
          title: '智能机器人：聊单主动连到平台',
        },
      ],
      sections: [
        { kind: 'service', label: '微信客服' },
        { kind: 'direct', label: '聊单应用和智能机器人' },
        { kind: 'team', label: '内部群' },
        { kind: 'private', label: '同事和客户的私聊' },
      ],
      tools: [{ command: 'newcomer', label: '新客户加好友' }],
      mischief: [{ command: 'forge', label: '发一条伪造签名的企业微信回调' }],
      wire: wireLines(journal.entries, wire),
      complaints: journal.complaints
        .slice(-SHOWN_COMPLAINTS)
        .map(({ at, kind, detail }) => ({ at, text: COMPLAINTS[kind], detail })),
    };
  }

  const people = (rows: Rows): PersonView[] => [
    ...[...world.members.values()].map(({ userid, name }) => {
      return { id: userid, name, company: null, title: titleOf(rows, userid) };
    }),
    ...[...world.customers.values()].map(({ externalUserId, name }) => {
      return { id: externalUserId, name, company: companies.get(externalUserId) ?? '微信用户', title: null };
    }),
  ];

  return {
    key: 'wecom',
    furnish: () => furnish(scene),
    bringStranger: () => bringStranger(sandbox.app, scene),
    openPage(chatId, personId, link) {
      const chat = world.chats.get(chatId);
      const place = chat ? placeOf(scene, chat) : null;
      const colleague = place && [...serversOf(scene, place), ...place.speakerIds].includes(personId);
      if (!colleague || !world.members.has(personId)) return null;
      if (link !== null) return platform.openPage(personId, link);
      if (place.customerId === null || !serversOf(scene, place).includes(personId)) return null;
      const service = place.kind === 'service' ? { service: company.service } : {};
      return platform.openPage(personId, customerPage(sandbox.url, 'wecom'), { contact: place.customerId, ...service });
    },
    subscribe: journal.subscribe,
    touch: journal.touch,
    limit: (on) => platform.misbehave.rateLimitEverything(on),
    see: (rows, deals) => ({ view: view(), people: people(rows), chats: readChats(scene, rows, deals) }),
    hasChat: (chatId) => world.chats.has(chatId),
    hasMessage: (messageId) => world.messages.has(messageId),
    picture(messageId) {
      const { type, body } = world.messages.get(messageId) ?? {};
      if (type !== 'image' || !body) return null;
      // A group's webhook takes the image itself.
      return typeof body.base64 === 'string'
        ? Buffer.from(body.base64, 'base64')
        : platform.picture(String(body.media_id));
    },
    say: (words) => sayIn(scene, words),
    tap: (tap) => tapOn(platform, tap),
    chatTools,
    tools: { newcomer, forge },
  };
}
