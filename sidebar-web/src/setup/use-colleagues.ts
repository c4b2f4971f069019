/** Colleagues by the letters of their name, asked for once the typing pauses. */
import { type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';
import { type Colleague, setupApi } from './api.ts';
import type { SetupProblem } from './ask-setup.ts';
import { meet } from './use-setup.ts';

const pauseMs = 250;

export interface Colleagues {
  readonly words: Ref<string>;
  /** Null until the first answer. */
  readonly found: Readonly<ShallowRef<readonly Colleague[] | null>>;
  readonly problem: Readonly<ShallowRef<SetupProblem | null>>;
  look(): Promise<void>;
}

export function useColleagues(): Colleagues {
  const words = ref('');
  const found = shallowRef<readonly Colleague[] | null>(null);
  const problem = shallowRef<SetupProblem | null>(null);
  let latest = 0;

  async function look(): Promise<void> {
    const mine = ++latest;
    const answer = await setupApi.people(words.value.trim());
    if (mine !== latest) return;
    problem.value = answer.ok ? null : answer.problem;
    if (answer.ok) found.value = answer.value?.items ?? [];
    else if (answer.problem.status === 401) meet(answer);
  }

  watch(words, (_, __, onCleanup) => {
    const timer = setTimeout(look, pauseMs);
    onCleanup(() => clearTimeout(timer));
  });
  return { words, found, problem, look };
}
