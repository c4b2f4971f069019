// The starter policy of each trade: sound as a whole, and its own words move a deal to its own stages.
import { describe, expect, it } from 'vitest';
import type { Speaker } from '../../src/crm/signal/detect/index.ts';
import { activate, starterDocument } from '../../src/policies.ts';
import { readPolicy } from '../../src/policy/check.ts';

const TRADES = ['manufacturing', 'trading', 'engineering'] as const;
const active = Object.fromEntries(TRADES.map((trade) => [trade, activate(1, starterDocument(trade))]));

function verdicts(trade: (typeof TRADES)[number], speaker: Speaker, text: string): Record<string, string> {
  const found = active[trade]?.detector.detect({ speaker, text }) ?? [];
  return Object.fromEntries(found.map(({ signal, verdict }) => [signal, verdict]));
}

const stages = (trade: (typeof TRADES)[number]) => active[trade]?.policy.pipeline.stages.map(({ key }) => key) ?? [];

describe('starter policies by trade', () => {
  it('each is sound, and every rule speaks of a stage that is there', () => {
    for (const trade of TRADES) {
      expect(readPolicy(starterDocument(trade)), trade).toMatchObject({ ok: true });
    }
  });

  it('engineering looks at the site and proposes before it quotes, and knows no samples', () => {
    expect(stages('engineering')).toEqual([
      'lead',
      'contacted',
      'qualified',
      'survey',
      'quoted',
      'contracted',
      'fulfilling',
      'after_sales',
    ]);
    expect(stages('trading')).toEqual(stages('manufacturing'));
  });

  it.each<[Speaker, string]>([
    ['customer', '你们什么时候能安排人来现场看看'],
    ['customer', '先派人过来勘查一下'],
    ['customer', '麻烦先给我出个方案'],
    ['staff', '现场看完了，明天出图'],
    ['staff', '方案发您了，请过目'],
  ])('engineering: %s says %s', (speaker, text) => {
    expect(verdicts('engineering', speaker, text)).toHaveProperty('survey');
  });

  it.each<[Speaker, string]>([
    ['customer', '先出个方案'],
    ['staff', '方案做好了，发您邮箱了'],
    ['staff', '今天勘查完了'],
  ])('engineering moves a deal by %s: %s', (speaker, text) => {
    expect(verdicts('engineering', speaker, text)).toMatchObject({ survey: 'advance' });
  });

  it.each(['先不用出方案', '方案不用做了', '这个付款方案不行', '维修方案发我'])(
    'engineering is not moved by %s',
    (text) => {
      expect(verdicts('engineering', 'customer', text)['survey']).not.toBe('advance');
    },
  );

  it('trading hears bookings and bills of lading, and all hear what all trades say', () => {
    expect(verdicts('trading', 'staff', '舱位已经订好了，下周二开船')).toMatchObject({ fulfilling: 'advance' });
    expect(verdicts('trading', 'customer', '提单什么时候能给')).toMatchObject({ fulfilling: 'hint' });
    expect(verdicts('manufacturing', 'staff', '舱位已经订好了，下周二开船')).not.toHaveProperty('fulfilling');
    for (const trade of TRADES) {
      expect(verdicts(trade, 'customer', '帮我报下价'), trade).toMatchObject({ quoted: 'advance' });
      expect(verdicts(trade, 'customer', '合同签好了'), trade).toMatchObject({ contracted: 'advance' });
    }
  });
});
