// The detector of signals: compiled once per policy version, then asked about every chat line. Pure: no clock, no input or output.
import type { SignalsPolicy } from '../../../policy/schema/signals.ts';
import { createAutomaton } from './automaton.ts';
import { type Clause, splitClauses } from './clauses.ts';
import { type Hit, judgeClauses } from './judge-clauses.ts';
import { MAX_CHARS, type Normalised, normalise } from './normalise.ts';
import { compilePhrase } from './phrase.ts';
import { compileRule, joined } from './rule.ts';
import { listSlips, repair } from './slips.ts';
import { spokenPart } from './spoken-part.ts';

export type Speaker = 'customer' | 'staff';

/** A message as the detector sees it; `recent` are the last messages of the chat, oldest first (three are used). */
export type SpokenLine = {
  speaker: Speaker;
  text: string;
  recent?: readonly { speaker: Speaker; text: string }[];
  stage?: string;
};

/** What a message says about one signal: `rule` is the rule's key, `phrase` what matched, `quote` its clause in the sender's own spelling. */
export type SignalFinding = {
  signal: string;
  verdict: 'advance' | 'hint';
  rule: string;
  phrase: string;
  quote: string;
};

export type SignalDetector = { detect(line: SpokenLine): SignalFinding[] };

/** Compiles a policy section that has passed its schema. At most one finding per signal is returned, the strongest. */
export function compileSignals(policy: SignalsPolicy): SignalDetector {
  const rules = policy.rules.map((rule) => compileRule(rule, policy.words));
  const slips = listSlips(policy);
  const anchors = new Map<string, Hit[]>();
  for (const compiled of rules) {
    for (const phrase of compiled.phrases) {
      for (const anchor of phrase.anchors) {
        const hits = anchors.get(anchor) ?? [];
        hits.push({ compiled, phrase });
        anchors.set(anchor, hits);
      }
    }
  }
  const hitLists = [...anchors.values()];
  const automaton = createAutomaton([...anchors.keys(), ...slips.map((s) => s.wrong)]);
  const compileList = (list: readonly string[]): RegExp | null =>
    joined(list.map((p) => compilePhrase(p, policy.words)).filter((p) => p !== null));
  const others = compileList(policy.otherPeople);
  const foreign = compileList(policy.otherTrades);

  const scan = (text: string): { end: number; word: number }[] => {
    const found: { end: number; word: number }[] = [];
    automaton.scan(text, (word, end) => found.push({ word, end }));
    return found;
  };

  const repaired = (text: string, found: readonly { end: number; word: number }[]): string => {
    let now = text;
    for (const { word, end } of found) {
      const slip = slips[word - hitLists.length];
      if (slip !== undefined) now = repair(now, slip, end) ?? now;
    }
    return now;
  };

  return {
    detect({ speaker, text, stage }) {
      const source = text.length > MAX_CHARS ? text.slice(0, MAX_CHARS) : text;
      let norm: Normalised = normalise(source);
      let found = scan(norm.text);
      if (found.length === 0) return [];
      const spoken = onlySpoken(source);
      if (spoken !== source) norm = normalise(spoken);
      if (found.some((f) => f.word >= hitLists.length)) norm = { ...norm, text: repaired(norm.text, scan(norm.text)) };
      found = scan(norm.text);
      const clauses = splitClauses(norm);
      const hits = clauses.map((): Set<Hit> => new Set());
      let c = 0;
      for (const { word, end } of found) {
        while (c < clauses.length && (clauses[c] as Clause).end < end) c++;
        for (const hit of hitLists[word] ?? []) {
          const { rule } = hit.compiled;
          if (rule.speaker !== 'either' && rule.speaker !== speaker) continue;
          if (rule.fromStages && stage !== undefined && !rule.fromStages.includes(stage)) continue;
          hits[c]?.add(hit);
        }
      }
      const quote = (clause: Clause): string =>
        source
          .slice(norm.at[clause.start] ?? 0, (norm.at[clause.end - 1] ?? source.length) + 1)
          .trim()
          .slice(0, 60);
      return judgeClauses({ text: norm.text, clauses, hits, others, foreign, quote });
    },
  };
}

/** The source with everything that is not the sender's own words blanked out, places kept. */
function onlySpoken(source: string): string {
  let out = '';
  for (const { from, to } of spokenPart(source)) out = out.padEnd(from, '\n') + source.slice(from, to);
  return out === source ? source : out.padEnd(source.length, '\n');
}
