/** What our pages need inside the client: signatures over their address, and where they are sent to sign in. */
import { createHash, randomBytes } from 'node:crypto';
import type { ChannelContext, ChannelPages } from '../../src/channel/channel.ts';
import { ApiFailure } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { createTicketHolder } from './jsapi-ticket.ts';
import type { WecomSettings } from './settings.ts';
import { signInUrl } from './sign-in.ts';

/** Lower-case hex; fixed order, raw values, the timestamp in seconds, the address with its query and without `#…` (D:96909). */
export function signPage(ticket: string, nonce: string, timestamp: number, url: string): string {
  const plain = `jsapi_ticket=${ticket}&noncestr=${nonce}&timestamp=${timestamp}&url=${url}`;
  return createHash('sha1').update(plain).digest('hex');
}

export function createPages(
  client: Pick<WecomClient, 'get'>,
  settings: Pick<WecomSettings, 'secret' | 'corpId' | 'agentId' | 'oauthBase' | 'jsSdkUrl'>,
  { tokens, now }: Pick<ChannelContext, 'tokens' | 'now'>,
): ChannelPages {
  const { corpId, agentId, jsSdkUrl } = settings;
  const ticket = (kind: 'company' | 'app') => createTicketHolder(client, kind, settings.secret, tokens);
  const [company, app] = [ticket('company'), ticket('app')];
  return {
    sdkUrl: jsSdkUrl,
    // The client shows pages in a window of their own.
    frameAncestors: [],
    async configure(url) {
      try {
        const companyTicket = await company.get();
        const appTicket = await app.get();
        const nonceStr = randomBytes(16).toString('hex');
        const timestamp = Math.floor(now() / 1000);
        const sign = (ticket: string) => signPage(ticket, nonceStr, timestamp, url);
        // Two, of two tickets: mixing them up is the error most often met.
        const signatures = { signature: sign(companyTicket), agentSignature: sign(appTicket) };
        return { corpId, agentId, timestamp, nonceStr, ...signatures };
      } catch (error) {
        if (error instanceof ApiFailure) return null;
        throw error;
      }
    },
    signInUrl: (returnTo, state) => signInUrl(settings, returnTo, state),
  };
}
