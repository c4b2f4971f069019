/** What a page in the client's webview needs before the client's own functions answer it: a signature over its address. */
import { createHash, randomBytes } from 'node:crypto';
import type { ChannelContext, ChannelPages } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';
import { createTicketHolder } from './jsapi-ticket.ts';
import type { FeishuSettings } from './settings.ts';

/** Where the web edition of the client may show a page in a frame. */
const frameAncestors = ['https://*.feishu.cn', 'https://*.larkoffice.com', 'https://*.larksuite.com'];

/**
 * Lower-case hex. Fixed order, raw values, the timestamp in milliseconds, the address with its query and without `#…`.
 * https://open.feishu.cn/document/client-docs/h5/development-guide/auth
 */
export function signPage(ticket: string, nonce: string, timestampMs: number, url: string): string {
  return createHash('sha1')
    .update(`jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestampMs}&url=${url}`)
    .digest('hex');
}

export function createPages(
  client: FeishuClient,
  settings: FeishuSettings,
  { tokens, now }: Pick<ChannelContext, 'tokens' | 'now'>,
): ChannelPages {
  const ticket = createTicketHolder(client, settings.appSecret, tokens);
  return {
    sdkUrl: settings.jsSdkUrl,
    frameAncestors,
    async configure(url) {
      try {
        const current = await ticket.get();
        // The client refuses a signature it has seen before: a fresh nonce each time.
        const nonceStr = randomBytes(16).toString('hex');
        const timestamp = now();
        return { appId: settings.appId, timestamp, nonceStr, signature: signPage(current, nonceStr, timestamp, url) };
      } catch (error) {
        if (error instanceof ApiFailure) return null;
        throw error;
      }
    },
  };
}
