// Tells a question to the bot from a customer's words that a colleague hands over.
import { isSameCompany, type KnownName, type NameBook } from './names/compile-names.ts';
import { looksLikeName, mayBeName } from './names/looks-like-name.ts';
import type { Topic } from './topics.ts';
import { type Command, commandOf } from './words/commands.ts';
import { type Reading, readings } from './words/cover.ts';
import { judgeQuestion, type Question } from './words/judge-question.ts';
import { spell } from './words/spelling.ts';

/** What a colleague wants from the bot. `name` is as typed; null means the customer of this chat. */
export type Ask =
  | { readonly kind: 'help' }
  | { readonly kind: 'agenda' }
  | { readonly kind: 'bind'; readonly name: string; readonly matches: readonly KnownName[] }
  | {
      readonly kind: 'note';
      readonly name: string | null;
      readonly matches: readonly KnownName[];
      readonly text: string;
    }
  | { readonly kind: 'new_customer'; readonly name: string; readonly matches: readonly KnownName[] }
  | {
      readonly kind: 'customer';
      readonly topic: Topic;
      readonly name: string | null;
      readonly matches: readonly KnownName[];
    };

/** Questions are short; what is longer was written by or for a customer. */
const LONGEST_QUESTION = 48;
const MOST_GUESSES = 6;

/**
 * What a text asks of the bot; null when it is not a question to the bot but a customer's words handed over.
 * `linked`: the chat belongs to a customer, so that 上次报价多少 without a name is a question.
 */
export function understand(text: string, book: NameBook, where: { readonly linked: boolean }): Ask | null {
  const said = read(text);
  if (said === null) return null;
  if (said.command !== null) return obey(said.command, book);
  const questions = said.questions;
  const unnamed = questions.find(({ reading }) => reading.to === 0);
  if (unnamed !== undefined && isOfThisChat(unnamed))
    return where.linked ? { kind: 'customer', topic: unnamed.question.topic, name: null, matches: [] } : null;
  const named = questions.filter(({ reading }) => reading.to > 0);
  const answer = ({ question, typed }: Asked, matches: readonly KnownName[]): Ask => ({
    kind: 'customer',
    topic: question.topic,
    name: typed,
    matches,
  });
  for (const asked of [...named].reverse()) {
    const matches = mayBeName(asked.typed, 'as written') ? book.named(asked.typed) : [];
    if (matches.length > 0) return answer(asked, matches);
  }
  for (const asked of named.slice(0, MOST_GUESSES)) {
    const matches = mayBeName(asked.typed, asked.question.asks ? 'in a question' : 'alone')
      ? book.find(asked.typed)
      : [];
    if (matches.length > 0) return answer(asked, matches);
  }
  const unknown = named.find(({ question, typed }) => looksLikeName(typed, question));
  return unknown === undefined ? null : answer(unknown, []);
}

/** A first look that needs no names: false when the text certainly is no question to the bot. */
export function mayBeAsk(text: string): boolean {
  const said = read(text);
  if (said === null) return false;
  return (
    said.command !== null ||
    said.questions.some(
      (asked) =>
        isOfThisChat(asked) ||
        (asked.reading.to > 0 && mayBeName(asked.typed, asked.question.asks ? 'in a question' : 'alone')),
    )
  );
}

type Asked = { readonly reading: Reading; readonly question: Question; readonly typed: string };

const isOfThisChat = ({ reading, question }: Asked): boolean =>
  reading.to === 0 &&
  (question.sure ||
    reading.before.some((token) =>
      token.some(({ role, text }) => role === 'deictic' && (question.asks || text !== '客户')),
    ));

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

const aboutThem = /^(?:说|问|要|让|想|那边|的|同意|已|把|反馈|确认|答应|表示|希望|需要|催)/;

function obey(command: Command, book: NameBook): Ask | null {
  if (command.kind === 'help' || command.kind === 'agenda') return { kind: command.kind };
  const { kind, rest, loose } = command;
  const firstNamed = book.mentions(rest)[0];
  if (loose && firstNamed?.from !== 0) return null;
  if (kind === 'bind') {
    const name = rest.replace(/[。!！?？]+$/, '');
    return { kind, name, matches: name === '主管群' ? [] : book.find(name) };
  }
  if (kind === 'new_customer') {
    const name = nameOf(rest);
    return { kind, name, matches: book.named(name).filter((known) => isSameCompany(name, known)) };
  }
  const [first = '', ...others] = rest.split(/[\s:：,，]+/);
  const matches = others.length > 0 && mayBeName(first, 'alone') ? book.find(first) : [];
  if (matches.length > 0)
    return { kind, name: first, matches, text: rest.slice(first.length).replace(/^[\s:：,，]+/, '') };
  if (firstNamed === undefined || firstNamed.from !== 0) return { kind, name: null, matches: [], text: rest };
  const behind = rest.slice(firstNamed.to).replace(/^[\s:：,，]+/, '');
  const text = aboutThem.test(behind) ? rest : behind;
  return { kind, name: rest.slice(0, firstNamed.to), matches: firstNamed.names, text };
}

/** The name in 苏州明远 联系人张三 138…: what follows a space is details when it is about people or numbers. */
function nameOf(rest: string): string {
  const line = rest.split(/[,，;；。\n]/, 1)[0] as string;
  return line
    .trim()
    .replace(/\s+(?=.*(?:\d{5,}|联系人|电话|手机|微信|负责人|地址|经理|总\b|先生|女士)).*$/, '')
    .replace(/[!！?？]+$/, '')
    .trim();
}
