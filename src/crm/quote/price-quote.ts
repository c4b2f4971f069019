/** What a quote comes to: lines, tax, discount and margin, in whole fen and basis points. Pure. */

export interface LineTerms {
  /** In thousandths of the unit, so that 2.5 m can be sold. At least 1. */
  readonly quantityMilli: number;
  /** Per unit, fen, as offered; with tax where the quote says so. */
  readonly priceMinor: number;
  /** Per unit by the catalogue, on the same footing as the price; null for what is not in it. */
  readonly listMinor: number | null;
  /** Per unit, fen, without tax; null when nobody knows. */
  readonly costMinor: number | null;
}

export interface QuoteTerms {
  readonly lines: readonly LineTerms[];
  /** 1300 is 13 %. */
  readonly taxBp: number;
  /** The prices include the tax, as is usual between companies in China. */
  readonly taxIncluded: boolean;
}

export interface QuoteFigures {
  /** What each line comes to, as offered, fen. */
  readonly lineMinor: readonly number[];
  /** Without tax · tax · with it, fen. */
  readonly netMinor: number;
  readonly taxMinor: number;
  readonly grossMinor: number;
  /** Share of the price without tax that is left after the costs; null when a cost is missing or nothing is charged. */
  readonly marginBp: number | null;
  readonly profitMinor: number | null;
  /** How far below the catalogue, of what is in it; negative above it. */
  readonly discountBp: number;
}

const MILLI = 1000n;
const WHOLE_BP = 10_000n;

/** Each line is rounded to the fen, half away from zero, as it stands on paper; sums are of rounded lines. */
export function priceQuote({ lines, taxBp, taxIncluded }: QuoteTerms): QuoteFigures {
  const lineMinor = lines.map(({ priceMinor, quantityMilli }) => times(priceMinor, quantityMilli));
  const offered = sum(lineMinor);
  const tax = BigInt(taxBp);
  const gross = taxIncluded ? offered : offered + divide(offered * tax, WHOLE_BP);
  const net = taxIncluded ? divide(offered * WHOLE_BP, WHOLE_BP + tax) : offered;
  const costs = lines.map(({ costMinor, quantityMilli }) =>
    costMinor === null ? null : times(costMinor, quantityMilli),
  );
  const cost = costs.every((one) => one !== null) ? sum(costs) : null;
  const listed = lines.filter(({ listMinor }) => listMinor !== null);
  const list = sum(listed.map(({ listMinor, quantityMilli }) => times(listMinor ?? 0, quantityMilli)));
  const asked = sum(listed.map(({ priceMinor, quantityMilli }) => times(priceMinor, quantityMilli)));
  const profit = cost === null ? null : net - cost;
  return {
    lineMinor: lineMinor.map(Number),
    netMinor: Number(net),
    taxMinor: Number(gross - net),
    grossMinor: Number(gross),
    marginBp: profit === null || net <= 0n ? null : Number(divide(profit * WHOLE_BP, net)),
    profitMinor: profit === null ? null : Number(profit),
    discountBp: list === 0n ? 0 : Number(divide((list - asked) * WHOLE_BP, list)),
  };
}

const times = (minor: number, quantityMilli: number): bigint => divide(BigInt(minor) * BigInt(quantityMilli), MILLI);

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** Rounded to the nearest, half away from zero; `by` is positive. */
function divide(value: bigint, by: bigint): bigint {
  const half = by / 2n;
  return value >= 0n ? (value + half) / by : -((-value + half) / by);
}
