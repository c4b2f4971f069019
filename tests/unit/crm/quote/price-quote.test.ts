// What quotes come to, against sums done by hand and against exact fractions.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { priceQuote } from '../../../../src/crm/quote/price-quote.ts';

const line = (quantity: number, price: number, list: number | null = null, cost: number | null = null) => ({
  quantityMilli: quantity * 1000,
  priceMinor: price,
  listMinor: list,
  costMinor: cost,
});

it('a quote with tax in its prices', () => {
  // 100 pieces at 113.00 with 13 % tax in it, 10 % below the list, cost 80.00 without tax.
  const figures = priceQuote({ lines: [line(100, 11_300, 12_556, 8_000)], taxBp: 1300, taxIncluded: true });
  expect(figures).toEqual({
    lineMinor: [1_130_000],
    grossMinor: 1_130_000,
    netMinor: 1_000_000,
    taxMinor: 130_000,
    profitMinor: 200_000,
    marginBp: 2000,
    discountBp: 1000,
  });
});

it('a quote with tax on top, one line without a list price, half a metre of another', () => {
  const figures = priceQuote({ lines: [line(0.5, 333, 400, 100), line(3, 10_001)], taxBp: 600, taxIncluded: false });
  // 166.5 is 167.
  expect(figures.lineMinor).toEqual([167, 30_003]);
  expect(figures).toMatchObject({
    netMinor: 30_170,
    taxMinor: 1_810,
    grossMinor: 31_980,
    marginBp: null,
    profitMinor: null,
  });
  expect(figures.discountBp).toBe(1650);
});

it('nothing charged, nothing listed, and a loss', () => {
  expect(priceQuote({ lines: [], taxBp: 1300, taxIncluded: true })).toMatchObject({
    grossMinor: 0,
    marginBp: null,
    discountBp: 0,
  });
  expect(priceQuote({ lines: [line(1, 0, 500, 100)], taxBp: 0, taxIncluded: true })).toMatchObject({
    marginBp: null,
    profitMinor: -100,
    discountBp: 10_000,
  });
  expect(priceQuote({ lines: [line(1, 100, null, 150)], taxBp: 0, taxIncluded: true })).toMatchObject({
    marginBp: -5000,
  });
  expect(priceQuote({ lines: [line(1, 600, 500, 1)], taxBp: 0, taxIncluded: true })).toMatchObject({
    discountBp: -2000,
  });
});

const money = fc.integer({ min: 0, max: 10_000_000_000 });
const anyLine = fc.record({
  quantityMilli: fc.integer({ min: 1, max: 1_000_000_000 }),
  priceMinor: money,
  listMinor: fc.option(money),
  costMinor: fc.option(money),
});

it('net and tax make the gross, lines make the sum, and every figure is whole', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { maxLength: 6 }),
      fc.integer({ min: 0, max: 2000 }),
      fc.boolean(),
      (lines, taxBp, taxIncluded) => {
        const { lineMinor, netMinor, taxMinor, grossMinor, marginBp, profitMinor, discountBp } = priceQuote({
          lines,
          taxBp,
          taxIncluded,
        });
        const total = lineMinor.reduce((sum, one) => sum + one, 0);
        if (total > Number.MAX_SAFE_INTEGER / 2) return;
        expect(netMinor + taxMinor).toBe(grossMinor);
        expect(taxIncluded ? grossMinor : netMinor).toBe(total);
        for (const figure of [netMinor, taxMinor, grossMinor, marginBp ?? 0, profitMinor ?? 0, discountBp])
          expect(Number.isInteger(figure)).toBe(true);
        expect(Math.abs(netMinor * (1 + taxBp / 10_000) - grossMinor)).toBeLessThanOrEqual(
          Math.max(2, grossMinor * 1e-9),
        );
      },
    ),
    { numRuns: 1_000 },
  );
});
