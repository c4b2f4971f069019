/** What a page in the client's webview needs before the client's protected functions answer it: a signature over its address. */
import { createHash, randomBytes } from 'node:crypto';
import type { ChannelContext, ChannelPages } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import type { DingtalkClient } from './client.ts';
import { createTicketHolder } from './jsapi-ticket.ts';
import type { DingtalkSettings } from './settings.ts';

/** Where the web edition of the client may show a page in a frame. */
const frameAncestors = ['https://*.dingtalk.com'];

/**
 * Lower-case hex. Fixed order, the address without `#…` and with its query decoded, because some clients encode it and
 * some do not. SHA-256 as in the current official sample; the variable there is still called sha1 (dingtalk.md §5.6).
 */
export function signPage(ticket: string, nonce: string, timestampMs: number, url: string): string {
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestampMs}&url=${signedAddress(url)}`;
  return createHash('sha256').update(plain).digest('hex');
}

function signedAddress(url: string): string {
  const [address = ''] = url.split('#');
  const query = address.indexOf('?');
  return query === -1 ? address : address.slice(0, query) + decoded(address.slice(query));
}

/** A query that is no sound encoding is signed as it stands. */
function decoded(query: string): string {
  try {
    return decodeURIComponent(query);
  } catch {
    return query;
  }
}

export function createPages(
  client: Pick<DingtalkClient, 'api'>,
  settings: Pick<DingtalkSettings, 'clientId' | 'clientSecret' | 'corpId' | 'agentId' | 'jsSdkUrl'>,
  { tokens, now }: Pick<ChannelContext, 'tokens' | 'now'>,
): ChannelPages {
  const { clientId, corpId, agentId } = settings;
  const ticket = createTicketHolder(client, settings.clientSecret, tokens);
  return {
    sdkUrl: settings.jsSdkUrl,
    frameAncestors,
    async configure(url) {
      try {
        const current = await ticket.get();
        const nonceStr = randomBytes(16).toString('hex');
        const timeStamp = now();
        const signature = signPage(current, nonceStr, timeStamp, url);
        // Without the AgentId the client refuses `dd.config`; the page says so itself, with what to do.
        return { ...(agentId !== null && { agentId }), clientId, corpId, timeStamp, nonceStr, signature };
      } catch (error) {
        if (error instanceof ApiFailure) return null;
        throw error;
      }
    },
  };
}
