/** The bridge to Feishu's client: the message action and a chat's + menu open the page, the client's script tells the rest. */
import type { Answer } from '../answer.ts';
import type { Server, ServerRefusal } from '../api/server.ts';
import type { ClientRefusal, HandOverBridge } from './bridge.ts';
import { isInFeishu, launch, pageAddress } from './client.ts';
import { call, can, configure, isThere } from './feishu-client.ts';
import { pickedMessage, type SourceDetail } from './feishu-messages.ts';
import { remember } from './remember.ts';
import { loadScript } from './script.ts';

const platform = 'feishu';
const sourceDetail = 'getBlockActionSourceDetail';
const triggerContext = 'getTriggerContext';

/** The person said no (`tt.requestAccess`). */
const refusedByPerson = 2700002;
/** This client does not know the function. */
const unknownFunction = 103;

export function createFeishuBridge(server: Server): HandOverBridge {
  const trigger = triggerOf(launch);
  let appId = '';

  /** Loads the client's script; the parameters are those that our server signed for this address. */
  async function prepare(): Promise<Answer<Readonly<Record<string, unknown>>, ClientRefusal | ServerRefusal>> {
    const config = await server.pageConfig(platform, pageAddress());
    if (!config.ok) return config;
    const { sdkUrl, ...parameters } = config.value;
    appId = String(parameters['appId']);
    const loaded = await loadScript(sdkUrl, isThere);
    return loaded.ok ? { ok: true, value: parameters } : loaded;
  }

  /** What the client tells of this page's trigger, by one of its two functions for that. */
  async function ofTrigger<T>(name: string): Promise<Answer<T, ClientRefusal | ServerRefusal>> {
    const prepared = await prepare();
    if (!prepared.ok) return prepared;
    const configured = await configure({ ...prepared.value, jsApiList: [name] });
    if (!configured.ok) return configured;
    if (!can(name)) return { ok: false, reason: 'old_client' };
    const told = await call<T & object>(name, { triggerCode: trigger });
    return 'failed' in told ? { ok: false, reason: 'client' } : { ok: true, value: told };
  }

  /** Each function answers for one way of opening, and in the other's place refuses. */
  async function openChatId(): Promise<Answer<string | undefined, ClientRefusal | ServerRefusal>> {
    if (isMessageAction(launch)) {
      const told = await ofTrigger<SourceDetail>(sourceDetail);
      return told.ok ? { ok: true, value: told.value.content?.messages?.[0]?.openChatId } : told;
    }
    const told = await ofTrigger<{ readonly openChatId?: string }>(triggerContext);
    return told.ok ? { ok: true, value: told.value.openChatId } : told;
  }

  return {
    platform,
    async pickedMessages() {
      if (trigger === null) return { ok: false, reason: isInFeishu() ? 'no_messages' : 'outside' };
      const detail = await ofTrigger<SourceDetail>(sourceDetail);
      if (!detail.ok) return detail;
      const messages = (detail.value.content?.messages ?? []).flatMap(pickedMessage);
      return messages.length > 0 ? { ok: true, value: messages } : { ok: false, reason: 'no_messages' };
    },
    async signInCode() {
      const prepared = isThere() && appId !== '' ? null : await prepare();
      if (prepared?.ok === false) return prepared;
      const state = crypto.getRandomValues(new Uint32Array(4)).join('-');
      let given = can('requestAccess')
        ? await call<{ code: string; state?: string }>('requestAccess', { appID: appId, scopeList: [], state })
        : { failed: unknownFunction };
      if ('failed' in given && given.failed === unknownFunction) {
        if (!can('requestAuthCode')) return { ok: false, reason: 'old_client' };
        given = await call<{ code: string; state?: string }>('requestAuthCode', { appId });
      }
      if ('failed' in given) return { ok: false, reason: given.failed === refusedByPerson ? 'refused' : 'client' };
      if ((given.state ?? state) !== state) return { ok: false, reason: 'client' };
      return { ok: true, value: given.code };
    },
    currentChat: remember(async () => {
      if (trigger === null) return { ok: true, value: null };
      const told = await openChatId();
      if (!told.ok) return told;
      return { ok: true, value: told.value ? { kind: 'chat', externalId: told.value } : null };
    }),
    canSend: () => false,
    sendToChat: async () => ({ ok: false, reason: 'client' }),
    request: (code, messages) => ({ code, messageIds: messages.map(({ id }) => id) }),
    canClose: () => can('closeWindow'),
    close: () => void call('closeWindow', {}),
  };
}

/** The client appends `bdp_launch_query`, encoded JSON that names what was picked; one sample of the documentation leaves out the underscores. */
function triggerOf(query: URLSearchParams): string | null {
  try {
    const given = JSON.parse(query.get('bdp_launch_query') ?? '{}') as Record<string, unknown>;
    const trigger = given['__trigger_id__'] ?? given['trigger_id'];
    return typeof trigger === 'string' && trigger !== '' ? trigger : null;
  } catch {
    return null;
  }
}

/** On computers and on phones. */
const isMessageAction = (query: URLSearchParams): boolean =>
  query.get('from') === 'message_action' || query.get('required_launch_ability') === 'message_action';
