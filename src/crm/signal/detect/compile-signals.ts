// The detector of signals: compiled once per policy version, then asked about every chat line. Pure: no clock, no input or output.
import type { SignalsPolicy } from '../../../policy/schema/signals.ts';
import { createAutomaton } from './automaton.ts';
import { type Clause, splitClauses } from './clauses.ts';
import { contextOf, type Earlier } from './context.ts';
import { judgeClauses } from './judge-clauses.ts';
import { blank } from './lookalikes.ts';
import { MAX_CHARS, type Normalised, normalise } from './normalise.ts';
import { compilePhrase } from './phrase.ts';
import { compileRule, joined } from './rule.ts';
import { listSlips, repair } from './slips.ts';
import { onlySpoken } from './spoken-part.ts';
import type { Hit, SignalDetector, SignalFinding, Speaker, SpokenLine, Topic } from './words.ts';

/** A message cut into clauses, with the rules whose words stand in each. */
type Reading = { norm: Normalised; said: string; clauses: Clause[]; hits: Set<Hit>[] };

const CONTEXT_MESSAGES = 3;
/** Answers that lean on what was said before are short; a longer message names what it means. */
const MAX_ANSWER_CHARS = 40;
const MAX_QUOTE_CHARS = 60;
const noContext = { topics: [], offered: [] };

/** Compiles a policy section that has passed its schema. At most one finding per signal is returned, the strongest. */
export function compileSignals(policy: SignalsPolicy): SignalDetector {
  const slips = listSlips(policy);
  const anchors = new Map<string, Hit[]>();
  for (const rule of policy.rules) {
    const compiled = compileRule(rule, policy.words);
    for (const phrase of compiled.phrases) {
      for (const anchor of phrase.anchors) anchors.set(anchor, [...(anchors.get(anchor) ?? []), { compiled, phrase }]);
    }
  }
  const hitLists = [...anchors.values()];
  const lookalikes = policy.otherWords.map((word) => normalise(word).text);
  const firstLookalike = hitLists.length + slips.length;
  const automaton = createAutomaton([...anchors.keys(), ...slips.map((s) => s.wrong), ...lookalikes]);
  const compileList = (list: readonly string[]): RegExp | null =>
    joined(list.map((p) => compilePhrase(p, policy.words)).filter((p) => p !== null));
  const lists = { others: compileList(policy.otherPeople), things: compileList(policy.otherThings) };
  const foreign = compileList(policy.otherTrades);

  const scan = (text: string): { word: number; end: number }[] => {
    const found: { word: number; end: number }[] = [];
    automaton.scan(text, (word, end) => found.push({ word, end }));
    return found;
  };

  const lookalikesIn = (found: readonly { word: number; end: number }[]): { from: number; to: number }[] =>
    found.flatMap(({ word, end }) => {
      const length = lookalikes[word - firstLookalike]?.length;
      return length === undefined ? [] : [{ from: end - length, to: end }];
    });

  /** Reads a message for a speaker; null when none of the policy's words is in it. */
  const read = (speaker: Speaker, source: string, stage: string | undefined): Reading | null => {
    let norm = normalise(source);
    let found = scan(norm.text);
    if (found.length === 0) return null;
    const spoken = onlySpoken(source);
    if (spoken !== source) {
      norm = normalise(spoken);
      found = scan(norm.text);
    }
    let text = norm.text;
    for (const { word, end } of found) {
      const slip = slips[word - hitLists.length];
      if (slip !== undefined) text = repair(text, slip, end) ?? text;
    }
    const said = text;
    text = blank(text, lookalikesIn(found));
    if (text !== norm.text) {
      norm = { ...norm, text };
      found = scan(text);
    }
    const clauses = splitClauses(norm, said);
    const hits = clauses.map((): Set<Hit> => new Set());
    let c = 0;
    for (const { word, end } of found) {
      while (c < clauses.length && (clauses[c] as Clause).end < end) c++;
      for (const hit of hitLists[word] ?? []) if (applies(hit, speaker, stage)) hits[c]?.add(hit);
    }
    return { norm, said, clauses, hits };
  };

  const detectAlone = (speaker: Speaker, text: string): SignalFinding[] => detect({ speaker, text });

  const contextFor = (line: SpokenLine): ReturnType<typeof contextOf> => {
    if (line.recent === undefined || line.recent.length === 0 || line.text.length > MAX_ANSWER_CHARS) return noContext;
    const earlier = line.recent.slice(-CONTEXT_MESSAGES).map(({ speaker, text }): Earlier => {
      const reading = read(line.speaker, cut(text), line.stage);
      return { speaker, text, topics: reading === null ? [] : topicsOf(reading), findings: detectAlone(speaker, text) };
    });
    return contextOf(line.speaker, line.text, earlier);
  };

  const detect = (line: SpokenLine): SignalFinding[] => {
    const source = cut(line.text);
    const context = contextFor(line);
    const needsOthers = context.topics.length > 0 || context.offered.length > 0;
    const reading = read(line.speaker, source, line.stage) ?? (needsOthers ? withoutHits(onlySpoken(source)) : null);
    if (reading === null) return [];
    const { norm, said, clauses, hits } = reading;
    const quote = (clause: Clause): string =>
      source
        .slice(norm.at[clause.start] ?? 0, (norm.at[clause.end - 1] ?? source.length) + 1)
        .trim()
        .slice(0, MAX_QUOTE_CHARS);
    return judgeClauses({ text: said, clauses, hits, context, lists, foreign, quote });
  };
  return { detect };
}

const cut = (text: string): string => (text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text);

/** A rule limited to stages speaks only when the stage is known and among them. */
function applies({ compiled: { rule } }: Hit, speaker: Speaker, stage: string | undefined): boolean {
  if (rule.speaker !== 'either' && rule.speaker !== speaker) return false;
  return rule.fromStages === undefined || (stage !== undefined && rule.fromStages.includes(stage));
}

function withoutHits(spoken: string): Reading {
  const norm = normalise(spoken);
  const clauses = splitClauses(norm);
  return { norm, said: norm.text, clauses, hits: clauses.map(() => new Set()) };
}

/** The nouns of a message that a later one may leave out. */
function topicsOf({ clauses, hits }: Reading): Topic[] {
  const topics = new Map<Hit, Topic>();
  clauses.forEach((clause, i) => {
    for (const hit of hits[i] ?? []) {
      if (hit.compiled.all.length === 0) continue;
      hit.phrase.expression.lastIndex = 0;
      const word = hit.phrase.expression.exec(clause.text)?.[0];
      if (word !== undefined) topics.set(hit, { compiled: hit.compiled, word });
    }
  });
  return [...topics.values()];
}
