/** What the sender of an archived text said themselves: a quoted message comes inside the same text and counts for nothing. */

/** [D:91552]: the quote has a localised prefix line and ends with a line of dashes. */
const wecomQuote = /^(?:这是一条引用\/回复消息[:：]|This is a quote\/reply(?: message)?[:：])/i;
const wecomRule = /^-{6,}$/m;
/** The same from a WeChat client: how it begins, and how it ends. Looked for apart: together they would try every place for both. */
const wechatQuote = '「';
const wechatRule = /」\n(?:- ){5}-[ -]*\n/;

export function ownWords(text: string): string {
  if (wecomQuote.test(text)) {
    // The quoted words may hold such a line themselves, so the last one counts.
    const parts = text.split(wecomRule);
    return parts.length > 1 ? (parts.at(-1) ?? '').trim() : '';
  }
  const end = text.startsWith(wechatQuote) ? wechatRule.exec(text) : null;
  return (end ? text.slice(end.index + end[0].length) : text).trim();
}
