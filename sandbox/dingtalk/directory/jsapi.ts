/** The ticket that signs pages for `dd.config`: two hours, the same one while it lives, asked for by either API family. */
import { createTokenBook } from '../../platform/token-book.ts';
import type { Core } from '../core.ts';
import { ok, okOld, type Route } from '../reply.ts';

export interface Jsapi {
  readonly routes: readonly Route[];
  ticket(): string;
}

const LIFE_MS = 7200_000;

export function createJsapi({ clock, random }: Core): Jsapi {
  const book = createTokenBook({ now: clock.now, lifeMs: LIFE_MS, reuseMs: 0, newToken: () => random.hex(64) });
  const current = (): { ticket: string; seconds: number } => {
    const { token, leftMs } = book.issue('app');
    return { ticket: token, seconds: Math.floor(leftMs / 1000) };
  };
  return {
    ticket: () => current().ticket,
    routes: [
      {
        method: 'POST',
        path: '/api/v1.0/oauth2/jsapiTickets',
        auth: 'token',
        answer: () => ok({ jsapiTicket: current().ticket, expireIn: current().seconds }),
      },
      {
        method: 'GET',
        path: '/oapi/get_jsapi_ticket',
        auth: 'token',
        answer: () => okOld({ ticket: current().ticket, expires_in: current().seconds }),
      },
    ],
  };
}
