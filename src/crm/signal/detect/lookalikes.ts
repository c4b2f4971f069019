// Blanks words that only contain the characters of a deal word: 样板间 is no sample, 贷款 no payment, 合同约定 no step.

/** What stands in place of a blanked character: no phrase contains it. */
const BLANK = '＿';

/** The text with the ranges blanked, its length kept. */
export function blank(text: string, ranges: readonly { from: number; to: number }[]): string {
  if (ranges.length === 0) return text;
  let out = '';
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    if (to <= out.length) continue;
    out += text.slice(out.length, from);
    out += BLANK.repeat(to - Math.max(from, out.length));
  }
  return out + text.slice(out.length);
}
