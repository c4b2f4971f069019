/** Cutting and defusing words for places with a limit or a markup of their own. */

/** At most `max` UTF-16 units, an ellipsis for what is missing, never half a character. */
export function clip(text: string, max: number): string {
  return text.length <= max ? text : `${whole(text.slice(0, max - 1))}…`;
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

/** Texts may hold `<a href>` and no escape for it: somebody's words must not become a link under our name. */
export function plainWords(text: string): string {
  return text.replace(/<(?=\/?[a-z@])/gi, '＜');
}

function whole(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
