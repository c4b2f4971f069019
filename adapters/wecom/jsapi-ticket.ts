/** The tickets that page signatures are made with: one request for all who wait, kept until they end, not asked for in vain. */
import { ApiFailure } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { field, textField } from './json.ts';
import { createTokenHolder } from './token.ts';

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
  now: () => number,
): () => Promise<string> {
  let failure: { readonly error: unknown; readonly until: number } | null = null;

  async function fetchTicket(): Promise<{ token: string; expiresInSeconds: number }> {
    try {
      const reply = await client.get(calls[kind].path, calls[kind].query);
      const [token, seconds] = [textField(reply, 'ticket'), field(reply, 'expires_in')];
      if (token === null || typeof seconds !== 'number') throw ApiFailure.unreached('network', null);
      return { token, expiresInSeconds: seconds };
    } catch (error) {
      failure = { error, until: now() + pauseMs };
      throw error;
    }
  }

  const holder = createTokenHolder(fetchTicket, now);
  return async () => {
    if (failure !== null && now() < failure.until) throw failure.error;
    return holder.get();
  };
}
