// Goes through the clauses of one message and keeps the strongest finding per signal, minding what one clause does to another.
import type { Clause } from './clauses.ts';
import { type Context, isYes } from './context.ts';
import { type Around, type Judgement, judge, type WordLists } from './judge.ts';
import { polarity } from './negation.ts';
import type { Phrase } from './phrase.ts';
import { type CompiledRule, findMatches } from './rule.ts';
import { isOwnWord } from './word-edges.ts';
import type { Hit, SignalFinding, Topic } from './words.ts';

export type Message = {
  text: string;
  clauses: readonly Clause[];
  hits: readonly ReadonlySet<Hit>[];
  context: Context;
  lists: WordLists;
  foreign: RegExp | null;
  quote(clause: Clause): string;
};
type Found = SignalFinding & { clause: number; compiled: CompiledRule };
type Keep = (compiled: CompiledRule, verdict: Judgement, phrase: string) => void;

const calledOff =
  /^(?:哦|那|还是|额|呃|嗯|哎|唉)*(?:算了|不用了|先不用|不需要了?$|先不要|取消吧?$|免了|打住|当我没说|暂时不用|先等等|发错|撤回|说错|搞错|弄错|开玩笑|never mind|forget it|scratch that)/;
const notYours = /不是(?:给|打给|寄给|发给)?(?:你们|贵司|贵公司|咱们?家?)/;
/** 别寄到公司 refuses the place, not the parcel. */
const elsewhere = /[别不](?:要|用)?(?:再)?(?:寄|发|送|打|转|汇)(?:到|给|去|往)(?!我)/;
const notArrived = /没收到|没看到|未收到/;

/** The findings of one message, at most one per signal. */
export function judgeClauses(message: Message): SignalFinding[] {
  const { clauses, lists, context } = message;
  const best = new Map<string, Found>();
  let topics: readonly Topic[] = context.topics;
  clauses.forEach((clause, i) => {
    const around: Around = { before: clauses[i - 1], after: clauses[i + 1] };
    const keep: Keep = (compiled, verdict, phrase) => {
      if (verdict !== 'advance' && verdict !== 'hint') return;
      const { signal, key } = compiled.rule;
      const old = best.get(signal);
      if (old && (old.verdict === 'advance' || verdict === 'hint')) return;
      best.set(signal, { signal, verdict, rule: key, phrase, quote: message.quote(clause), clause: i, compiled });
    };
    const own = judgeOwnWords(message, i, best, keep);
    if (!own.spoke && clause.text.length <= 14) {
      for (const topic of topics) carry(topic, clause, around, lists, keep);
      if (isYes(clause)) for (const { compiled } of context.offered) keep(compiled, 'advance', clause.text);
      if (calledOff.test(clause.text)) dropSince(best, i - 2);
    }
    if (own.topics.length > 0 || own.spoke) topics = own.topics;
    if (notYours.test(clause.text)) best.clear();
  });
  return [...best.values()].flatMap((found) => toned(found, message));
}

/** Judges the rules whose words stand in clause `i`; tells whether any meant something there and which nouns it leaves behind. */
function judgeOwnWords(
  message: Message,
  i: number,
  best: ReadonlyMap<string, Found>,
  keep: Keep,
): { spoke: boolean; topics: Topic[] } {
  const clause = message.clauses[i] as Clause;
  const around: Around = { before: message.clauses[i - 1], after: message.clauses[i + 1] };
  const topics: Topic[] = [];
  let spoke = false;
  for (const { compiled, phrase } of message.hits[i] ?? []) {
    let refused = false;
    const known = best.get(compiled.rule.signal);
    const settled = known?.clause === i && (known.verdict === 'advance' || compiled.rule.says === 'hint');
    if (settled && compiled.all.length === 0) continue;
    for (const match of findMatches(compiled, phrase, clause.text, clause.english)) {
      const whole = message.clauses.length === 1 && match.from === 0 && match.to === clause.text.length;
      if (compiled.rule.match === 'exact' && !whole) continue;
      const verdict = judge(compiled, match, clause, around, message.lists);
      if (verdict !== 'no') spoke = true;
      if (verdict === 'refused' && !onlyDetail(clause.text)) refused = true;
      keep(compiled, verdict, clause.text.slice(match.from, match.to));
    }
    if (refused || compiled.all.length === 0) continue;
    phrase.expression.lastIndex = 0;
    const bare = phrase.expression.exec(clause.text);
    if (bare === null) continue;
    const at = { from: bare.index, to: bare.index + bare[0].length };
    if (compiled.none?.test(clause.said) || !isOwnWord(clause.text, at.from, at.to)) continue;
    const denied = polarity(clause.text, { ...at, core: at, holes: [] }) === 'denied' && !onlyDetail(clause.text);
    if (!denied) topics.push({ compiled, word: bare[0] });
  }
  return { spoke, topics };
}

/** A denial that leaves the act itself wanted. */
function onlyDetail(text: string): boolean {
  return notArrived.test(text) || elsewhere.test(text);
}

/** 样品呢,寄了没: judges a clause as if it named what was spoken of before it. */
function carry(topic: Topic, clause: Clause, around: Around, lists: WordLists, keep: Keep): void {
  const { compiled, word } = topic;
  const joined: Clause = { ...clause, text: word + clause.text, said: word + clause.said };
  const exact = word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  const phrase: Phrase = { expression: new RegExp(`^${exact}`, 'dg'), anchors: [word] };
  for (const match of findMatches(compiled, phrase, joined.text, clause.english)) {
    if (joined.text.length - match.to <= 4) keep(compiled, judge(compiled, match, joined, around, lists), clause.text);
  }
}

function dropSince(best: Map<string, Found>, clause: number): void {
  for (const [signal, found] of best) if (found.clause >= clause) best.delete(signal);
}

/** Lowers a verdict that words elsewhere in the message make doubtful. */
function toned(found: Found, message: Message): SignalFinding[] {
  const { clause: _, compiled, ...finding } = found;
  const strange = message.foreign?.test(message.text) ?? false;
  if (strange && finding.verdict === 'hint') return [];
  const doubtful = strange || (compiled.doubt?.test(message.text) ?? false);
  return [doubtful ? { ...finding, verdict: 'hint' } : finding];
}
