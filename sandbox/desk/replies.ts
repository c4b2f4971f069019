/** Whether the bot said something right after somebody's words: answers carry no reference to the question. */

const ANSWER_MS = 5000;

/** `botWords`: what the bot said where the speaker could see it. */
export const isReplied = (said: { readonly at: number }, botWords: readonly { readonly at: number }[]): boolean =>
  botWords.some(({ at }) => at >= said.at && at - said.at < ANSWER_MS);
