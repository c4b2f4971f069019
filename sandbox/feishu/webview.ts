/** The part of the client's webview that a page sees: `window.h5sdk` and `window.tt`, as a script to run before the page's own. */
import { createHash } from 'node:crypto';
import { AS_IT_IS, addressOf, type ShownAt } from '../platform/shown-at.ts';

export interface OpenedAction {
  /** Sign-in code as `tt.requestAccess` hands it to the page: three minutes, once. */
  readonly code: string;
  readonly triggerCode: string;
  /** What the client appends to the page's address. */
  readonly query: string;
}

/** What `tt.getBlockActionSourceDetail` answers the page; the server must not believe it. */
export interface SourceDetail {
  readonly bizType: 'message';
  readonly content: {
    readonly actionTime: number;
    readonly messages: readonly {
      readonly messageType: string;
      readonly sender: { readonly name: string; readonly open_id: string };
      /** Seconds. */
      readonly createTime: number;
      readonly support: boolean;
      readonly content: string;
      readonly status: number;
      readonly openChatId: string;
      readonly openMessageId: string;
    }[];
  };
}

/** The chat whose + menu opened the page; it proves nothing. */
export interface TriggerContext {
  readonly openChatId: string;
  readonly bizType: 'chat';
}

export interface WebviewSetup {
  readonly appId: string;
  readonly opened: OpenedAction;
  /** Of a message action; null for a page that was opened otherwise. */
  readonly detail: SourceDetail | null;
  /** What `tt.getTriggerContext` answers a page opened from the + menu of a chat's input box. */
  readonly context?: TriggerContext;
  /** Signs what `h5sdk.config` must bring; the page's signature is compared with it. */
  readonly ticket: string;
  /** More sign-in codes, for a page that asks again; without them the second request is refused. */
  readonly spareCodes?: readonly string[];
  /** How far the platform's clock is ahead of the browser's, ms. */
  readonly aheadMs?: number;
  readonly shown?: ShownAt;
}

/** The signature a page must hand to `h5sdk.config`: SHA-1 in this order, timestamp in ms (feishu.md §10.2). */
export function pageSignature(ticket: string, nonce: string, timestampMs: number, url: string): string {
  return createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestampMs}&url=${url}`)
    .digest('hex');
}

/**
 * Writes the script. `tt.requestAccess` and `tt.requestAuthCode` give the sign-in code once; `tt.getBlockActionSourceDetail`
 * and `tt.getTriggerContext` answer only after a successful `h5sdk.config` that lists them, as in the client.
 */
export function webviewScript({
  appId,
  opened,
  detail,
  context,
  ticket,
  spareCodes = [],
  aheadMs = 0,
  shown = AS_IT_IS,
}: WebviewSetup): string {
  const known = JSON.stringify({
    appId,
    ...opened,
    detail,
    context: context ?? null,
    ticket,
    codes: [opened.code, ...spareCodes],
    aheadMs,
  }).replaceAll('<', '\\u003c');
  return `(() => {
  const known = ${known};
  let allowed = [];
  const later = (task) => setTimeout(task, 0);
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const giveCode = (appId) => ({ success, fail, state }) => later(() => {
    const code = appId === known.appId ? known.codes.shift() : undefined;
    if (code === undefined) return fail && fail({ errno: 2700002, errString: 'refused' });
    success({ code, state });
  });
  // One answers in a message action, the other in the + menu, and neither in the other's place.
  const ofTrigger = (name, answer) => ({ triggerCode, success, fail }) => later(() => {
    if (!allowed.includes(name)) return fail && fail({ errno: 2601002, errorCode: 333445 });
    if (!answer || triggerCode !== known.triggerCode) return fail && fail({ errno: 104, errString: 'unknown trigger' });
    success(answer);
  });
  window.h5sdk = {
    ready: later,
    error() {},
    async config({ appId, timestamp, nonceStr, signature, jsApiList = [], onSuccess, onFail }) {
      const refuse = (errorCode) => onFail && onFail({ errno: 2601002, errorCode });
      if (appId !== known.appId) return refuse(333442);
      if (Math.abs(Date.now() + known.aheadMs - timestamp) > 600000) return refuse(333444);
      const url = ${addressOf(shown)};
      const text = 'jsapi_ticket=' + known.ticket + '&noncestr=' + nonceStr + '&timestamp=' + timestamp + '&url=' + url;
      const expected = hex(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text)));
      if (signature !== expected) return refuse(333441);
      allowed = jsApiList;
      if (onSuccess) onSuccess();
    },
  };
  window.tt = {
    requestAccess: (options) => giveCode(options.appID)(options),
    requestAuthCode: (options) => giveCode(options.appId)(options),
    getBlockActionSourceDetail: ofTrigger('getBlockActionSourceDetail', known.detail),
    getTriggerContext: ofTrigger('getTriggerContext', known.context),
    closeWindow() { window.dispatchEvent(new Event('feishu:close')); },
  };
})();`;
}
