/** Asks once: what a page was opened beside stays as long as the page, and clients forget how they opened it. */
import type { Answer } from '../answer.ts';

/** Calls at the same time share one question; a refusal is asked again. */
export function remember<T, R extends string>(ask: () => Promise<Answer<T, R>>): () => Promise<Answer<T, R>> {
  let asked: Promise<Answer<T, R>> | null = null;
  return async () => {
    asked ??= ask();
    const answer = await asked;
    if (!answer.ok) asked = null;
    return answer;
  };
}
