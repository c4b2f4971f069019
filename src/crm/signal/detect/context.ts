// What a short answer means after the last messages of the chat: 要报价吗 → 好的发我; 样品收到了吗 → 收到了.
import type { Clause } from './clauses.ts';
import type { SignalFinding, Speaker, Topic } from './words.ts';

/** A message said before, with what the rules for the present speaker find to talk about in it and what it says by itself. */
export type Earlier = { speaker: Speaker; text: string; topics: readonly Topic[]; findings: readonly SignalFinding[] };

/** What a message may leave unsaid: nouns it can do without, and the offer it answers. */
export type Context = { topics: readonly Topic[]; offered: readonly Topic[] };

const nothing: Context = { topics: [], offered: [] };

const question = /吗|么$|[?？]|没有?[啊呀]?$|有没有|是否|是不是|要不要|需不需要|能不能|好了没|怎么样|什么时候|如何/;
const offer =
  /(?:要不要|需不需要|需要|要|给[您你]|帮[您你]|为[您你]|跟[您你]|先|可以|方便).{0,16}(?:吗|不|么|[?？]|吧)|[把将].{1,12}[?？吗]|发[您你].{0,4}[?？吗]|要不|shall (?:i|we)|do you (?:need|want)|would you like|should (?:i|we)/i;
const onlyHeard =
  /^(?:收到|好的?|好滴|好嘞|嗯+|哦+|ok|okay|行|知道了?|明白|了解|谢谢?您?|感谢|辛苦了?|不客气|稍等|[啊呀哈呢吧了,.!~，。！\s]|received|thanks?|thank you|noted|got it)+$/i;
const yes =
  /^(?:好的?|好[啊呀吧嘞滴]|可以|行|嗯+|ok|okay|要的?|要[啊呀]|需要的?|对|是的?|中|成|没问题|麻烦(?:了|你|您)?|那就麻烦.{0,3}|来[一个吧]?|yes|sure|yep|yeah|please|yes please|of course)[啊呀哈呢吧了的谢谢您你]*$/;

/**
 * The context of a message of `speaker` after `earlier` (oldest first). Only the other side's latest message that has a topic counts, and
 * a mere 收到 or 好的 after it says nothing new unless it answers a question.
 */
export function contextOf(speaker: Speaker, text: string, earlier: readonly Earlier[]): Context {
  const last = earlier.findLast((e) => e.speaker !== speaker);
  if (last === undefined) return nothing;
  const source = last.topics.length > 0 ? last : earlier.findLast((e) => e.topics.length > 0);
  if (source === undefined) return nothing;
  const asks = question.test(last.text);
  const offers = speaker === 'customer' && source === last && offer.test(last.text);
  if (onlyHeard.test(text.trim()) && !asks && !offers) return nothing;
  const told = new Set(
    source.findings.filter((f) => f.verdict === 'advance' && source.speaker !== speaker).map((f) => f.signal),
  );
  const open = source.topics.filter(({ compiled: { rule } }) => rule.says === 'report' || !told.has(rule.signal));
  const wanted = source.topics.filter(({ compiled: { rule } }) => rule.says !== 'report' && !told.has(rule.signal));
  return { topics: open, offered: offers ? wanted : [] };
}

/** True when a clause is nothing but a yes. */
export function isYes(clause: Clause): boolean {
  return yes.test(clause.text);
}
