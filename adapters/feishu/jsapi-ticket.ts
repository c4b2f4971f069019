/** The ticket that page signatures are made with: one request for all who wait, kept until it ends, not asked for in vain. */
import { z } from 'zod';
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';
import { createTokenHolder } from './token.ts';

const ticketReply = z.object({ data: z.object({ ticket: z.string().min(1), expire_in: z.number().positive() }) });

/** Anybody may ask for a page's configuration, and the platform counts our calls: after a failure none leaves for so long. */
const pauseMs = 5_000;

/** Rejects with ApiFailure. https://open.feishu.cn/document/server-docs/authentication-management/access-token/jsapi-ticket */
export function createTicketHolder(client: FeishuClient, now: () => number): () => Promise<string> {
  let failure: { readonly error: ApiFailure; readonly until: number } | null = null;

  async function fetchTicket(): Promise<{ token: string; expiresInSeconds: number }> {
    try {
      const reply = await client.asApp((lark, auth) =>
        lark.request<unknown>({ method: 'POST', url: '/open-apis/jssdk/ticket/get' }, auth),
      );
      const parsed = ticketReply.safeParse(reply);
      if (!parsed.success) throw ApiFailure.unreached('network', null);
      return { token: parsed.data.data.ticket, expiresInSeconds: parsed.data.data.expire_in };
    } catch (error) {
      if (error instanceof ApiFailure) failure = { error, until: now() + pauseMs };
      throw error;
    }
  }

  const holder = createTokenHolder(fetchTicket, now);
  return async () => {
    if (failure !== null && now() < failure.until) throw failure.error;
    return holder.get();
  };
}
