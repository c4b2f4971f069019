/** How far set-up is: read once for all steps, and brought up to date by what each of them changes. */
import { type ShallowRef, shallowRef } from 'vue';
import { type SetupView, setupApi } from './api.ts';
import { isAway, type SetupAnswer, type SetupProblem } from './ask-setup.ts';

/**
 * `enter`: the code is wanted · `finished`: nothing more to set up · `closing`: finished here just now · `away`: the
 * server does not answer · `broken`: it answers with a fault.
 */
export type Phase = 'loading' | 'enter' | 'open' | 'finished' | 'closing' | 'away' | 'broken';

export const phase = shallowRef<Phase>('loading');
export const setup = shallowRef<SetupView | null>(null);

/** Reads anew. What cannot be read now leaves on the page what is there. */
export async function readSetup(): Promise<SetupAnswer<SetupView>> {
  const answer = await setupApi.read();
  meet(answer);
  return answer;
}

/** Takes up what the server said: the newest state, or that this page is not to be shown any more. */
export function meet(answer: SetupAnswer<SetupView>): void {
  if (phase.value === 'closing') return;
  if (answer.ok) {
    if (answer.value) setup.value = answer.value;
    phase.value = 'open';
  } else if (answer.problem.status === 401) phase.value = 'enter';
  else if (isFinished(answer.problem)) phase.value = 'finished';
  else if (!setup.value) phase.value = isAway(answer.problem) ? 'away' : 'broken';
}

/** Nothing of set-up is there any more; what else is not found has a word of its own. */
const isFinished = ({ status, code }: SetupProblem): boolean => status === 404 && code !== 'not_found';

export interface Changing {
  readonly busy: Readonly<ShallowRef<boolean>>;
  readonly problem: ShallowRef<SetupProblem | null>;
  /** Resolves with whether it worked; does nothing while a change is under way. */
  change(call: () => Promise<SetupAnswer<SetupView>>): Promise<boolean>;
}

export function useChange(): Changing {
  const busy = shallowRef(false);
  const problem = shallowRef<SetupProblem | null>(null);
  return {
    busy,
    problem,
    async change(call) {
      if (busy.value) return false;
      busy.value = true;
      problem.value = null;
      const answer = await call();
      meet(answer);
      if (answer.ok && answer.value === null && phase.value === 'open') await readSetup();
      if (!answer.ok) problem.value = answer.problem;
      busy.value = false;
      return answer.ok;
    },
  };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
