// Judges whether words around a name make a question to the bot, and what it is about.
import { type Topic, topicWords } from '../topics.ts';
import type { Token } from './cover.ts';
import type { Role, Word } from './lexicon.ts';

/** `sure`: nobody but a colleague asking the bot speaks like this, so it needs no name that we know. `named`: 恒锐 报价. */
export interface Question {
  readonly topic: Topic;
  readonly sure: boolean;
  /** False for a name with nouns or nothing around it: 恒锐, 恒锐 报价. */
  readonly asks: boolean;
}

type Sentence = {
  readonly words: readonly Token[];
  readonly has: (...roles: Role[]) => boolean;
  readonly topics: ReadonlySet<Topic>;
  readonly text: string;
};

/** What the words ask; null when they are no question to the bot. The name stands between `before` and `after`. */
export function judgeQuestion(before: readonly Token[], after: readonly Token[]): Question | null {
  const words = [...before, ...after].filter((token) => !is(token, 'fill'));
  const text = words.map((token) => token[0]?.text).join(' ');
  const has = (...roles: Role[]): boolean => words.some((token) => roles.some((role) => is(token, role)));
  const topics = new Set(words.flatMap((token) => token.flatMap(({ topic }) => topic ?? [])));
  const sentence = { words, has, topics, text };
  if (!isQuestion(sentence, before)) return asHeading(sentence, before);
  const topic = topicOf(sentence);
  if (topic === null || !isPossible(sentence, topic)) return null;
  return { topic, asks: true, sure: isSure(sentence, topic) };
}

const is = (token: Token, role: Role): boolean => token.some((word) => word.role === role);
const asking: readonly Role[] = ['who', 'when', 'what', 'amount', 'how', 'where', 'step', 'gap'];
const auxiliary = /^(?:has|have|did|is|was|are)$/;

function endsInNot({ words }: Sentence): boolean {
  const last = words.filter((token) => !is(token, 'mark')).at(-1);
  return last !== undefined && is(last, 'not') && words.length > 1;
}

function isQuestion(sentence: Sentence, before: readonly Token[]): boolean {
  const { has } = sentence;
  if (has(...asking, 'whether') || endsInNot(sentence)) return true;
  if (before[0]?.some(({ text }) => auxiliary.test(text))) return has('verb', 'move');
  return has('mark') && has('done');
}

const deals: readonly Topic[] = ['payment', 'after_sales', 'sample', 'contract', 'quote', 'order'];

function topicOf({ has, topics, text, words }: Sentence): Topic | null {
  const deal = topicWords.map(({ topic }) => topic).find((topic) => deals.includes(topic) && topics.has(topic));
  const touch = topics.has('last_contact');
  if (has('who')) {
    if (/负责|维护|归|属|服务|盯|对接(?!人)|接手|业务员|销售|客户经理|跟进人|own|handl|rep/.test(text)) return 'owner';
    if (topics.has('contact') || has('person')) return 'contact';
    if (deal === undefined && topics.has('owner')) return touch && has('past', 'done') ? 'last_contact' : 'owner';
    if (deal === undefined && touch) return has('past', 'done') ? 'last_contact' : 'owner';
    if (deal === undefined) return topics.has('stage') ? null : 'owner';
  }
  if (touch && has('how') && /^(?:怎么|如何|咋) 联(?:系|络)$/.test(text.replace(/ (?:上|到)$/, ''))) return 'contact';
  if (topics.has('contact') && !(touch && has('past', 'done', 'when', 'gap'))) return 'contact';
  if (has('step') && deal === undefined) return 'stage';
  if (deal !== undefined) return deal;
  if (touch) return 'last_contact';
  if (has('gap')) return 'last_contact';
  if (topics.has('owner') && !isOnly(words, '跟')) return 'owner';
  if (topics.has('stage')) return 'stage';
  if (has('where') && !/(?:^| )(?:哪|哪里|哪儿|where)(?: |$)/.test(text)) return 'stage';
  if (/(?:^| )到 (?:哪|哪里|哪儿)(?: |$)/.test(text)) return 'stage';
  return topics.has('overview') || has('how') ? 'overview' : null;
}

const isOnly = (words: readonly Token[], text: string): boolean =>
  !words.some((token) => token.some((word) => word.topic === 'owner' && word.text !== text));

const finished =
  /到账|签收|收到|寄出|发出|送达|送到|到货|回签|结清|付清|收齐|逾期|通过|完成|结束|搞定|落实|出来|没|下单|到位/;

/** Questions about what may come are a customer's: only what has happened can be looked up, and what the customer will do. */
function isPossible(sentence: Sentence, topic: Topic): boolean {
  const { has, text, words } = sentence;
  const theirs = topic === 'payment' || topic === 'contract';
  if (has('modal') && !has('look') && !has('who') && !(theirs && has('when'))) return false;
  if (has('not') && !endsInNot(sentence) && !has('whether')) return false;
  if (has('plea') && !has('look') && !has(...asking, 'whether') && !endsInNot(sentence)) return false;
  const how = words.findIndex((token) => is(token, 'how'));
  if (how >= 0 && topic !== 'contact' && words.slice(how + 1).some((token) => is(token, 'verb') && !is(token, 'noun')))
    return false;
  if (topic === 'sample' && has('amount') && !has('past', 'done', 'look')) return false;
  if (has('when') && deals.includes(topic)) return theirs || has('done', 'past', 'look') || finished.test(text);
  if (has('whether') && !has(...asking) && deals.includes(topic))
    return has('done', 'past', 'look') || finished.test(text) || /有|是否/.test(text);
  return true;
}

function isSure(sentence: Sentence, topic: Topic): boolean {
  const { has, text, topics } = sentence;
  if (has('modal')) return false;
  if (topic === 'owner') return has('who') && topics.has('owner');
  if (topic === 'contact') return has('who', 'what') && /联系人|对接人|对接窗口|接口人|决策人/.test(text);
  if (topic === 'last_contact') return has('past', 'gap', 'now') && has(...asking);
  if (topic === 'quote' && /报/.test(text) && has('amount', 'what')) return has('past') || /报 (?:了|过)/.test(text);
  if (topic === 'payment') return /回款/.test(text);
  return has('step');
}

const headingRoles: readonly Role[] = ['noun', 'link', 'look', 'past', 'now', 'plea', 'deictic', 'mark', 'person'];

/** A name alone, or with nouns beside it: 恒锐, 恒锐 报价, 查一下恒锐. */
function asHeading(sentence: Sentence, before: readonly Token[]): Question | null {
  const { words, has, topics, text } = sentence;
  const shown = has('look');
  if (has('plea') && !shown) return null;
  const fits = (token: Token): boolean =>
    token.some(({ role, text: word }: Word) => headingRoles.includes(role) && (role !== 'noun' || word.length > 1)) ||
    (shown && is(token, 'verb'));
  if (!words.every(fits)) return null;
  if (/(?:^| )(?:有|给|跟)(?: |$)/.test(text)) return null;
  if (topics.size === 0) {
    if (has('person')) return null;
    return words.every((token) => is(token, 'look') || is(token, 'mark') || is(token, 'link') || is(token, 'now'))
      ? { topic: 'overview', asks: false, sure: false }
      : null;
  }
  if (before.some((token) => is(token, 'noun')) && !shown && after(before)) return null;
  const order: readonly Topic[] = ['contact', ...deals, 'last_contact', 'owner', 'stage', 'overview'];
  return { topic: order.find((topic) => topics.has(topic)) as Topic, asks: false, sure: false };
}

/** 样品给恒锐 is no heading; 报价 恒锐 and quote of hengrui are. */
const after = (before: readonly Token[]): boolean => before.some((token) => is(token, 'prep'));
