/** Whether the bot answered somebody's words: its answers carry no reference to the question, so nearness has to do. */

export interface BotWords {
  readonly at: number;
  readonly text: string;
}

const ANSWER_MS = 5000;
/** The answer to words that it read as a customer's and found nothing in: why not says more than that it spoke. */
const FOUND_NOTHING = '这段话里没有看出';

/** `botWords`: what the bot said where the speaker could see it. */
export const isAnswered = (saidAt: number, botWords: Iterable<BotWords>): boolean => {
  for (const { at, text } of botWords)
    if (at >= saidAt && at - saidAt < ANSWER_MS && !text.includes(FOUND_NOTHING)) return true;
  return false;
};
