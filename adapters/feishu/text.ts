/** Cutting and defusing words for places with a limit or a markup of their own. */

/** At most `max` UTF-16 units, an ellipsis for what is missing, never half a character. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const head = text.slice(0, max - 1);
  const last = head.charCodeAt(head.length - 1);
  const broken = last >= 0xd800 && last <= 0xdbff;
  return `${broken ? head.slice(0, -1) : head}…`;
}

/**
 * Feishu reads `<at …>`, style tags and `[words](link)` in text messages and knows no escape for them: a customer's
 * words must not ring the whole group, so the sign that starts such a tag becomes its full-width twin.
 * https://open.feishu.cn/document/server-docs/im-v1/message-content-description/create_json
 */
export function plainWords(text: string): string {
  return text.replace(/<(?=\/?[a-z])/gi, '＜').replaceAll('](', ']（');
}
