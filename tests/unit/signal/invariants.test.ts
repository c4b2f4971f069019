// What holds for any message at all, tried on random mixtures of deal words, grammar and junk.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simplified } from '../../../src/crm/signal/detect/han-map.ts';
import { detector } from './starter.ts';

const piece = fc.constantFrom(
  ...[
    '报价',
    '报个价',
    '样品',
    '打样',
    '合同',
    '定金',
    '款',
    '付了',
    '寄',
    '签好了',
    '不',
    '没',
    '别',
    '不用',
    '能不能',
    '什么时候',
    '如果',
    '等',
    '再',
  ],
  ...[
    '发我',
    '了',
    '吗',
    '吧',
    '?',
    '，',
    '。',
    ' ',
    '\n',
    '「',
    '」',
    '：',
    '-----',
    '> ',
    '@所有人',
    '😂',
    '\ud83d',
    '\u200b',
    '30%',
    '5000套',
    '１２',
  ],
  ...[
    'quote',
    ' please ',
    "don't",
    'sample',
    'PO',
    'http://a.b/?c=d',
    '單價',
    '發',
    '[捂脸]',
    '{',
    '\\n',
    '\t',
    '合铜',
    '适合',
    '一样',
  ],
);
const message = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
const speaker = fc.constantFrom('customer' as const, 'staff' as const);

describe('any message', () => {
  it('gives sound findings: known verdicts, one per signal, quoted from the message itself', () => {
    fc.assert(
      fc.property(
        speaker,
        message,
        fc.array(fc.record({ speaker, text: message }), { maxLength: 4 }),
        (who, text, recent) => {
          const found = detector.detect({ speaker: who, text, recent });
          expect(new Set(found.map((f) => f.signal)).size).toBe(found.length);
          for (const { verdict, quote, signal } of found) {
            expect(['advance', 'hint']).toContain(verdict);
            expect(text).toContain(quote);
            expect(quote).not.toBe('');
            expect(quote.length).toBeLessThanOrEqual(60);
            if (signal === 'lost') expect(verdict).toBe('hint');
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('is judged the same whatever was judged before it', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 2, maxLength: 6 }), (texts) => {
        const judge = (text: string) => detector.detect({ speaker: 'customer', text });
        const forwards = texts.map(judge);
        const backwards = texts.toReversed().map(judge).toReversed();
        expect(backwards).toEqual(forwards);
      }),
      { numRuns: 300 },
    );
  });

  it('means the same in full width and in traditional characters', () => {
    const traditional = new Map(
      [...simplified].map(([from, to]) => [String.fromCharCode(to), String.fromCharCode(from)]),
    );
    const wide = (text: string): string => text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const verdicts = (text: string) => detector.detect({ speaker: 'customer', text }).map((f) => [f.signal, f.verdict]);
    for (const text of [
      '帮我报个价,5000套',
      '样品寄出了吗?',
      '合同签好了,预付款已付',
      '拟个合同',
      '设备坏了,需要维修',
    ]) {
      const rewritten = wide([...text].map((c) => traditional.get(c) ?? c).join(''));
      expect(verdicts(rewritten), rewritten).toEqual(verdicts(text));
      expect(verdicts(text)).not.toEqual([]);
    }
  });
});
