// Reads what an order to the bot is about: whom to bind, what to note, whom to create.
import type { Ask } from './ask.ts';
import { isSameCompany } from './names/compile-names.ts';
import type { KnownName, NameBook } from './names/known-name.ts';
import { isSentence, mayBeName } from './names/looks-like-name.ts';
import { splitName } from './names/split-name.ts';
import type { Command } from './words/commands.ts';

const aboutThem = /^(?:说|问|要|让|想|那边|的|同意|已|把|反馈|确认|答应|表示|希望|需要|催)/;
const gap = /^[\s:：,，、-]+/;
/** Longer than any company's name: the line may be out of a pasted document. */
const LONGEST_NAME = 300;

/** The order with the customers it names; null when its first word was that of an ordinary sentence after all. */
export function obey(command: Command, book: NameBook, linked: boolean): Ask | null {
  if (command.kind === 'help' || command.kind === 'name_group' || command.kind === 'unname_group') return command;
  // A customer may be called like a code.
  if (command.kind === 'link_account')
    return !command.sure && book.named(command.code ?? '').length > 0 ? null : command;
  const { kind, rest, sure, about } = command;
  if (about !== undefined) {
    const matches = customersCalled(about, book);
    return matches.length === 0 ? null : { kind: 'note', name: about, matches, text: rest };
  }
  if (kind === 'remind') {
    const [one, another] = book.mentions(rest);
    return { kind, text: rest, matches: one !== undefined && another === undefined ? one.names : [] };
  }
  if (kind === 'new_customer') {
    const name = nameOf(rest);
    if (!sure && !isNewName(name, command.joined)) return null;
    return { kind, name, matches: book.named(name).filter((known) => isSameCompany(name, known)) };
  }
  const first = book.mentions(rest).find(({ from }) => from === 0);
  if (!sure && first === undefined) return null;
  if (kind === 'bind') {
    const name = rest.replace(/(?<![。!！?？])[。!！?？]+$/, '');
    return { kind, name, matches: book.find(name) };
  }
  const [word = ''] = rest.split(/[\s:：,，]/, 1);
  const matches = word === rest ? [] : customersCalled(word, book);
  if (matches.length > 0) return { kind, name: word, matches, text: rest.slice(word.length).replace(gap, '') };
  if (first === undefined) return linked ? { kind, name: null, matches: [], text: rest } : noteOfOneNamed(rest, book);
  const behind = rest.slice(first.to).replace(gap, '');
  const text = aboutThem.test(behind) ? rest : behind;
  return { kind, name: rest.slice(0, first.to), matches: first.names, text };
}

/** Customers called so; an ordinary word (大众) must be how one is written. */
function customersCalled(word: string, book: NameBook): readonly KnownName[] {
  if (mayBeName(word, 'alone')) return book.find(word);
  return mayBeName(word, 'as written') ? book.named(word) : [];
}

/** Where no customer has the chat, the one that the note speaks of: 明天给恒锐打电话. */
function noteOfOneNamed(text: string, book: NameBook): Ask {
  const [one, another] = book.mentions(text);
  return one === undefined || another !== undefined
    ? { kind: 'note', name: null, matches: [], text }
    : { kind: 'note', name: text.slice(one.from, one.to), matches: one.names, text };
}

/** 新客户 无锡天元重工 names one, 新客户询价 tells of one. */
function isNewName(name: string, joined: boolean): boolean {
  const { places, trade, generic } = splitName(name);
  if (generic || isSentence(name) || /[\d?？]/.test(name)) return false;
  return places.length > 0 || trade !== '' || (!joined && mayBeName(name, 'alone'));
}

/** The name in 苏州明远 联系人张三 138…: what follows a space is details when it is about people or numbers. */
function nameOf(rest: string): string {
  const line = rest.split(/[,，;；。\n]/, 1)[0] as string;
  return line
    .slice(0, LONGEST_NAME)
    .trim()
    .replace(/\s(?=.*(?:\d{5,}|联系人|电话|手机|微信|负责人|地址|经理|总\b|先生|女士)).*$/, '')
    .replace(/[!！?？]+$/, '')
    .trim();
}
