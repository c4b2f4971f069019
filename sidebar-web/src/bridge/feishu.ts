/** The bridge to Feishu's client: the message action 消息快捷操作 opens the page, the client's script tells the rest. */
import type { Server } from '../api/server.ts';
import { words } from '../words.ts';
import type { Bridge, PickedMessage } from './bridge.ts';
import { isInFeishu } from './client.ts';
import { call, can, configure, isThere } from './feishu-client.ts';
import { textOf } from './feishu-content.ts';
import { loadScript } from './script.ts';

interface SourceDetail {
  readonly content?: {
    readonly messages?: readonly {
      readonly messageType?: string;
      readonly sender?: { readonly name?: string };
      /** Seconds. */
      readonly createTime?: number;
      readonly support?: boolean;
      readonly content?: string;
      readonly openMessageId?: string;
    }[];
  };
}

const platform = 'feishu';
const sourceDetail = 'getBlockActionSourceDetail';

/** The person said no (`tt.requestAccess`). */
const refusedByPerson = 2700002;
/** This client does not know the function. */
const unknownFunction = 103;

export function createFeishuBridge(server: Server): Bridge {
  let appId = '';

  return {
    platform,
    async pickedMessages() {
      const triggerCode = triggerOf(location.search);
      if (triggerCode === null) {
        return { ok: false, reason: isInFeishu() ? 'no_messages' : 'outside' };
      }
      const config = await server.pageConfig(platform, location.href.replace(/#.*$/, ''));
      if (!config.ok) return config;
      const { sdkUrl, ...parameters } = config.value;
      appId = String(parameters['appId']);
      const loaded = await loadScript(sdkUrl, isThere);
      if (!loaded.ok) return loaded;
      const configured = await configure({ ...parameters, jsApiList: [sourceDetail] });
      if (!configured.ok) return configured;
      if (!can(sourceDetail)) return { ok: false, reason: 'old_client' };
      const detail = await call<SourceDetail>(sourceDetail, { triggerCode });
      if ('failed' in detail) return { ok: false, reason: 'client' };
      const messages = (detail.content?.messages ?? []).flatMap(pickedMessage);
      return messages.length > 0 ? { ok: true, value: messages } : { ok: false, reason: 'no_messages' };
    },
    async signInCode() {
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
    request: (code, messages) => ({ code, messageIds: messages.map(({ id }) => id) }),
    canClose: () => can('closeWindow'),
    close: () => void call('closeWindow', {}),
  };
}

/** The client appends `bdp_launch_query`, encoded JSON that names what was picked; one sample of the documentation leaves out the underscores. */
function triggerOf(search: string): string | null {
  try {
    const launch = JSON.parse(new URLSearchParams(search).get('bdp_launch_query') ?? '{}') as Record<string, unknown>;
    const trigger = launch['__trigger_id__'] ?? launch['trigger_id'];
    return typeof trigger === 'string' && trigger !== '' ? trigger : null;
  } catch {
    return null;
  }
}

type SourceMessage = NonNullable<NonNullable<SourceDetail['content']>['messages']>[number];

function pickedMessage({ openMessageId, ...message }: SourceMessage): PickedMessage[] {
  if (!openMessageId) return [];
  const readable = message.support !== false;
  return [
    {
      id: openMessageId,
      sender: message.sender?.name || words.someone,
      sentAt: message.createTime ? message.createTime * 1000 : null,
      text: readable ? textOf(message.messageType ?? '', message.content ?? '') : words.unreadable,
      readable,
    },
  ];
}
