/** The three emulated platforms under one address, and rooms on them where somebody can speak. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceChat } from '../../adapters/wecom/chats.ts';
import { mountDingtalk } from '../../sandbox/mounts/dingtalk.ts';
import { mountFeishu } from '../../sandbox/mounts/feishu.ts';
import { mountWecom } from '../../sandbox/mounts/wecom.ts';
import type { Delivery } from '../../sandbox/platform/deliveries.ts';
import type { LoadPlatform } from './mix.ts';
import { codeOf, type Room } from './room.ts';

export interface Scene {
  /** Of the product, less what belongs to an instance alone. */
  readonly environment: Readonly<Record<string, string>>;
  readonly emulators: {
    readonly feishu: ReturnType<typeof mountFeishu>['emulator'];
    readonly wecom: ReturnType<typeof mountWecom>['emulator'];
    readonly dingtalk: ReturnType<typeof mountDingtalk>['emulator'];
  };
  /** New rooms, each with a deal of its own; nobody gets more cards than platforms and policy let through. */
  addRooms(platform: LoadPlatform, count: number): Room[];
  /** Somebody speaks; `callbacks` is where this one is pushed to. */
  say(room: Room, words: string, callbacks: string): { readonly messageId: string; readonly delivery: Delivery };
  close(): Promise<void>;
}

/** The day's card shows the last eight moves, and a person is asked five times a day. */
const ROOMS_EACH: Readonly<Record<LoadPlatform, number>> = { feishu: 8, wecom: 5, dingtalk: 8 };
const SERVICE_ACCOUNTS = 6;
const ENDLESS = 100_000_000;

export async function createScene(): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-bench-'));
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const own = { selfRunning: true };
  const at = { url, now: Date.now };
  const feishu = mountFeishu({ ...at, mode: 'webhook', given: own });
  const wecom = mountWecom({ ...at, folder, given: own });
  const month = { openApiPerMonth: ENDLESS, streamPerMonth: ENDLESS };
  const dingtalk = mountDingtalk({ ...at, given: { ...own, ...month } });
  const mounts = [feishu, wecom, dingtalk];
  const mountOf = (path = '') => mounts.find((mount) => path.startsWith(`${mount.path}/`)) ?? feishu;
  server.on('request', (request, response) => mountOf(request.url).emulator.handle(request, response));
  server.on('upgrade', (request, socket, head) => mountOf(request.url).emulator.upgrade(request, socket, head));
  server.keepAliveTimeout = 65_000;

  const kf = wecom.emulator.kf;
  const servicer = wecom.emulator.world.addMember({ name: '客服' });
  const services = Array.from({ length: SERVICE_ACCOUNTS }, (_, n) =>
    kf.addAccount({ name: `客服${n + 1}`, staff: [servicer.userid] }),
  );

  let made = 0;
  const owners = new Map<LoadPlatform, { readonly id: string; readonly name: string }>();

  function room(platform: LoadPlatform, n: number): Room {
    const code = codeOf(made);
    made += 1;
    const name = `销售${code}`;
    const id = { feishu: addToFeishu, wecom: addToWecom, dingtalk: addToDingtalk }[platform];
    const known = n % ROOMS_EACH[platform] === 0 ? null : owners.get(platform);
    const owner = known ?? { id: id(name), name };
    owners.set(platform, owner);
    return { platform, code, owner, ...chatOf[platform](owner, code) };
  }
  const addToFeishu = (name: string) => feishu.emulator.world.addPerson({ name }).openId;
  const addToWecom = (name: string) => wecom.emulator.world.addMember({ name }).userid;
  const addToDingtalk = (name: string) => dingtalk.emulator.world.addPerson({ name }).userId;

  const chatOf: Record<LoadPlatform, (owner: Room['owner'], code: string) => Pick<Room, 'customer' | 'chat'>> = {
    feishu(owner, code) {
      const { world } = feishu.emulator;
      const { openId, name } = world.addPerson({ name: `客户${code}`, company: `公司${code}` });
      const group = world.createGroup({ name: `公司${code} 项目群`, members: [owner.id, openId] });
      group.botIn = true;
      return { customer: { id: openId, name }, chat: { id: group.chatId, name: group.name } };
    },
    /** Somebody has the session already, as most have who write a second time. */
    wecom(_, code) {
      const { externalUserId, name } = wecom.emulator.world.addCustomer({ name: `客户${code}` });
      const service = services[made % services.length]?.openKfId ?? '';
      kf.sessions.move(kf.sessions.of(service, externalUserId), 3, servicer.userid);
      return { customer: { id: externalUserId, name }, chat: { id: serviceChat(service, externalUserId).id, name } };
    },
    dingtalk(owner, code) {
      const { world } = dingtalk.emulator;
      const group = world.createGroup({ name: `公司${code} 内部群`, members: [owner.id] });
      world.addBot(group);
      return { customer: null, chat: { id: group.conversationId, name: group.name } };
    },
  };

  function speak({ platform, owner, customer, chat }: Room, words: string, callbacks: string) {
    switch (platform) {
      case 'feishu':
        feishu.emulator.deliveries.setCallbackUrl(`${callbacks}/callbacks/feishu`);
        return feishu.emulator.say(customer?.id ?? '', chat.id, words);
      case 'wecom':
        wecom.emulator.deliveries.setCallbackUrl(`${callbacks}/callbacks/wecom`);
        return kf.customerSays(customer?.id ?? '', chat.id.split(':')[1] ?? '', words);
      case 'dingtalk':
        return dingtalk.emulator.mentionBot(owner.id, chat.id, words);
    }
  }

  return {
    environment: {
      ...feishu.environment,
      ...withoutSpare(wecom.environment),
      ...dingtalk.environment,
      PUBLIC_URL: url,
    },
    emulators: { feishu: feishu.emulator, wecom: wecom.emulator, dingtalk: dingtalk.emulator },
    addRooms: (platform, count) => Array.from({ length: count }, (_, n) => room(platform, n)),
    say(where, words, callbacks) {
      const { messageId, delivery } = speak(where, words, callbacks);
      if (!delivery) throw new Error(`nobody hears ${where.platform}`);
      return { messageId, delivery };
    },
    async close() {
      for (const { emulator } of mounts) await emulator.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** No archive and no AI bot: words come by the service accounts. */
function withoutSpare(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^WECOM_(ARCHIVE|BOT)_/.test(name)));
}
