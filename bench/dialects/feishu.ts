/** A Feishu company: customers write in groups that our bot is in. */
import { createFeishuEmulator } from '../../sandbox/feishu/index.ts';
import { type Deal, type Dialect, SEED } from './dialect.ts';

export interface FeishuSecrets {
  readonly appId: string;
  readonly appSecret: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly tenantKey: string;
}

const OWNERS = 50;

export const feishu: Dialect<FeishuSecrets> = {
  makeSecrets: (hex) => ({
    appId: `cli_${hex(16)}`,
    appSecret: hex(32),
    encryptKey: hex(32),
    verificationToken: hex(32),
    tenantKey: hex(16),
  }),
  env: ({ appId, appSecret, encryptKey, verificationToken }, apiBase) => ({
    FEISHU_APP_ID: appId,
    FEISHU_APP_SECRET: appSecret,
    FEISHU_ENCRYPT_KEY: encryptKey,
    FEISHU_VERIFICATION_TOKEN: verificationToken,
    FEISHU_MODE: 'webhook',
    FEISHU_API_BASE: apiBase,
  }),
  makeWorld(secrets, count) {
    const platform = createFeishuEmulator({ ...secrets, mode: 'webhook', seed: SEED, now: Date.now });
    const { world, events, deliveries } = platform;
    const addPerson = (person: Parameters<typeof world.addPerson>[0]) => {
      const { openId, name } = world.addPerson(person);
      return { id: openId, name };
    };
    const colleagues = Array.from({ length: OWNERS }, (_, i) => addPerson({ name: `同事${i + 1}` }));
    const deals = Array.from({ length: count }, (_, i): Deal => {
      const owner = colleagues[i % OWNERS] ?? { id: '', name: '' };
      const customer = addPerson({ name: `客户${i + 1}`, company: `客户公司${i + 1}` });
      const chat = world.createGroup({ name: `客户公司${i + 1} 项目群`, members: [owner.id, customer.id] });
      chat.botIn = true;
      return { owner, customer, chat: { id: chat.chatId, name: chat.name } };
    });
    return {
      handle: platform.handle,
      colleagues,
      deals,
      push(url, lines, options) {
        deliveries.setCallbackUrl(url);
        const pushes = lines.map(({ deal, text }) => {
          const sender = { kind: 'person' as const, openId: deal.customer.id };
          const content = JSON.stringify({ text });
          return events.messageReceived(world.addMessage({ chatId: deal.chat.id, sender, type: 'text', content }));
        });
        return platform.pushMany(pushes, options);
      },
      close: platform.close,
    };
  },
};
