/** The ticket that page signatures are made with: one for all instances, kept until it ends, not asked for in vain. */
import type { TokenHolder, TokenVault } from '../../src/channel/token.ts';
import { ApiFailure } from './api-failure.ts';
import type { DingtalkClient } from './client.ts';
import { field, textField } from './json.ts';
import { tokenMarginMs } from './token.ts';

/** Anybody may ask for a page's configuration: after a failure the platform is left alone for so long. */
const pauseMs = 5_000;

/** Rejects with ApiFailure. The call costs nothing of the month's allowance (dingtalk.md §5.6, §6.1). */
export function createTicketHolder(
  client: Pick<DingtalkClient, 'api'>,
  secret: string,
  vault: TokenVault,
): TokenHolder {
  return vault.share({
    name: 'jsapi_ticket',
    secret,
    marginMs: tokenMarginMs,
    async fetch() {
      const reply = await client.api('POST', '/v1.0/oauth2/jsapiTickets', {});
      const [token, seconds] = [textField(reply, 'jsapiTicket'), field(reply, 'expireIn')];
      if (token === null || typeof seconds !== 'number') throw ApiFailure.unreached('network', null);
      return { token, expiresInSeconds: seconds };
    },
    restAfter: () => pauseMs,
  });
}
