/** Which chat client this page is for, and with what address it was opened there. */

export type Client = 'feishu' | 'dingtalk' | 'wecom' | 'plain';

/** The query as it was when the page was loaded: clients put their own words there, which going to another page loses. */
export const launch: URLSearchParams = new URLSearchParams(location.search);

/**
 * The address says it, as it was entered in the platform's console; else the browser's name does. `plain` is an ordinary
 * browser, except where only Feishu can have meant it: the message action, and a page opened with a trigger of Feishu's.
 */
export function clientHere(): Client {
  const named = new URLSearchParams(location.search).get('platform') ?? launch.get('platform');
  if (named === 'dingtalk' || isInDingtalk()) return 'dingtalk';
  if (named === 'wecom' || isInWecom()) return 'wecom';
  const feishuOnly = launch.has('bdp_launch_query') || location.pathname.endsWith('/hand-over');
  return named === 'feishu' || isInFeishu() || feishuOnly ? 'feishu' : 'plain';
}

export const isInDingtalk = (): boolean => /DingTalk/i.test(navigator.userAgent);
export const isInFeishu = (): boolean => /Lark|Feishu/i.test(navigator.userAgent);
export const isInWecom = (): boolean => /wxwork\//i.test(navigator.userAgent);

/** The address that signatures are made over. */
export const pageAddress = (): string => location.href.replace(/#.*$/, '');
