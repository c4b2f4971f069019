// The starter policy's detector and the scoring of labelled lines, shared by the tests of this folder.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { compileSignals, type SignalDetector, type Speaker } from '../../../src/crm/signal/detect/index.ts';
import { type SignalsPolicy, signalsSchema } from '../../../src/policy/schema/signals.ts';

const at = (path: string): URL => new URL(`../../../${path}`, import.meta.url);

export const starter: SignalsPolicy = signalsSchema.parse(
  parse(readFileSync(at('src/policy/starter/signals.zh.yaml'), 'utf8')).signals,
);
export const detector: SignalDetector = compileSignals(starter);

/** The verdicts of the starter rules on one line, as `{ quoted: 'advance' }`. */
export function verdicts(
  speaker: Speaker,
  text: string,
  more: { recent?: readonly { speaker: Speaker; text: string }[]; stage?: string } = {},
): Record<string, string> {
  return Object.fromEntries(detector.detect({ speaker, text, ...more }).map((f) => [f.signal, f.verdict]));
}

export type Score = {
  lines: number;
  advances: number;
  right: number;
  wanted: number;
  found: number;
  wrong: string[];
  missed: string[];
};

/** Scores a labelled file of tests/fixtures/signals as the product document defines it. */
export function score(file: string): Score {
  const result: Score = { lines: 0, advances: 0, right: 0, wanted: 0, found: 0, wrong: [], missed: [] };
  for (const line of readFileSync(at(`tests/fixtures/signals/${file}`), 'utf8').split('\n')) {
    if (line === '') continue;
    const [speaker, text, labels] = line.split('\t') as [Speaker, string, string];
    const gold = new Map(
      (labels === '-' ? [] : labels.split(';')).map((l) => [
        l.slice(0, l.indexOf('=')),
        l.slice(l.indexOf('=') + 1).split('|'),
      ]),
    );
    const got = verdicts(speaker, text.replaceAll('\\n', '\n'));
    result.lines++;
    for (const [signal, verdict] of Object.entries(got)) {
      if (verdict !== 'advance') continue;
      result.advances++;
      if (gold.get(signal)?.includes('advance')) result.right++;
      else result.wrong.push(`${signal} ← ${line}`);
    }
    for (const [signal, allowed] of gold) {
      if (allowed.length !== 1 || allowed[0] !== 'advance') continue;
      result.wanted++;
      if (signal in got) result.found++;
      else result.missed.push(`${signal} ← ${line}`);
    }
  }
  return result;
}
