/** Reading what may be long: within the platform's limits, page by page, and again where it is merely slow in coming. */
import { setTimeout as sleep } from 'node:timers/promises';
import type * as Lark from '@larksuiteoapi/node-sdk';
import { DeliveryError } from '../../src/channel/delivery.ts';
import { ApiFailure } from './api-failure.ts';
import type { Auth, FeishuClient } from './client.ts';
import { missingScopes, toDeliveryError } from './errors.ts';
import type { Limiter } from './limiter.ts';

/** Lists of the address book hold 50 a page at most. */
export const pageSize = 50;
const usualPauses: readonly number[] = [1_000, 5_000, 20_000];
/** The longest wait the platform's own limits can ask for: its window is a minute. */
const patienceMs = 61_000;

export type Ask = <T>(run: (lark: Lark.Client, auth: Auth) => Promise<T>) => Promise<T>;

export interface Reading {
  readonly client: FeishuClient;
  readonly limiter: Pick<Limiter, 'hold'>;
  /** When the channel stops, nobody waits on. */
  readonly ending: AbortSignal;
  /** Before each further try, ms. */
  readonly pauses?: readonly number[];
}

interface Listed {
  readonly has_more?: boolean | undefined;
  readonly page_token?: string | undefined;
}

/** Every page of a list, one after the other. */
export async function* pages<D extends Listed>(
  ask: Ask,
  read: (
    lark: Lark.Client,
    auth: Auth,
    page: { page_size: number; page_token?: string },
  ) => Promise<{ data?: D | undefined }>,
): AsyncGenerator<D> {
  let token: string | undefined;
  do {
    const page = { page_size: pageSize, ...(token && { page_token: token }) };
    const { data } = await ask((lark, auth) => read(lark, auth, page));
    if (data) yield data;
    token = data?.has_more ? data.page_token : undefined;
  } while (token);
}

/**
 * Messages need not wait for an address book: each API has its own limit. What is merely busy is asked again, after `pauses` in ms.
 * Rejects with a DeliveryError.
 */
export function createAsk({ client, limiter, ending, pauses = usualPauses }: Reading): Ask {
  const hold = () => limiter.hold('contact', patienceMs, ending);
  return async (run) => {
    for (let tries = 0; ; tries += 1) {
      for (let waitMs = await hold(); waitMs > 0; waitMs = await hold())
        await sleep(waitMs, undefined, { signal: ending });
      try {
        return await client.asApp(run);
      } catch (error) {
        const pause = pauses[tries];
        const passing = error instanceof ApiFailure && !error.isRefusal;
        if (pause === undefined || !passing) throw explained(error);
        await sleep(Math.max(pause, error.resetMs ?? 0), undefined, { signal: ending });
      }
    }
  };
}

function explained(error: unknown): DeliveryError {
  const said = toDeliveryError(error);
  const scopes = error instanceof ApiFailure ? missingScopes(error) : [];
  return scopes.length === 0
    ? said
    : new DeliveryError(said.outcome, said.code, `${said.message}需要：${scopes.join('、')}`, null);
}
