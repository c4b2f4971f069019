/** `window.ww` as the client's script leaves it behind: for pages the client opened, checked as the client checks (wecom.md §4). */

import { addressOf, type ShownAt } from '../../platform/shown-at.ts';

export interface Seen {
  readonly corpId: string;
  readonly agentId: number;
  /** The app's ticket, which signs `agentConfig`. */
  readonly ticket: string;
  /** As `getContext` tells it. */
  readonly entry: 'single_chat_tools' | 'single_kf_tools' | 'group_chat_tools' | 'normal';
  /** The customer or the customer group that is open. */
  readonly open: string | null;
  /** The app may, and the member serves customers. */
  readonly allowed: boolean;
  /** How far the platform's clock is ahead of the browser's, ms. */
  readonly aheadMs: number;
  /** Takes what `sendChatMessage` puts into the chat; POST. */
  readonly sendTo: string;
  readonly shown: ShownAt;
}

/**
 * Writes the script. Functions answer only after a `register` whose signature is the app's, over this very address;
 * refusals are objects and no errors. The member's own tap on 发送 is taken for granted.
 */
export function webviewScript(seen: Seen): string {
  return `(() => {
  const known = ${JSON.stringify(seen).replaceAll('<', '\\u003c')};
  let registered = null;
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const refuse = (name, why) => Promise.reject({ errMsg: name + ':fail ' + why, errCode: -1 });
  const check = async (options) => {
    const url = ${addressOf(seen.shown)};
    const { timestamp, nonceStr, signature } = await options.getAgentConfigSignature(url);
    const plain = 'jsapi_ticket=' + known.ticket + '&noncestr=' + nonceStr + '&timestamp=' + timestamp + '&url=' + url;
    const expected = hex(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(plain)));
    if (options.corpId !== known.corpId || Number(options.agentId) !== known.agentId) return 'invalid corpid or agentid';
    if (Math.abs(Date.now() + known.aheadMs - timestamp * 1000) > 7200000) return 'invalid timestamp';
    return signature === expected ? null : 'invalid signature';
  };
  const call = (name, answer) => async (parameters = {}) => {
    const fault = registered ? await registered.outcome : 'no permission';
    if (fault) return refuse(name, fault);
    if (!registered.jsApiList.includes(name)) return refuse(name, 'no permission');
    const result = await answer(parameters);
    return typeof result === 'string' ? refuse(name, result) : { ...result, errMsg: name + ':ok', errCode: 0 };
  };
  const ofOpen = (entries, field) => () => {
    if (!entries.includes(known.entry)) return 'without context of external contact';
    return known.allowed ? { [field]: known.open } : 'no permission';
  };
  window.ww = {
    SDK_VERSION: '2.0.2',
    register(options) {
      const outcome = check(options).catch(() => 'no signature');
      registered = { jsApiList: options.jsApiList || [], outcome };
      outcome.then((fault) => {
        const told = fault ? options.onAgentConfigFail : options.onAgentConfigSuccess;
        if (told) told({ errMsg: 'agentConfig:' + (fault ? 'fail ' + fault : 'ok') });
      });
    },
    getContext: call('getContext', () => ({ entry: known.entry })),
    getCurExternalContact: call('getCurExternalContact', ofOpen(['single_chat_tools', 'single_kf_tools'], 'userId')),
    getCurExternalChat: call('getCurExternalChat', ofOpen(['group_chat_tools'], 'chatId')),
    sendChatMessage: call('sendChatMessage', async ({ msgtype, text }) => {
      if (known.entry === 'normal') return 'without context';
      if (msgtype !== 'text' || !text || !text.content) return 'invalid parameter';
      const sent = await fetch(known.sendTo, { method: 'POST', body: text.content });
      return sent.ok ? {} : 'no permission';
    }),
    closeWindow: async () => { window.dispatchEvent(new Event('wecom:close')); return { errMsg: 'closeWindow:ok' }; },
  };
})();`;
}
