/** Which chat client this page is for. */

export type Client = 'feishu' | 'dingtalk';

/** The address says it, as it was entered in the platform's console; one that says nothing is Feishu's, which names itself otherwise. */
export function clientHere(): Client {
  const named = new URLSearchParams(location.search).get('platform');
  return named === 'dingtalk' || isInDingtalk() ? 'dingtalk' : 'feishu';
}

export const isInDingtalk = (): boolean => /DingTalk/i.test(navigator.userAgent);
export const isInFeishu = (): boolean => /Lark|Feishu/i.test(navigator.userAgent);
