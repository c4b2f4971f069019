/** A WeCom company: its many members write to our app, which is what its callbacks carry of people's words. */
import { privateChat } from '../../adapters/wecom/chats.ts';
import { createWecomEmulator } from '../../sandbox/wecom/index.ts';
import { type Deal, type Dialect, SEED } from './dialect.ts';

export interface WecomSecrets {
  readonly corpId: string;
  readonly secret: string;
  readonly token: string;
  readonly aesKey: string;
}

const AGENT_ID = 1_000_002;

export const wecom: Dialect<WecomSecrets> = {
  makeSecrets: (hex) => ({ corpId: `ww${hex(16)}`, secret: hex(32), token: hex(32), aesKey: hex(43) }),
  env: ({ corpId, secret, token, aesKey }, apiBase) => ({
    WECOM_CORP_ID: corpId,
    WECOM_AGENT_ID: String(AGENT_ID),
    WECOM_SECRET: secret,
    WECOM_TOKEN: token,
    WECOM_AES_KEY: aesKey,
    WECOM_API_BASE: apiBase,
  }),
  makeWorld(secrets, count) {
    const platform = createWecomEmulator({ ...secrets, agentId: AGENT_ID, seed: SEED, now: Date.now });
    const { world, events, deliveries } = platform;
    const deals = Array.from({ length: count }, (_, i): Deal => {
      const { userid, name } = world.addMember({ name: `同事${i + 1}` });
      const { externalUserId, name: customer } = world.addCustomer({ name: `客户${i + 1}` });
      return {
        owner: { id: userid, name },
        customer: { id: externalUserId, name: customer },
        chat: { id: privateChat(userid, externalUserId).id, name: `${name} × ${customer}` },
      };
    });
    return {
      handle: platform.handle,
      colleagues: deals.map(({ owner }) => owner),
      deals,
      push(url, lines, options) {
        deliveries.setCallbackUrl(url);
        const pushes = lines.map(({ deal, text }) => events.message(deal.owner.id, 'text', { Content: text }));
        return platform.pushMany(pushes, options);
      },
      close: platform.close,
    };
  },
};
