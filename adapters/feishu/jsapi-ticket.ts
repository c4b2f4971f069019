/** The ticket that page signatures are made with: one for all instances, kept until it ends, not asked for in vain. */
import { z } from 'zod';
import type { TokenHolder, TokenVault } from '../../src/channel/token.ts';
import { ApiFailure } from './api-failure.ts';
import type { FeishuClient } from './client.ts';
import { tokenMarginMs } from './token.ts';

const ticketReply = z.object({ data: z.object({ ticket: z.string().min(1), expire_in: z.number().positive() }) });

/** Anybody may ask for a page's configuration, and the platform counts our calls: after a failure none leaves for so long. */
const pauseMs = 5_000;

/** Rejects with ApiFailure. https://open.feishu.cn/document/server-docs/authentication-management/access-token/jsapi-ticket */
export function createTicketHolder(client: FeishuClient, secret: string, vault: TokenVault): TokenHolder {
  return vault.share({
    name: 'jsapi_ticket',
    secret,
    marginMs: tokenMarginMs,
    async fetch() {
      const reply = await client.asApp((lark, auth) =>
        lark.request<unknown>({ method: 'POST', url: '/open-apis/jssdk/ticket/get' }, auth),
      );
      const parsed = ticketReply.safeParse(reply);
      if (!parsed.success) throw ApiFailure.unreached('network', null);
      return { token: parsed.data.data.ticket, expiresInSeconds: parsed.data.data.expire_in };
    },
    restAfter: (error) => (error instanceof ApiFailure ? pauseMs : 0),
  });
}
