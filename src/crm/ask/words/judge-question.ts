// Judges whether words around a name make a question to the bot, and what it is about.
import type { Topic } from '../topics.ts';
import type { Token } from './cover.ts';
import type { Role } from './lexicon.ts';
import { is, layOut, type Sentence, written } from './sentence.ts';
import { deals, topicOf } from './topic-of.ts';

/** What words around a name ask. */
export interface Question {
  readonly topic: Topic;
  /** False for a name with nouns or nothing around it: 恒锐, 恒锐 报价. */
  readonly asks: boolean;
  /** Nobody but a colleague asking the bot speaks like this, so it needs no name that we know. */
  readonly sure: boolean;
}

/** What the words ask; null when they are no question to the bot. The name stands between `before` and `after`. */
export function judgeQuestion(before: readonly Token[], after: readonly Token[]): Question | null {
  const sentence = layOut(before, after);
  // 恒锐：合同签了吗 is a line of a record.
  if (written(after[0]) === ':' || looksInTheMiddle(sentence)) return null;
  if (!isQuestion(sentence)) return asHeading(sentence);
  const topic = topicOf(sentence);
  if (topic === null || !isPossible(sentence, topic)) return null;
  return { topic, asks: true, sure: isSure(sentence, topic) };
}

const asking: readonly Role[] = ['who', 'when', 'what', 'amount', 'how', 'where', 'step', 'gap'];

/** 查一下恒锐 and 恒锐的合同查一下 ask the bot; 恒锐想看样品 and 恒锐问一下合同 tell of the customer. */
function looksInTheMiddle({ before, after }: Sentence): boolean {
  const opening = before.findIndex((token) => !is(token, 'look') && !is(token, 'plea'));
  const told = after.length > 0 || opening < 0 ? after : before.slice(opening);
  const behind = told.filter((token) => !is(token, 'mark') && !is(token, 'whether'));
  const wishes = (token: Token): boolean => is(token, 'look') && /^想/.test(written(token));
  return (
    behind.some((token, i) => is(token, 'look') && (i < behind.length - 1 || wishes(token))) ||
    before.some((token, i) => i > 0 && wishes(token))
  );
}

function isQuestion({ has, endsInNot, inverted, happened }: Sentence): boolean {
  if (has(...asking, 'whether') || endsInNot) return true;
  if (inverted) return has('verb', 'move');
  return has('mark') && happened;
}

/** What the customer will do, which a colleague waits for: 什么时候能付款, 哪天会签合同. */
const awaited = (text: string): boolean => /付|款|到账|签|盖/.test(text) && !/多久|几天|发货/.test(text);
const someoneByName = /(?:^| )[一-鿿](?:总|工|经理|姐|哥|老师|主任|先生|女士|部长|厂长)(?: |$)/;
const finished =
  /到账|签收|收到|寄出|发出|送达|送到|到货|回签|结清|付清|收齐|逾期|通过|完成|结束|搞定|落实|出来|没|下单|到位|ed(?: |$)|paid|sent/;

/** Questions about what may come are a customer's: only what has happened can be looked up, and what the customer will do. */
function isPossible({ has, text, words, happened, endsInNot }: Sentence, topic: Topic): boolean {
  const theirs = topic === 'payment' || topic === 'contract';
  const ours = /下一步|接下来/.test(text) || (topic === 'last_contact' && has('whether'));
  if (has('modal') && !has('look', 'who') && !ours && !(has('when') && awaited(text))) return false;
  if (has('not') && !endsInNot && !has('whether') && !(theirs && has('amount'))) return false;
  if (someoneByName.test(text) && topic !== 'contact' && topic !== 'last_contact') return false;
  const how = words.findIndex((token) => is(token, 'how'));
  const method = how >= 0 && words.slice(how + 1).some((token) => is(token, 'verb') && !is(token, 'noun'));
  if (method && topic !== 'contact') return false;
  if (!deals.includes(topic)) return true;
  const known = happened || has('look');
  if (has('amount') && ['sample', 'order', 'after_sales'].includes(topic) && /钱|块/.test(text)) return known;
  if (has('when')) return theirs || known || finished.test(text) || /交期|有效期|到期/.test(text);
  if (has('whether') && !has(...asking)) return known || finished.test(text) || /有|是否/.test(text);
  return true;
}

function isSure({ has, text, topics, words }: Sentence, topic: Topic): boolean {
  if (has('modal', 'not', 'person')) return false;
  const deal = deals.some((one) => topics.has(one));
  const past = has('past') || /上次|最近|最后/.test(text);
  if (topic === 'owner') return has('who') && (topics.has('owner') || /跟进|对接/.test(text)) && !deal;
  if (topic === 'contact') return has('who', 'what') && /联系人|对接人|对接窗口|接口人|决策人/.test(text);
  if (topic === 'last_contact') return (past || has('gap', 'now')) && has(...asking);
  if (topic === 'quote') return has('amount', 'what') && /报/.test(text) && /上次|上回|上一|次|报 (?:了|过)/.test(text);
  if (topic === 'payment') return /回款/.test(text);
  return (
    has('step') &&
    /步|阶段|环节|跟/.test(text) &&
    (topic === 'stage' || topic === 'sample' || topic === 'contract') &&
    words.length < 7
  );
}

const headingRoles: readonly Role[] = ['noun', 'link', 'look', 'past', 'now', 'plea', 'deictic', 'mark', 'person'];

/** 付款情况, 打样进展: a verb before such a noun is the name of a matter. */
const state = /(?:情况|进展|进度|状态|记录|计划)$/;

/** A name alone, or with nouns beside it: 恒锐, 恒锐 报价, 查一下恒锐. */
function asHeading({ words, has, topics, before, text }: Sentence): Question | null {
  const shown = has('look');
  if (has('plea') && !shown) return null;
  const fits = (token: Token): boolean =>
    token.some(({ role, text: word }) => headingRoles.includes(role) && (role !== 'noun' || word.length > 1)) ||
    (is(token, 'verb') &&
      (shown || state.test(text) || (has('past') && token.some(({ topic }) => topic === 'last_contact')))) ||
    (shown && /^(?:把|关于|有关)$/.test(written(token)));
  if (!words.every(fits) || /(?:^| )(?:有|给|跟)(?: |$)/.test(text)) return null;
  if (topics.size === 0)
    return has('person') || (has('past') && text !== 'latest') ? null : { topic: 'overview', asks: false, sure: false };
  // 样品给恒锐 sends something; 报价 恒锐 and quote for hengrui head a card.
  if (!shown && before.some((token) => is(token, 'prep'))) return null;
  const order: readonly Topic[] = ['contact', ...deals, 'last_contact', 'owner', 'stage', 'overview'];
  return { topic: order.find((topic) => topics.has(topic)) as Topic, asks: false, sure: /跟进/.test(text) };
}
