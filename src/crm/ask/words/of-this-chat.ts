// Judges whether a question that names nobody is a colleague's, about the customer of the chat.
import type { Topic } from '../topics.ts';
import type { Question } from './judge-question.ts';
import type { Role } from './lexicon.ts';
import { is, type Sentence } from './sentence.ts';

/** What only those say who speak of the customer: 这家, 报他, and the slang that one keeps from customers. */
const fromOutside =
  /这家(?!店)|这个?客户|他家|他们家?|(?:跟|和|给|报)[他她]|咱.{0,4}(?:上次|上回|之前)|(?:上次|上回|之前).{0,4}咱|忘了|失忆|想不起|鸭|有木有|到底.没/;
const customersOwn = /我们|我这|我要|要的|咱们?(?:今|合|签|这)|还了|密码/;
/** What one asks for by naming it; 这个客户报价 may as well tell of a quote. */
const askedByNaming: readonly Topic[] = ['overview', 'stage', 'owner', 'contact', 'last_contact'];

/** Whether a text without a name asks about the customer of the chat. */
export function isOfThisChat(question: Question, { words, covered, has }: Sentence, text: string): boolean {
  if (covered && isPlainlySo(question, words)) return true;
  return question.asks && fromOutside.test(text) && !customersOwn.test(text) && !has('modal');
}

function isPlainlySo(question: Question, words: Sentence['words']): boolean {
  if (question.sure) return true;
  const says = (role: Role): boolean => words.some((word) => is(word, role));
  if (!says('deictic')) return false;
  return question.asks || says('look') || (askedByNaming.includes(question.topic) && words.length > 1);
}
