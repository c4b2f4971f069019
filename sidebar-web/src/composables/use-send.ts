/** Something a person does that the server must agree to: under way or not, and what was wrong with the last try. */
import { type ShallowRef, shallowRef } from 'vue';
import type { Asked, Problem } from '../api/ask.ts';

export interface Sending {
  readonly busy: Readonly<ShallowRef<boolean>>;
  readonly problem: ShallowRef<Problem | null>;
  /** Does nothing while a try is under way; null when it did not work. */
  send<T>(call: () => Promise<Asked<T>>): Promise<T | null>;
}

export function useSend(): Sending {
  const busy = shallowRef(false);
  const problem = shallowRef<Problem | null>(null);
  return {
    busy,
    problem,
    async send(call) {
      if (busy.value) return null;
      busy.value = true;
      problem.value = null;
      const asked = await call();
      busy.value = false;
      if (asked.ok) return asked.value;
      problem.value = asked.problem;
      return null;
    },
  };
}
