/** Amounts, shares and rates to the last digit, as they stand on paper. */

/** ¥71,400.00; `minor` in 分. */
export function exactMoney(minor: number, currency: string): string {
  const sign = currency === 'CNY' ? '¥' : `${currency} `;
  const said = (Math.abs(minor) / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${minor < 0 ? '-' : ''}${sign}${said}`;
}

/** 23.45%; `bp` in basis points: exact, because rules are about the same figure. */
export const shareWords = (bp: number): string =>
  `${(bp / 100).toLocaleString('zh-CN', { maximumFractionDigits: 2 })}%`;
