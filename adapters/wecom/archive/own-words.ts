/** What the sender of an archived text said themselves: a quoted message comes inside the same text and counts for nothing. */

/** [D:91552]: the quote has a localised prefix line and ends with a line of dashes. */
const wecomQuote = /^(?:这是一条引用\/回复消息[:：]|This is a quote\/reply(?: message)?[:：])/i;
const wecomRule = /^-{6,}$/m;
/** The same from a WeChat client. */
const wechatQuote = /^「[^\n]*[\s\S]*?」\n(?:- ){5,}-[ -]*\n/;

export function ownWords(text: string): string {
  if (wecomQuote.test(text)) {
    // The quoted words may hold such a line themselves, so the last one counts.
    const parts = text.split(wecomRule);
    return parts.length > 1 ? (parts.at(-1) ?? '').trim() : '';
  }
  return text.replace(wechatQuote, '').trim();
}
