/** Something that a page shows and the server has: being fetched, there, or a problem; fetched again when its key changes. */
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import type { Asked, Problem } from '../api/ask.ts';

export type Loaded<T> =
  | { readonly step: 'loading' }
  | { readonly step: 'ready'; readonly value: T }
  | { readonly step: 'failed'; readonly problem: Problem };

export interface Loading<T> {
  readonly state: Readonly<ShallowRef<Loaded<T>>>;
  /** Fetches again; what is shown stays until the answer is there, and stays when there is none. */
  refresh(): Promise<void>;
  /** Begins anew, with the shape of what is coming. */
  retry(): Promise<void>;
  /** Puts in what another call answered. */
  put(value: T): void;
}

/** An answer that comes after a newer question is dropped. What failed is tried again when the network is back. */
export function useLoad<T>(load: () => Promise<Asked<T>>, key: () => unknown = () => null): Loading<T> {
  const state = shallowRef<Loaded<T>>({ step: 'loading' });
  let latest = 0;

  async function refresh(): Promise<void> {
    const mine = ++latest;
    const asked = await load();
    if (mine !== latest) return;
    if (asked.ok) state.value = { step: 'ready', value: asked.value };
    else if (state.value.step !== 'ready' || asked.problem.code === 'not_found')
      state.value = { step: 'failed', problem: asked.problem };
  }
  const retry = (): Promise<void> => {
    state.value = { step: 'loading' };
    return refresh();
  };

  watch(key, retry, { immediate: true });
  addEventListener('online', refresh);
  onScopeDispose(() => {
    latest += 1;
    removeEventListener('online', refresh);
  });

  return {
    state,
    refresh,
    retry,
    put(value) {
      latest += 1;
      state.value = { step: 'ready', value };
    },
  };
}
