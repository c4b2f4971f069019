/** Reading what may be long: pages that are merely slow in coming are asked for again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiFailure, isRefusedWith } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { isPassing } from './errors.ts';
import type { JsonRecord } from './json.ts';

/** A POST where there is a body, else a GET with this query. Rejects with ApiFailure. */
export type Ask = (
  path: string,
  body: JsonRecord | null,
  query?: Readonly<Record<string, string>>,
) => Promise<JsonRecord>;

export const usualPauses: readonly number[] = [1_000, 5_000, 20_000];
/** `84061` says that these colleagues have no customers, not that something is wrong. */
const noCustomers = 84061;

/**
 * `pauses`: before each further try, ms. When `ending` aborts, nobody waits on. An empty record stands for nobody's
 * customers.
 */
export function createAsk(client: WecomClient, pauses: readonly number[], ending?: AbortSignal): Ask {
  return async (path, body, query) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await (body ? client.post(path, body) : client.get(path, query));
      } catch (error) {
        if (isRefusedWith(error, noCustomers)) return {};
        const pause = pauses[tries];
        if (pause === undefined || !(error instanceof ApiFailure) || !isPassing(error)) throw error;
        await sleep(pause, undefined, ending && { signal: ending });
      }
    }
  };
}

/** True for an answer that asking again will not change: no right, or none of what was asked for. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiFailure && error.kind === 'refused' && !isPassing(error);
}
