/** The bridge to WeCom's client: the toolbar of a customer's chat opens the page, a redirect signs it in, the script tells the rest. */
import type { Answer } from '../answer.ts';
import type { Server, ServerRefusal } from '../api/server.ts';
import type { Bridge, BridgeRefusal, ClientRefusal, OpenChat } from './bridge.ts';
import { isInWecom, launch, pageAddress } from './client.ts';
import { enterAddress } from './enter-address.ts';
import { remember } from './remember.ts';
import { loadScript } from './script.ts';
import { call, can, isThere, register, type Signed } from './wecom-client.ts';

const platform = 'wecom';
const wanted = ['getContext', 'getCurExternalContact', 'getCurExternalChat', 'sendChatMessage'];

/** Where the client says what is open. In every other place, such as the workbench, nothing is, and asking is refused. */
const contactEntries = ['contact_profile', 'single_chat_tools', 'single_kf_tools', 'chain_single_chat_tools'];
const groupEntries = ['group_chat_tools', 'chain_group_chat_tools'];
const sendingEntries = ['single_chat_tools', 'group_chat_tools', 'single_kf_tools', 'chat_attachment'];

/** The page has just come back from the platform: going there again at once would lead nowhere but here. */
const justNowMs = 30_000;

export function createWecomBridge(server: Server): Bridge {
  let entry = '';
  let returned = launch.get('entered');
  let registeredFor = '';

  /** Signed anew for every address that the page goes to without loading. */
  async function prepare(): Promise<Answer<null, ClientRefusal | ServerRefusal>> {
    if (!isInWecom()) return { ok: false, reason: 'outside' };
    const address = pageAddress();
    if (registeredFor === address) return { ok: true, value: null };
    const config = await server.pageConfig(platform, address);
    if (!config.ok) return config;
    const { sdkUrl, ...signed } = config.value;
    const loaded = await loadScript(sdkUrl, isThere);
    if (!loaded.ok) return loaded;
    register(signed as unknown as Signed, wanted);
    registeredFor = address;
    return { ok: true, value: null };
  }

  async function openHere(): Promise<Answer<OpenChat | null, BridgeRefusal>> {
    const prepared = await prepare();
    if (!prepared.ok) return prepared;
    const context = await call<{ readonly entry?: string }>('getContext');
    if (!context.ok) return refused(context);
    entry = context.value.entry ?? '';
    if (contactEntries.includes(entry)) {
      const contact = await call<{ readonly userId?: string }>('getCurExternalContact');
      return contact.ok ? opened('contact', contact.value.userId) : refused(contact);
    }
    if (!groupEntries.includes(entry)) return { ok: true, value: null };
    const chat = await call<{ readonly chatId?: string }>('getCurExternalChat');
    return chat.ok ? opened('chat', chat.value.chatId) : refused(chat);
  }

  /** What did not work once may work with a fresh signature. */
  function refused<R>(answer: R): R {
    registeredFor = '';
    return answer;
  }

  return {
    platform,
    async signInCode() {
      if (!isInWecom()) return { ok: false, reason: 'outside' };
      if (returned !== null && performance.now() < justNowMs) {
        const said = returned;
        // Once: a person who wants another try gets it.
        returned = null;
        return { ok: false, reason: said === 'ok' ? 'no_cookies' : (said as BridgeRefusal) };
      }
      location.replace(enterAddress(platform));
      return new Promise(() => undefined);
    },
    currentChat: remember(openHere),
    canSend: () => sendingEntries.includes(entry) && can('sendChatMessage'),
    async sendToChat(text) {
      const prepared = await prepare();
      if (!prepared.ok) return prepared;
      const sent = await call<object>('sendChatMessage', { msgtype: 'text', enterChat: true, text: { content: text } });
      return sent.ok ? { ok: true, value: null } : sent;
    },
    canClose: () => can('closeWindow'),
    close: () => void call('closeWindow'),
  };
}

function opened(kind: OpenChat['kind'], externalId: string | undefined): Answer<OpenChat | null, BridgeRefusal> {
  return externalId ? { ok: true, value: { kind, externalId } } : { ok: false, reason: 'client' };
}
