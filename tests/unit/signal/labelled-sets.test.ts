// Holds the detector to labelled chat lines: the development set, own sets of the trade, and customer-service chats of other trades.
import { describe, expect, it } from 'vitest';
import { score } from './starter.ts';

const sets = [
  { file: 'dev.tsv', precision: 0.97, recall: 0.95 },
  { file: 'heldout-open.tsv', precision: 0.985, recall: 0.985 },
  { file: 'heldout-sealed.tsv', precision: 0.97, recall: 0.975 },
  { file: 'outsider-trade-open.tsv', precision: 0.985, recall: 0.985 },
  { file: 'outsider-trade-sealed.tsv', precision: 0.96, recall: 0.94 },
  { file: 'everyday-open.tsv', precision: 0.985, recall: 0.98 },
  { file: 'everyday-sealed.tsv', precision: 0.87, recall: 0.965 },
];

describe('labelled chat lines of the trade', () => {
  it.each(sets)(
    'judges $file with a precision of $precision and a recall of $recall',
    ({ file, precision, recall }) => {
      const s = score(file);
      const reached = { precision: s.right / s.advances, recall: s.found / s.wanted };
      console.log(
        `${file}: ${s.lines} lines, precision ${reached.precision.toFixed(4)} (${s.right}/${s.advances}), recall ${reached.recall.toFixed(4)} (${s.found}/${s.wanted})`,
      );
      expect(reached.precision, s.wrong.join('\n')).toBeGreaterThanOrEqual(precision);
      expect(reached.recall, s.missed.join('\n')).toBeGreaterThanOrEqual(recall);
    },
  );
});

describe('lines that only touch a step', () => {
  it('hardly ever acts on thin evidence', () => {
    const s = score('thin-evidence-open.tsv');
    expect(s.wrong.length / s.lines, s.wrong.join('\n')).toBeLessThanOrEqual(0.015);
  });
});

describe('customer-service chats of other trades', () => {
  const others = ['trades-open.tsv', 'trades-sealed.tsv', 'outsider-others-open.tsv', 'outsider-others-sealed.tsv'];
  it.each(others)('hardly ever fires on %s', (file) => {
    const s = score(file);
    console.log(`${file}: ${s.lines} lines, ${s.advances} advances, ${s.wrong.length} of them false`);
    expect(s.wrong.length / s.lines, s.wrong.join('\n')).toBeLessThanOrEqual(0.01);
  });
});
