// Judges what the words of a text ask of the bot, and how surely; what it does not know speaks neither way.
import type { Topic } from '../topics.ts';
import type { Role } from './lexicon.ts';
import { is, type Sentence } from './sentence.ts';
import { deals, topicOf } from './topic-of.ts';

/** What words ask. */
export interface Question {
  readonly topic: Topic;
  /** False for a name with nouns or nothing around it: 恒锐, 恒锐 报价. */
  readonly asks: boolean;
  /** Nobody but a colleague asking the bot speaks like this, so it needs no name that we know. */
  readonly sure: boolean;
  /** Its words say what it is about; where they do not, the overview is what is left to show. */
  readonly spoken: boolean;
}

/** What the words ask; null when they are no question to the bot. */
export function judgeQuestion(sentence: Sentence): Question | null {
  if (!isQuestion(sentence)) return asHeading(sentence);
  const topic = topicOf(sentence);
  if (!isPossible(sentence, topic)) return null;
  if (topic !== null) return { topic, asks: true, sure: isSure(sentence, topic), spoken: true };
  if (sentence.has('modal') || onlyMethod(sentence)) return null;
  return { topic: 'overview', asks: true, sure: isSure(sentence, 'overview'), spoken: false };
}

const asking: readonly Role[] = ['who', 'when', 'what', 'amount', 'how', 'where', 'step', 'gap'];

function isQuestion({ has, endsInNot, inverted, happened }: Sentence): boolean {
  if (has(...asking, 'whether') || endsInNot) return true;
  if (inverted) return has('verb', 'move');
  return has('mark') && happened;
}

/** 怎么付款 asks how one does it, 付款怎么样了 how it stands. */
function onlyMethod({ words }: Sentence): boolean {
  return words.some(
    (word, i) => is(word, 'verb') && !is(word, 'noun') && /^(?:怎么|怎样|如何|咋|how)$/.test(words[i - 1]?.text ?? ''),
  );
}

const someoneByName = /(?:^| )[一-鿿](?:总|工|经理|姐|哥|老师|主任|先生|女士|部长|厂长)(?: |$)/;
const finished =
  /到账|签收|收到|寄出|发出|送达|送到|到货|回签|结清|付清|收齐|逾期|通过|完成|结束|搞定|落实|出来|没|下单|到位|ed(?: |$)|paid|sent/;

/** Questions about what may come are a customer's: only what has happened can be looked up, and when the next is due. */
function isPossible(sentence: Sentence, topic: Topic | null): boolean {
  const { has, text, happened, endsInNot } = sentence;
  const ours = /下一步|接下来/.test(text) || (topic === 'last_contact' && has('whether'));
  const due = has('when') && !/多久|几天/.test(text);
  if (has('modal') && !has('look', 'who') && !ours && !due) return false;
  if (has('not') && !endsInNot && !has('whether', ...asking)) return false;
  if (someoneByName.test(text) && topic !== 'contact' && topic !== 'last_contact' && !has('who')) return false;
  if (topic !== 'contact' && topic !== null && onlyMethod(sentence)) return false;
  if (topic === null || !deals.includes(topic)) return true;
  const known = happened || has('look');
  if (has('amount') && ['sample', 'order', 'after_sales'].includes(topic) && /钱|块/.test(text)) return known;
  if (has('when')) return due || known || finished.test(text) || /交期|有效期|到期|账期/.test(text);
  return true;
}

function isSure({ has, endsInNot, text, topics, words }: Sentence, topic: Topic): boolean {
  if (has('modal', 'person') || (has('not') && !endsInNot)) return false;
  const deal = deals.some((one) => topics.has(one));
  const past = has('past') || /上次|最近|最后/.test(text);
  if (topic === 'owner')
    return (
      (has('who') && (topics.has('owner') || /跟进|对接/.test(text)) && !deal) ||
      /我的客户|(?:我们|咱们?)的?客户|有人 (?:在 )?(?:在跟|跟|管)/.test(text)
    );
  if (topic === 'contact') return has('who', 'what', 'amount') && /联系人|对接人|对接窗口|接口人|决策人/.test(text);
  if (topic === 'last_contact') return (past || has('gap', 'now')) && has(...asking);
  if (topic === 'quote') return has('amount', 'what') && /报/.test(text) && /上次|上回|上一|次|报 (?:了|过)/.test(text);
  if (topic === 'payment') return /回款/.test(text);
  if (topic === 'overview') return /(?:什么|啥|哪家) ?(?:客户|公司|来头|背景)/.test(text);
  return (
    has('step') &&
    /步|阶段|环节|跟/.test(text) &&
    (topic === 'stage' || topic === 'sample' || topic === 'contract') &&
    words.length < 7
  );
}

const headingRoles: readonly Role[] = ['noun', 'link', 'look', 'past', 'now', 'plea', 'deictic', 'mark', 'person'];
/** 付款情况, 打样进展: a verb before such a noun is the name of a matter. */
const state = /(?:情况|进展|进度|状态|记录|计划)(?: |$)|历史|status|progress/;
/** 电话给一个 asks the bot; 报价给一个 asks us. */
const handing = /^(?:发|给)(?:一?下|个|一个|一份)$/;
const inOurBooks: readonly Topic[] = ['contact', 'overview', 'owner', 'last_contact', 'stage'];

/** A name alone or with nouns beside it (恒锐 报价), or words asked to be shown (恒锐的报价发我看下). */
function asHeading(sentence: Sentence): Question | null {
  const { words, pieces, has, topics, text, covered } = sentence;
  const name = pieces.findIndex((piece) => piece.name || is(piece, 'deictic'));
  const order: readonly Topic[] = ['contact', ...deals, 'last_contact', 'owner', 'stage', 'overview'];
  const topic = order.find((one) => topics.has(one)) ?? 'overview';
  const shown = words.some(
    (word) => is(word, 'look') && (!handing.test(word.text) || inOurBooks.includes(topic) || has('past')),
  );
  if (has('not', 'modal') || /(?:^| )(?:有|跟)(?: |$)/.test(text)) return null;
  if (shown)
    return isShown(sentence, name)
      ? { topic, asks: true, sure: /记录|历史/.test(text), spoken: topics.size > 0 }
      : null;
  if (has('look') || (has('plea') && (!is(pieces.at(-1) as Sentence['pieces'][number], 'plea') || name > 0)))
    return null;
  const fits = (word: (typeof words)[number]): boolean =>
    word.words.some(
      ({ role, text: written }) => headingRoles.includes(role) && (role !== 'noun' || written.length > 1),
    ) ||
    (is(word, 'verb') &&
      (state.test(text) || (has('past') && word.words.some(({ topic: one }) => one === 'last_contact'))));
  // 样品给恒锐 sends something; 报价 恒锐 and quote for hengrui head a card.
  if (!covered || !words.every(fits) || /(?:^| )给(?: |$)/.test(text)) return null;
  if (topics.size === 0 && (has('person') || (has('past') && text !== 'latest'))) return null;
  return {
    topic,
    asks: false,
    spoken: true,
    sure: /跟进|回款/.test(text) || (deals.includes(topic) && state.test(text)),
  };
}

/** 查一下恒锐 and 恒锐的合同查一下 ask the bot; 恒锐打款了，查一下 and 给恒锐看看样品 tell of the customer. */
function isShown({ pieces, has }: Sentence, name: number): boolean {
  if (has('done') && !has('past')) return false;
  const look = pieces.findLastIndex((piece) => is(piece, 'look'));
  const given = pieces.findIndex(({ text }) => text === '给' || text === '跟');
  if (given >= 0 && given < name && look > name) return false;
  return (
    look < name || pieces.slice(look + 1).every((piece) => is(piece, 'mark') || is(piece, 'link') || is(piece, 'plea'))
  );
}
