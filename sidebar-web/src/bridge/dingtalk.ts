/** The bridge to DingTalk's client: its message menu opens the page, the client tells the words, no server can. */
import type { Server } from '../api/server.ts';
import { words } from '../words.ts';
import type { Bridge } from './bridge.ts';
import { isInDingtalk } from './client.ts';
import { call, can, configure, isThere } from './dingtalk-client.ts';
import { type Picked, readPicked } from './dingtalk-content.ts';
import { loadScript } from './script.ts';

const platform = 'dingtalk';
const pickedData = 'util.openTemporary.getData';
const closePage = 'biz.navigation.close';
/** The newer one says for which app; clients before 7.0.45 know the older one only. */
const codeCalls = ['requestAuthCode', 'runtime.permission.requestAuthCode'];

/** The person closed the client's question. */
const cancelled = '-1';
/** There is nothing that the person could hand over. */
const nothingToGive = '15001';

export function createDingtalkBridge(server: Server): Bridge {
  let ids: Record<string, unknown> = {};
  let chatId: Picked['chatId'] = '';

  return {
    platform,
    async pickedMessages() {
      if (!isInDingtalk()) return { ok: false, reason: 'outside' };
      const config = await server.pageConfig(platform, location.href.replace(/#.*$/, ''));
      if (!config.ok) return config;
      const { sdkUrl, clientId, ...parameters } = config.value;
      if (parameters['agentId'] === undefined) return { ok: false, reason: 'bad_agent' };
      ids = { corpId: parameters['corpId'], clientId };
      const loaded = await loadScript(sdkUrl, isThere);
      if (!loaded.ok) return loaded;
      const configured = await configure({ ...parameters, type: 0, jsApiList: [pickedData] });
      if (!configured.ok) return configured;
      if (!can(pickedData)) return { ok: false, reason: 'old_client' };
      const given = await call<object>(pickedData, {});
      if ('failed' in given) {
        const reason =
          given.failed === cancelled ? 'withheld' : given.failed === nothingToGive ? 'no_messages' : 'client';
        return { ok: false, reason };
      }
      const picked = readPicked(given);
      if (picked === null) return { ok: false, reason: 'client' };
      chatId = picked.chatId;
      return picked.messages.length > 0 ? { ok: true, value: picked.messages } : { ok: false, reason: 'no_messages' };
    },
    async signInCode() {
      for (const name of codeCalls.filter(can)) {
        const given = await call<{ code?: string }>(name, ids);
        if (!('failed' in given) && given.code) return { ok: true, value: given.code };
      }
      return { ok: false, reason: codeCalls.some(can) ? 'client' : 'old_client' };
    },
    request: (code, messages) => ({
      code,
      chatId,
      lines: messages.map(({ sender, text, sentAt }) => ({
        speakerName: sender === words.someone ? null : sender,
        text,
        sentAt,
      })),
    }),
    canClose: () => can(closePage),
    close: () => void call(closePage, {}),
  };
}
