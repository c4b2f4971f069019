/** The ticket that page signatures are made with: one request for all who wait, kept until it ends, not asked for in vain. */
import { ApiFailure } from './api-failure.ts';
import type { DingtalkClient } from './client.ts';
import { field, textField } from './json.ts';
import { createTokenHolder } from './token.ts';

/** Anybody may ask for a page's configuration: after a failure the platform is left alone for so long. */
const pauseMs = 5_000;

/** Rejects with ApiFailure. The call costs nothing of the month's allowance (dingtalk.md §5.6, §6.1). */
export function createTicketHolder(client: Pick<DingtalkClient, 'api'>, now: () => number): () => Promise<string> {
  let failure: { readonly error: unknown; readonly until: number } | null = null;

  async function fetchTicket(): Promise<{ token: string; expiresInSeconds: number }> {
    try {
      const reply = await client.api('POST', '/v1.0/oauth2/jsapiTickets', {});
      const [token, seconds] = [textField(reply, 'jsapiTicket'), field(reply, 'expireIn')];
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
