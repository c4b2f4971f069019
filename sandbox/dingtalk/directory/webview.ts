/** Our page in the client: the address a group's quick entry opens, picked messages, and `window.dd` as a script (dingtalk.md §3.5, §5.6). */
import type { Core } from '../core.ts';
import type { Chat, Person } from '../world.ts';
import type { Directory } from './directory-api.ts';
import type { Jsapi } from './jsapi.ts';

/** What `util.openTemporary.getData` answers the page; the server must not believe it. */
export interface PickedMessages {
  readonly conversation: { readonly name: string; readonly openConversationId: string; readonly corpId: string };
  readonly msgList: readonly {
    readonly msgtype: string;
    readonly createAt: number;
    readonly senderName: string;
    readonly text?: { readonly content: string };
  }[];
}

export interface Webview {
  /** The page's address with `$CORPID$`, `$ENCCID$` and `$DOUBLE_ENCCID$` filled in; the chat in it proves nothing. */
  quickEntry(chat: Chat | string, url: string): string;
  /** The message menu of a group: what a person picked there, for the page that opens. */
  messageMenu(person: Person | string, messageIds: readonly string[]): PickedMessages;
  /** A script that makes a browser page believe it is in the client of this person. */
  webviewScript(person: Person | string, picked?: PickedMessages, hash?: 'SHA-256' | 'SHA-1'): string;
}

/** The client gives a code for each request: enough for somebody who tries again. */
const CODES_OF_A_PAGE = 5;

export function createWebview(core: Core, directory: Directory, jsapi: Jsapi): Webview {
  const { world, options } = core;
  return {
    quickEntry(ref, url) {
      const cid = encodeURIComponent(world.chat(ref).conversationId);
      return url
        .replaceAll('$DOUBLE_ENCCID$', encodeURIComponent(cid))
        .replaceAll('$ENCCID$', cid)
        .replaceAll('$CORPID$', options.corpId);
    },
    messageMenu(ref, messageIds) {
      const person = world.person(ref);
      const messages = messageIds.map((id) => world.message(id));
      const chat = world.chat(messages[0]?.conversationId ?? '');
      const inside = messages.every(({ conversationId }) => conversationId === chat.conversationId);
      if (chat.kind !== 'group' || chat.external || !inside || !chat.memberIds.has(person.userId)) {
        throw new Error(`${person.name} has no message menu for these`);
      }
      const { name, conversationId: openConversationId } = chat;
      const msgList = messages.map(({ type, body, createdAt, sender }) => ({
        msgtype: type,
        createAt: createdAt,
        senderName: world.people.get(sender.userId)?.name ?? world.bot.name,
        ...(type === 'text' && { text: { content: String(body.content ?? body.words) } }),
      }));
      return { conversation: { name, openConversationId, corpId: options.corpId }, msgList };
    },
    webviewScript(person, picked, hash = 'SHA-256') {
      const codes = Array.from({ length: CODES_OF_A_PAGE }, () => directory.signInCode(person));
      const { corpId, clientId } = options;
      return script({ corpId, clientId, codes, picked: picked ?? null, ticket: jsapi.ticket(), hash });
    },
  };
}

/** Codes need no `dd.config`; picked messages do. */
function script(known: object): string {
  return `(() => {
  const known = ${JSON.stringify(known).replaceAll('<', '\\u003c')};
  let allowed = [], failed = () => {}, state = null, waiting = [];
  const later = (task) => setTimeout(task, 0);
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const answer = (options, result, error) => new Promise((resolve, reject) => later(() => {
    if (error) return options.onFail ? options.onFail(error) : reject(error);
    if (options.onSuccess) options.onSuccess(result);
    resolve(result);
  }));
  const requestAuthCode = (options) => {
    const ours = options.corpId === known.corpId && (options.clientId ?? known.clientId) === known.clientId;
    const code = ours ? known.codes.shift() : undefined;
    return answer(options, { code }, code === undefined && { errorCode: '-1', errorMessage: 'corpId or clientId' });
  };
  window.dd = {
    ready(task) { state === 'ready' ? later(task) : waiting.push(task); },
    error(task) { failed = task; },
    async config({ corpId, timeStamp, nonceStr, signature, jsApiList = [] }) {
      const page = decodeURIComponent(location.href.split('#')[0]);
      const plain = 'jsapi_ticket=' + known.ticket + '&noncestr=' + nonceStr + '&timestamp=' + timeStamp + '&url=' + page;
      const expected = hex(await crypto.subtle.digest(known.hash, new TextEncoder().encode(plain)));
      if (corpId !== known.corpId || signature !== expected) return failed({ errorCode: 52013, errorMessage: '签名校验失败' });
      allowed = jsApiList;
      state = 'ready';
      for (const task of waiting.splice(0)) later(task);
    },
    requestAuthCode,
    runtime: { permission: { requestAuthCode } },
    util: { openTemporary: { getData(options = {}) {
      const open = allowed.includes('util.openTemporary.getData') && known.picked;
      return answer(options, known.picked, !open && { errorCode: '7', errorMessage: 'permission denied' });
    } } },
  };
})();`;
}
