/** Our page in the client: the address a group's quick entry opens, picked messages, and `window.dd` as a script (dingtalk.md §3.5, §5.6). */
import type { JsonObject } from '../../platform/json.ts';
import { AS_IT_IS, addressOf, type ShownAt } from '../../platform/shown-at.ts';
import type { Core } from '../core.ts';
import type { Chat, Message, Person } from '../world.ts';
import type { Directory } from './directory-api.ts';
import type { Jsapi } from './jsapi.ts';

/** What `util.openTemporary.getData` answers the page; the server must not believe it. */
export interface PickedMessages {
  readonly conversation: { readonly name: string; readonly openConversationId: string; readonly corpId: string };
  readonly msgList: readonly {
    readonly msgtype: string;
    /** ms, in digits. */
    readonly createAt: string;
    readonly senderName: string;
    /** `text`, `richtext`, `image` or `file`, by `msgtype`; other kinds bring nothing. */
    readonly [content: string]: string | JsonObject;
  }[];
}

export interface Webview {
  /** The page's address with `$CORPID$`, `$ENCCID$` and `$DOUBLE_ENCCID$` filled in; the chat in it proves nothing. */
  quickEntry(chat: Chat | string, url: string): string;
  /** The message menu of a group: what a person picked there, for the page that opens. */
  messageMenu(person: Person | string, messageIds: readonly string[]): PickedMessages;
  /** A script that makes a browser page believe it is in the client of this person. */
  webviewScript(person: Person | string, picked?: PickedMessages, hash?: 'SHA-256' | 'SHA-1', shown?: ShownAt): string;
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
      const msgList = messages.map((message) => ({
        createAt: String(message.createdAt),
        senderName: world.people.get(message.sender.userId)?.name ?? world.bot.name,
        ...contentOf(message),
      }));
      return { conversation: { name, openConversationId, corpId: options.corpId }, msgList };
    },
    webviewScript(person, picked, hash = 'SHA-256', shown = AS_IT_IS) {
      const codes = Array.from({ length: CODES_OF_A_PAGE }, () => directory.signInCode(person));
      const { corpId, clientId } = options;
      return script({ corpId, clientId, codes, picked: picked ?? null, ticket: jsapi.ticket(), hash }, shown);
    },
  };
}

/** https://open.dingtalk.com/document/development/message-menu-api */
function contentOf({ type, body }: Message): { msgtype: string; [content: string]: string | JsonObject } {
  if (type === 'text') return { msgtype: type, text: { content: String(body.content ?? body.words) } };
  if (type === 'picture') return { msgtype: 'image', image: { url: 'https://static.dingtalk.com/x.jpg', picSize: 1 } };
  if (type === 'file') return { msgtype: type, file: { f_name: String(body.fileName) } };
  if (type !== 'richText') return { msgtype: type };
  const parts = Array.isArray(body.richText) ? (body.richText as JsonObject[]) : [];
  return { msgtype: 'richtext', richtext: { content: parts.map(({ text }) => String(text ?? '')).join('\n') } };
}

/**
 * Codes need no `dd.config`; picked messages do. As in version 3 of the client's script: `ready` before `config` proves
 * nothing, and a page is configured once, so that another `config` after a refused one does nothing.
 */
function script(known: object, shown: ShownAt): string {
  return `(() => {
  const known = ${JSON.stringify(known).replaceAll('<', '\\u003c')};
  let allowed = [], configured = null;
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
  const check = async ({ agentId, corpId, timeStamp, nonceStr, signature, jsApiList = [] }) => {
    const page = decodeURIComponent(${addressOf(shown)});
    const plain = 'jsapi_ticket=' + known.ticket + '&noncestr=' + nonceStr + '&timestamp=' + timeStamp + '&url=' + page;
    const expected = hex(await crypto.subtle.digest(known.hash, new TextEncoder().encode(plain)));
    if (!/^\\d+$/.test(agentId)) return { errorCode: '-1', errorMessage: '无效的agent_id' };
    if (corpId !== known.corpId || signature !== expected) return { errorCode: 52013, errorMessage: '签名校验失败' };
    allowed = jsApiList;
    return null;
  };
  window.dd = {
    ready(task) { configured ? configured.then((error) => error || task()) : later(task); },
    error(task) { configured && configured.then((error) => error && task(error)); },
    config(options) { configured ??= check(options); },
    requestAuthCode,
    runtime: { permission: { requestAuthCode } },
    biz: { navigation: { close(options = {}) {
      window.dispatchEvent(new Event('dingtalk:close'));
      return answer(options, {});
    } } },
    util: { openTemporary: { getData(options = {}) {
      if (!allowed.includes('util.openTemporary.getData')) {
        return answer(options, null, { errorCode: '7', errorMessage: 'permission denied' });
      }
      return answer(options, known.picked, !known.picked && { errorCode: 15001, errorMessage: '当前用户无可授权项' });
    } } },
  };
})();`;
}
