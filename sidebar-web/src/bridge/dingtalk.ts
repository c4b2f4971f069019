/** The bridge to DingTalk's client: its message menu opens the page, the client tells the words, no server can. */
import type { Answer } from '../answer.ts';
import type { Server, ServerRefusal } from '../api/server.ts';
import { words } from '../words.ts';
import type { ClientRefusal, HandOverBridge } from './bridge.ts';
import { isInDingtalk, launch, pageAddress } from './client.ts';
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

export function createDingtalkBridge(server: Server): HandOverBridge {
  let ids: Record<string, unknown> | null = null;
  let chatId: Picked['chatId'] = '';

  /** Loads the client's script; the parameters are those that our server signed for this address. */
  async function prepare(): Promise<Answer<Readonly<Record<string, unknown>>, ClientRefusal | ServerRefusal>> {
    if (!isInDingtalk()) return { ok: false, reason: 'outside' };
    const config = await server.pageConfig(platform, pageAddress());
    if (!config.ok) return config;
    const { sdkUrl, clientId, ...parameters } = config.value;
    ids = { corpId: parameters['corpId'], clientId };
    const loaded = await loadScript(sdkUrl, isThere);
    return loaded.ok ? { ok: true, value: parameters } : loaded;
  }

  return {
    platform,
    async pickedMessages() {
      const prepared = await prepare();
      if (!prepared.ok) return prepared;
      const parameters = prepared.value;
      if (parameters['agentId'] === undefined) return { ok: false, reason: 'bad_agent' };
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
      // Asks for no signature: `dd.config` is not needed for this one.
      const prepared = isThere() && ids !== null ? null : await prepare();
      if (prepared?.ok === false) return prepared;
      for (const name of codeCalls.filter(can)) {
        const given = await call<{ code?: string }>(name, ids ?? {});
        if (!('failed' in given) && given.code) return { ok: true, value: given.code };
      }
      return { ok: false, reason: codeCalls.some(can) ? 'client' : 'old_client' };
    },
    async currentChat() {
      // The client fills in the placeholder of the address that was entered for a group's quick entry; a name that
      // still stands there was opened from elsewhere.
      const externalId = launch.get('chat') ?? '';
      const filled = externalId !== '' && !/^\$\w+\$$/.test(externalId);
      return { ok: true, value: filled ? { kind: 'chat', externalId } : null };
    },
    canSend: () => false,
    sendToChat: async () => ({ ok: false, reason: 'client' }),
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
