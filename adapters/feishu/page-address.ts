/** How the client opens a page of ours. */

export const feishuApplink = 'https://applink.feishu.cn';
const larkApplink = 'https://applink.larksuite.com';

/** Where links into the client begin: the edition abroad has a host of its own. */
export const applinkOf = (apiBase: string): string =>
  new URL(apiBase).hostname.endsWith('.larksuite.com') ? larkApplink : feishuApplink;

/**
 * Opens the page beside the chat in the computer's client: `sidebar-semi`, which cards may link to as menus may
 * (https://open.feishu.cn/document/applink-protocol/supported-protocol/open-an-h5-application). The page is an ordinary
 * one below: whoever has no such client follows the address itself.
 */
export function besideChat(url: string, applink: string): string {
  return `${applink}/client/web_url/open?mode=sidebar-semi&url=${encodeURIComponent(url)}`;
}
