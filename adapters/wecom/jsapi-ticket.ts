/** The tickets that page signatures are made with: one of each for all instances, kept until they end, not asked for in vain. */
import type { TokenHolder, TokenVault } from '../../src/channel/token.ts';
import { ApiFailure } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { field, textField } from './json.ts';
import { tokenMarginMs } from './token.ts';

/** Anybody may ask for a page's configuration, and the platform gives 100 tickets an hour: after a failure none is asked for so long. */
const pauseMs = 40_000;

/** The company's ticket signs the page, the app's what the app may do there; any `type` at the first is refused (wecom.md §3.10). */
const calls = {
  company: { path: 'get_jsapi_ticket', query: {} },
  app: { path: 'ticket/get', query: { type: 'agent_config' } },
} as const;

/** Rejects with ApiFailure. https://developer.work.weixin.qq.com/document/path/90506 */
export function createTicketHolder(
  client: Pick<WecomClient, 'get'>,
  kind: keyof typeof calls,
  secret: string,
  vault: TokenVault,
): TokenHolder {
  return vault.share({
    name: `jsapi_ticket:${kind}`,
    secret,
    marginMs: tokenMarginMs,
    async fetch() {
      const reply = await client.get(calls[kind].path, calls[kind].query);
      const [token, seconds] = [textField(reply, 'ticket'), field(reply, 'expires_in')];
      if (token === null || typeof seconds !== 'number') throw ApiFailure.unreached('network', null);
      return { token, expiresInSeconds: seconds };
    },
    restAfter: () => pauseMs,
  });
}
