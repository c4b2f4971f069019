/** How the client opens a page of ours. */

const official = 'https://applink.feishu.cn';

/**
 * Opens the page beside the chat in the computer's client: `sidebar-semi`, which cards may link to as menus may
 * (https://open.feishu.cn/document/applink-protocol/supported-protocol/open-an-h5-application). The page is an ordinary
 * one below: whoever has no such client follows the address itself.
 */
export function besideChat(url: string): string {
  return `${official}/client/web_url/open?mode=sidebar-semi&url=${encodeURIComponent(url)}`;
}
