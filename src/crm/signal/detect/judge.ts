// Judges one found phrase in its clause: does the message itself ask for the step or report it, only touch it, or not mean it?
import type { Clause } from './clauses.ts';
import { beginsOtherName, englishMood } from './english.ts';
import { isAbout, namesAnotherThing } from './mention.ts';
import { asksFor, mood } from './mood.ts';
import { polarity } from './negation.ts';
import { besides, type CompiledRule, type Match } from './rule.ts';
import { isThin } from './thin.ts';
import { isOwnWord } from './word-edges.ts';

/** `refused`: the words are there, but the act is denied; `no`: they mean something else. */
export type Judgement = 'advance' | 'hint' | 'refused' | 'no';

/** The clauses on both sides of the one judged. */
export type Around = { before: Clause | undefined; after: Clause | undefined };

/** The policy's general lists: other people's doings, and what follows a deal word that only begins the name of another thing. */
export type WordLists = { others: RegExp | null; things: RegExp | null };

/** Judges a match of a rule in `clause`. */
export function judge(
  compiled: CompiledRule,
  match: Match,
  clause: Clause,
  around: Around,
  { others, things }: WordLists,
): Judgement {
  const { rule } = compiled;
  const { text } = clause;
  if (!isOwnWord(text, match.core.from, match.core.to)) return 'no';
  if (compiled.none?.test(clause.said) || namesAnotherThing(text, match, things)) return 'no';
  const amid = match.holes.map((hole) => text.slice(hole.from, hole.to)).join(' ');
  if (others?.test(amid) || others?.test(text.slice(match.to, match.to + 5))) return 'no';
  if (
    others?.test(text.slice(0, match.from)) ||
    (match.core.from > match.from && others?.test(text.slice(0, match.core.from)))
  )
    return 'no';
  if (clause.english) return judgeEnglish(rule.says, clause, match);
  const said = polarity(text, match);
  if (said === 'denied') return 'refused';
  const m = mood(clause, match, around);
  if (rule.says === 'hint' || said === 'double' || m.when || isAbout(text, match)) return 'hint';
  const kind = rule.says === 'topic' ? kindOf(clause, match, m.done) : rule.says;
  if (kind === null) return 'no';
  if (isThin(kind, compiled, clause, match)) return 'hint';
  if (kind === 'request')
    return m.conditional || m.how || m.underWay || m.past || m.offers || m.queried ? 'hint' : 'advance';
  return m.asked || m.conditional || m.strict || m.underWay || m.later || m.how ? 'hint' : 'advance';
}

function judgeEnglish(says: CompiledRule['rule']['says'], clause: Clause, match: Match): Judgement {
  const m = englishMood(besides(clause.text, match), clause.question, clause.text);
  if (m.denied) return 'refused';
  if (m.others) return 'no';
  if (says === 'hint' || m.when || m.conditional || m.how || m.promised) return 'hint';
  if (m.past || beginsOtherName(clause.text.slice(match.to))) return 'hint';
  return (m.asked || m.later) && says !== 'request' ? 'hint' : 'advance';
}

/** What a bare topic word amounts to: asked for, reported, or (null) only mentioned. */
function kindOf(clause: Clause, match: Match, done: boolean): 'request' | 'report' | null {
  if (clause.text.length <= match.to - match.from + 1) return 'request';
  if (done) return 'report';
  return asksFor(clause.text) ? 'request' : null;
}
