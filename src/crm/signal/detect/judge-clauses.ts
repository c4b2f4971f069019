// Goes through the clauses of one message and keeps the strongest finding per signal, minding what one clause does to another.
import type { Clause } from './clauses.ts';
import type { SignalFinding } from './compile-signals.ts';
import { type Judgement, judge } from './judge.ts';
import type { Phrase } from './phrase.ts';
import { type CompiledRule, findMatches, type Match } from './rule.ts';

/** A rule's phrase whose fixed words were seen in a clause. */
export type Hit = { compiled: CompiledRule; phrase: Phrase };

type Message = {
  text: string;
  clauses: readonly Clause[];
  hits: readonly ReadonlySet<Hit>[];
  others: RegExp | null;
  foreign: RegExp | null;
  quote(clause: Clause): string;
};
type Found = SignalFinding & { clause: number; compiled: CompiledRule };
type Topic = { compiled: CompiledRule; word: string };

const calledOff =
  /^(?:哦|那|还是|额|呃|嗯|哎|唉)*(?:算了|不用了|先不用|不需要了?$|先不要|取消吧?$|免了|打住|当我没说|暂时不用|先等等|发错|撤回|说错|搞错|弄错|开玩笑|never mind|forget it|scratch that)/;
const notYours = /不是(?:给|打给|寄给|发给)?(?:你们|贵司|贵公司|咱们?家?)/;

/** The findings of one message, at most one per signal. */
export function judgeClauses(message: Message): SignalFinding[] {
  const { clauses, hits, others } = message;
  const best = new Map<string, Found>();
  let topics: Topic[] = [];
  clauses.forEach((clause, i) => {
    const before = clauses[i - 1];
    const here: Topic[] = [];
    const keep = (compiled: CompiledRule, match: Match, verdict: Judgement, text: string): void => {
      if (verdict !== 'advance' && verdict !== 'hint') return;
      const { signal, key } = compiled.rule;
      const old = best.get(signal);
      if (old && (old.verdict === 'advance' || verdict === 'hint')) return;
      const phrase = text.slice(match.from, match.to);
      best.set(signal, { signal, verdict, rule: key, phrase, quote: message.quote(clause), clause: i, compiled });
    };
    for (const { compiled, phrase } of hits[i] ?? []) {
      phrase.expression.lastIndex = 0;
      const bare = phrase.expression.exec(clause.text);
      let refused = false;
      for (const match of findMatches(compiled, phrase, clause.text, clause.english)) {
        const verdict = judge(compiled, match, clause, before, others);
        refused ||= verdict === 'refused' && !/没收到|没看到|未收到/.test(clause.text);
        keep(compiled, match, verdict, clause.text);
      }
      if (bare && !refused && compiled.all.length > 0) here.push({ compiled, word: bare[0] });
    }
    // 样品呢,寄了没: a clause without a noun of its own speaks of the one before it.
    if ((hits[i]?.size ?? 0) === 0 && clause.text.length <= 14) {
      for (const { compiled, word } of topics) carry(compiled, word, clause, before, keep, others);
    } else topics = here;
    if ((hits[i]?.size ?? 0) === 0 && calledOff.test(clause.text)) dropSince(best, i - 2);
    if (notYours.test(clause.text)) best.clear();
  });
  return [...best.values()].flatMap((found) => toned(found, message));
}

function carry(
  compiled: CompiledRule,
  word: string,
  clause: Clause,
  before: Clause | undefined,
  keep: (compiled: CompiledRule, match: Match, verdict: Judgement, text: string) => void,
  others: RegExp | null,
): void {
  const text = word + clause.text;
  const joined: Clause = { ...clause, text };
  const core = { expression: new RegExp(`^${word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')}`, 'g'), anchors: [word] };
  for (const match of findMatches(compiled, core, text, clause.english)) {
    if (text.length - match.to > 4) continue;
    keep(compiled, match, judge(compiled, match, joined, before, others), clause.text);
  }
}

function dropSince(best: Map<string, Found>, clause: number): void {
  for (const [signal, found] of best) if (found.clause >= clause) best.delete(signal);
}

/** Lowers a verdict that words elsewhere in the message make doubtful. */
function toned(found: Found, message: Message): SignalFinding[] {
  const { clause, compiled, ...finding } = found;
  const strange = message.foreign?.test(message.text) ?? false;
  if (strange && finding.verdict === 'hint') return [];
  const doubtful = strange || (compiled.doubt?.test(message.text) ?? false);
  return [doubtful ? { ...finding, verdict: 'hint' } : finding];
}
