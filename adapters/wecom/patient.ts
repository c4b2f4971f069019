/** Reading what may be long: pages that are merely slow in coming are asked for again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiFailure, isRefusedWith } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { isPassing } from './errors.ts';
import type { JsonRecord } from './json.ts';

/** A POST where there is a body. Rejects with ApiFailure. */
export type Ask = (path: string, body: JsonRecord | null) => Promise<JsonRecord>;

export const usualPauses: readonly number[] = [1_000, 5_000, 20_000];
/** `84061` says that these colleagues have no customers, not that something is wrong. */
const noCustomers = 84061;

/** `pauses`: before each further try, ms. An empty record stands for nobody's customers. */
export function createAsk(client: WecomClient, pauses: readonly number[]): Ask {
  return async (path, body) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await (body ? client.post(path, body) : client.get(path));
      } catch (error) {
        if (isRefusedWith(error, noCustomers)) return {};
        const pause = pauses[tries];
        if (pause === undefined || !(error instanceof ApiFailure) || !isPassing(error)) throw error;
        await sleep(pause);
      }
    }
  };
}

/** True for an answer that asking again will not change: no right, or none of what was asked for. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ApiFailure && error.kind === 'refused' && !isPassing(error);
}
