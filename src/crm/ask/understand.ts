// Tells a question to the bot from a customer's words that a colleague hands over.
import type { Ask } from './ask.ts';
import type { KnownName, NameBook } from './names/compile-names.ts';
import { isSentence, looksLikeName, mayBeName } from './names/looks-like-name.ts';
import { obey } from './obey.ts';
import type { Topic } from './topics.ts';
import { type Command, commandOf } from './words/commands.ts';
import { type Reading, readings } from './words/cover.ts';
import { judgeQuestion, type Question } from './words/judge-question.ts';
import type { Role } from './words/lexicon.ts';
import { spell } from './words/spelling.ts';

export type { Ask };

/** Questions are short; what is longer was written by or for a customer. */
const LONGEST_QUESTION = 48;
/** The name is the least that no other word explains, or a word or two more. */
const MOST_GUESSES = 4;

/**
 * What a text asks of the bot; null when it is not a question to the bot but a customer's words handed over.
 * `linked`: the chat belongs to a customer, so that 上次报价多少 without a name is a question.
 */
export function understand(text: string, book: NameBook, where: { readonly linked: boolean }): Ask | null {
  const said = read(text);
  if (said === null) return null;
  if (said.command !== null) return obey(said.command, book, where.linked);
  const questions = said.questions;
  const unnamed = questions.find(({ reading }) => reading.to === 0);
  if (unnamed !== undefined && isOfThisChat(unnamed))
    return where.linked ? { kind: 'customer', topic: unnamed.question.topic, name: null, matches: [] } : null;
  const named = questions.filter(({ reading }) => reading.to > 0);
  const found = asWritten(named, book) ?? byGuess(named.slice(0, MOST_GUESSES), book) ?? unknown(named[0], book);
  if (found === null) return null;
  const { asked, matches } = found;
  return { kind: 'customer', topic: asked.question.topic, name: asked.typed, matches };
}

type Found = { readonly asked: Asked; readonly matches: readonly KnownName[] };

/** The fewest words that name a customer; more words only where they leave fewer to choose from (苏州明远). */
function asWritten(named: readonly Asked[], book: NameBook): Found | null {
  let found: Found | null = null;
  for (const asked of named) {
    if (!mayBeName(asked.typed, 'as written')) continue;
    const matches = book.named(asked.typed);
    if (matches.length > 0 && (found === null || matches.length < found.matches.length)) found = { asked, matches };
  }
  return found;
}

function byGuess(named: readonly Asked[], book: NameBook): Found | null {
  for (const asked of named) {
    if (!mayBeName(asked.typed, asked.question.asks ? 'in a question' : 'alone')) continue;
    const matches = book.find(asked.typed);
    if (matches.length > 0) return { asked, matches };
  }
  return null;
}

const unknown = (asked: Asked | undefined, book: NameBook): Found | null =>
  asked !== undefined && looksLikeName(asked.typed, asked.question) && book.mentions(asked.typed).length === 0
    ? { asked, matches: [] }
    : null;

/** A first look that needs no names: false when the text certainly is no question to the bot. */
export function mayBeAsk(text: string): boolean {
  const said = read(text);
  if (said === null) return false;
  return (
    said.command !== null ||
    said.questions.some(
      (asked) =>
        isOfThisChat(asked) ||
        (asked.reading.to > 0 &&
          mayBeName(asked.typed, 'as written') &&
          (asked.question.asks || !isSentence(asked.typed))),
    )
  );
}

type Asked = { readonly reading: Reading; readonly question: Question; readonly typed: string };

/** What one asks for by naming it; 这个客户报价 may as well tell of a quote. */
const askedByNaming: readonly Topic[] = ['overview', 'stage', 'owner', 'contact', 'last_contact'];

function isOfThisChat({ reading, question }: Asked): boolean {
  if (reading.to > 0) return false;
  if (question.sure) return true;
  const says = (role: Role) => reading.before.some((token) => token.some((word) => word.role === role));
  if (!says('deictic')) return false;
  return question.asks || says('look') || (askedByNaming.includes(question.topic) && reading.before.length > 1);
}

function read(source: string): { readonly command: Command | null; readonly questions: readonly Asked[] } | null {
  const text = source.trim().replace(/^(?:@(?!所有人|all\b)\S{1,20}[\s\u2005]+|@聊单[,，:：]?\s*)+/i, '');
  const spelt = spell(text);
  const typed = (from: number, to: number): string =>
    to <= from ? '' : text.slice(spelt.at[from] as number, (spelt.at[to - 1] as number) + 1).trim();
  const command = commandOf(spelt.text, (at) => text.slice(at === 0 ? 0 : (spelt.at[at - 1] as number) + 1));
  if (command !== null) return { command, questions: [] };
  if (spelt.text.length === 0 || spelt.text.length > LONGEST_QUESTION || /\n/.test(text)) return null;
  const questions = readings(spelt.text).flatMap((reading) => {
    const question = judgeQuestion(reading.before, reading.after);
    return question === null ? [] : [{ reading, question, typed: typed(reading.from, reading.to) }];
  });
  return { command: null, questions };
}
