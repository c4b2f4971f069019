/** Cutting and defusing words for places with a limit or a markup of their own. */

/** At most `max` UTF-16 units, an ellipsis for what is missing, never half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  const last = head.charCodeAt(head.length - 1);
  return `${last >= 0xd800 && last <= 0xdbff ? head.slice(0, -1) : head}…`;
}

/** At most `max` bytes of UTF-8: the platform counts those, three to a Chinese character. */
export function clipBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let bytes = 3;
  let end = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > max) break;
    end += character.length;
  }
  return `${text.slice(0, end)}…`;
}

/** Signs that make markup anywhere, and their full-width twins. */
const twins: Readonly<Record<string, string>> = {
  '\\': '＼',
  '`': '｀',
  '*': '＊',
  _: '＿',
  '[': '［',
  ']': '］',
  '<': '＜',
  '~': '～',
  '|': '｜',
  $: '＄',
  '@': '＠',
};

/** Signs that make markup at the start of a line: headings, quotations, lists, rules. */
const leading: Readonly<Record<string, string>> = { '#': '＃', '>': '＞', '-': '－', '+': '＋', '=': '＝' };

/**
 * Somebody's words for a Markdown place. Which escapes DingTalk's clients honour is written nowhere, so signs become
 * their full-width twins: nothing in a customer's words can format, link, ring anybody or open an address under our name.
 */
export function plainWords(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029\u0085\v\f]/g, '\n')
    .replace(/[\\`*_[\]<~|$@]/g, (sign) => twins[sign] ?? sign)
    .replace(/:\/\//g, '：//')
    .replace(/\bwww\./gi, (start) => `${start.slice(0, -1)}．`)
    .replace(/&(?=#?\w{1,31};)/g, '＆')
    .split('\n')
    .map((line) => line.trim().replace(/^[#>+=-]+/, (signs) => signs.replace(/./g, (sign) => leading[sign] ?? sign)))
    .map((line) =>
      line.replace(/^(\d{1,9})([.)])(?=\s|$)/, (_, digits, sign) => `${digits}${sign === '.' ? '．' : '）'}`),
    )
    .join('\n');
}

/** Words for one line. */
export const oneLine = (text: string): string => plainWords(text.replace(/\s+/g, ' ').trim());
