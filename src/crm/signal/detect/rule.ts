// A policy rule ready to run: its phrases as expressions, and the search for the rule's words within one clause.
import type { SignalRule, SignalsPolicy } from '../../../policy/schema/signals.ts';
import { compilePhrase, type Phrase } from './phrase.ts';

/** A rule of the policy with its compiled parts; `all` has one expression per required phrase. */
export type CompiledRule = {
  rule: SignalRule;
  phrases: readonly Phrase[];
  all: readonly RegExp[];
  none: RegExp | null;
  doubt: RegExp | null;
};

export type Range = { from: number; to: number };

/** Where a rule's words stand: `from`/`to` cover all of them, `core` is the phrase of `any`, `holes` the text between its words. */
export type Match = Range & { core: Range; holes: readonly Range[] };

/** How far from the phrase the words of `all` may stand, in characters. */
const reach = { han: 12, latin: 48 };

/** Compiles one rule; phrases that refer to missing word lists are left out (the policy check reports them). */
export function compileRule(rule: SignalRule, words: SignalsPolicy['words']): CompiledRule {
  const compile = (list: readonly string[]): Phrase[] =>
    list.map((p) => compilePhrase(p, words)).filter((p) => p !== null);
  return {
    rule,
    phrases: compile(rule.any),
    all: compile(rule.all).map((p) => p.expression),
    none: joined(compile(rule.none)),
    doubt: joined(compile(rule.doubt)),
  };
}

/** One expression for a list of phrases, or null for an empty list. */
export function joined(phrases: readonly Phrase[]): RegExp | null {
  return phrases.length === 0 ? null : new RegExp(phrases.map((p) => p.expression.source).join('|'));
}

/** The places in a clause where a phrase stands together with everything the rule requires beside it; at most four. */
export function findMatches(compiled: CompiledRule, phrase: Phrase, clause: string, english: boolean): Match[] {
  const found: Match[] = [];
  const { expression } = phrase;
  expression.lastIndex = 0;
  for (let hit = expression.exec(clause); hit !== null && found.length < 4; hit = expression.exec(clause)) {
    const core = { from: hit.index, to: hit.index + hit[0].length };
    const match = withRequired(
      compiled.all,
      clause,
      { ...core, holes: gapsOf(hit) },
      english ? reach.latin : reach.han,
    );
    if (match !== null) found.push(match);
    if (hit[0].length === 0) expression.lastIndex++;
  }
  return found;
}

function gapsOf(hit: RegExpExecArray): Range[] {
  return (hit.indices ?? []).slice(1).flatMap((gap) => (gap && gap[1] > gap[0] ? [{ from: gap[0], to: gap[1] }] : []));
}

function withRequired(
  all: readonly RegExp[],
  clause: string,
  found: Range & { holes: Range[] },
  far: number,
): Match | null {
  const core = { from: found.from, to: found.to };
  const { holes } = found;
  let { from, to } = found;
  for (const required of all) {
    const near = nearest(required, clause, core, far);
    if (near === null) return null;
    if (near.from > to) holes.push({ from: to, to: near.from });
    if (near.to < from) holes.push({ from: near.to, to: from });
    from = Math.min(from, near.from);
    to = Math.max(to, near.to);
  }
  return { from, to, core, holes };
}

function nearest(expression: RegExp, clause: string, core: Range, far: number): Range | null {
  let best: Range | null = null;
  let distance = far + 1;
  expression.lastIndex = 0;
  for (let hit = expression.exec(clause); hit !== null; hit = expression.exec(clause)) {
    const to = hit.index + hit[0].length;
    const apart = hit.index >= core.to ? hit.index - core.to : to <= core.from ? core.from - to + 1 : far + 1;
    if (apart < distance) {
      distance = apart;
      best = { from: hit.index, to };
    }
    if (hit[0].length === 0) expression.lastIndex++;
  }
  return best;
}

/** The clause without the rule's own words: "not working" is what a rule says, not its denial. */
export function besides(text: string, { from, to, holes }: Match): string {
  return `${text.slice(0, from)} ${holes.map((hole) => text.slice(hole.from, hole.to)).join(' ')} ${text.slice(to)}`;
}
