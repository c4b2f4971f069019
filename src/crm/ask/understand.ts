// Tells a question to the bot from a customer's words that a colleague hands over.
import type { Ask } from './ask.ts';
import { candidates } from './names/candidates.ts';
import type { KnownName, NameBook } from './names/known-name.ts';
import { looksLikeName, mayBeName } from './names/looks-like-name.ts';
import { obey } from './obey.ts';
import { isAgenda } from './words/agenda-words.ts';
import { type Command, commandOf } from './words/commands.ts';
import { cutter, type Span } from './words/cut.ts';
import { isHandedOver } from './words/handed-over.ts';
import { judgeQuestion, type Question } from './words/judge-question.ts';
import { isOfThisChat } from './words/of-this-chat.ts';
import { layOut } from './words/sentence.ts';
import { spell } from './words/spelling.ts';

export type { Ask };

/** Questions are short; what is longer was written by or for a customer. */
const LONGEST_QUESTION = 60;
/** Looking for a name that is not as written costs some milliseconds. */
const MOST_GUESSES = 12;

/**
 * What a text asks of the bot; null when it is not a question to the bot but a customer's words handed over.
 * Customers do not write their own company's short name: words that name a customer, ask something and speak for nobody
 * are the colleague's. `linked`: the chat belongs to a customer, so that 上次报价多少 without a name is a question.
 */
export function understand(source: string, book: NameBook, where: { readonly linked: boolean }): Ask | null {
  const said = read(source);
  if (said === null) return null;
  if (said.command !== null) return obey(said.command, book, where.linked);
  const mentioned = book.mentions(said.text);
  const [first] = mentioned;
  if (first !== undefined) {
    const question = said.about(mentioned);
    if (question !== null) return asked(question, said.typed(first), first.names);
    if (said.isTold(mentioned)) return null;
  }
  if (said.isTold([])) return null;
  if (first === undefined && isAgenda(said.text)) return { kind: 'agenda' };
  const unnamed = said.about([]);
  const ofThisChat = unnamed !== null && isOfThisChat(unnamed, said.sentence, said.text);
  if (ofThisChat && said.sentence.covered) return where.linked ? asked(unnamed, null, []) : null;
  const guess = byGuess(said, book);
  if (guess !== null) return guess;
  return unknown(said, book, ofThisChat) ?? (ofThisChat && where.linked ? asked(unnamed, null, []) : null);
}

/** A first look that needs no names: false when the text certainly is no question to the bot. */
export function mayBeAsk(source: string): boolean {
  const said = read(source);
  if (said === null) return false;
  if (said.command !== null || isAgenda(said.text)) return true;
  if (said.isTold([])) return false;
  const unnamed = said.about([]);
  if (unnamed !== null && (unnamed.asks || isOfThisChat(unnamed, said.sentence, said.text))) return true;
  return said.places().some((span) => worthLooking(said, span) !== null);
}

const asked = (question: Question, name: string | null, matches: readonly KnownName[]): Ask => ({
  kind: 'customer',
  topic: question.topic,
  name,
  matches,
});

type Said = Exclude<ReturnType<typeof read>, null>;

/** What is asked about the words of a place, if they can be a name. */
function worthLooking(said: Said, span: Span): Question | null {
  if (!mayBeName(said.typed(span), 'as written')) return null;
  return said.about([span]);
}

function byGuess(said: Said, book: NameBook): Ask | null {
  let left = MOST_GUESSES;
  for (const span of said.places()) {
    const question = worthLooking(said, span);
    if (question === null) continue;
    const typed = said.typed(span);
    const written = book.named(typed);
    if (written.length > 0) return asked(question, typed, written);
    if (!mayBeName(typed, question.asks && question.spoken ? 'in a question' : 'alone') || left-- <= 0) continue;
    const matches = book.find(typed);
    if (matches.length > 0) return asked(question, typed, matches);
  }
  return null;
}

/** Behind a name: 德瑞克这家…, 宁德时代是谁的客户. */
const isCustomer = /^(?:这家(?!店)|[这那]个?客户|.{0,3}是(?:不是)?.{1,4}客户|[^，。]{0,4}谁.?的?客户)/;

/** A name that we do not know: the words must leave no doubt that one is asked about. */
function unknown(said: Said, book: NameBook, ofThisChat: boolean): Ask | null {
  if (said.sentence.has('modal')) return null;
  for (const span of said.places()) {
    const question = said.about([span]);
    const typed = said.typed(span);
    if (question === null || book.mentions(typed).length > 0) continue;
    const called = isCustomer.test(said.text.slice(span.to));
    if ((called || !ofThisChat) && looksLikeName(typed, question, called)) return asked(question, typed, []);
  }
  return null;
}

function read(source: string) {
  const written = source.trim().replace(/^(?:@(?!所有人|all\b)\S{1,20}[\s\u2005]+|@聊单[,，:：]?\s*)+/i, '');
  const spelt = spell(written);
  const { text, at, gaps } = spelt;
  const command: Command | null = commandOf(spelt, (to) => written.slice(to === 0 ? 0 : (at[to - 1] as number) + 1));
  if (command === null && (text.length === 0 || text.length > LONGEST_QUESTION || /\n/.test(written))) return null;
  const cutAt = cutter(spelt);
  const sentenceWith = (names: readonly Span[]) => layOut(cutAt(names), gaps);
  const isTold = (names: readonly Span[]): boolean =>
    isHandedOver(names.reduceRight((marked, { from, to }) => `${marked.slice(0, from)}◆${marked.slice(to)}`, text));
  return {
    command,
    text,
    sentence: sentenceWith([]),
    typed: ({ from, to }: Span): string => written.slice(at[from], (at[to - 1] as number) + 1).trim(),
    places: () => candidates(cutAt([]), gaps),
    isTold,
    /** What is asked when names stand there. */
    about(names: readonly Span[]): Question | null {
      const sentence = sentenceWith(names);
      if (names.length > 0 && !sentence.pieces.some(({ name }) => name)) return null;
      return isTold(names) ? null : judgeQuestion(sentence);
    },
  };
}
