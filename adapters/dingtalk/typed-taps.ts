/** A tap in words: what stands beside the link of a card that went out as words, and reading it back. */
import { type ButtonMeaning, readButtonId } from './button-ids.ts';
import type { PlainButton } from './card-parts.ts';
import { oneLine } from './text.ts';

const marker = '聊单';
/** Printable ASCII and its full-width twins; a value may be in Chinese, the key before it is not. */
const code = String.raw`[!-~！-～]{8}[!-~！-～\p{Script=Han}]{0,992}?`;
// Nowhere may two stretches of blanks touch: a long one would be divided between them in every way.
const opening = String.raw`[【[［]\s*${marker}\s*(?:[:：]\s*)?`;
const one = new RegExp(String.raw`${opening}(${code})\s*(?:[】\]］]\s*)?$`, 'u');
const each = new RegExp(opening + code, 'gu');

/** `推进到「报价发送」【聊单 code】`. No sign of the code is one that Markdown or a client's own links would take. */
export function typedTap({ label, id }: Pick<PlainButton, 'label' | 'id'>): string {
  const readable = id
    .replace(/(?:%[0-9A-F]{2})+/g, chinese)
    .replaceAll('_', '+')
    .replaceAll('.', '/');
  return `${oneLine(label)}【${marker} ${readable}】`;
}

/**
 * Reads a message that a person sent by the link of such a button, or typed by hand from what is shown beside it: only
 * the code counts, full-width signs and a missing bracket are forgiven. `several`: a whole card came back, and which of
 * its lines is meant nobody knows. Null for every other message. The code proves nothing: hand the result to
 * `inbound.tap` with the sender of the message as the tapper.
 */
export function readTypedTap(text: string): ButtonMeaning | 'several' | null {
  if ((text.match(each)?.length ?? 0) > 1) return 'several';
  const found = one.exec(text)?.[1];
  return found === undefined ? null : readButtonId(found.normalize('NFKC').replaceAll('+', '_').replaceAll('/', '.'));
}

/** Chinese may stand as it is, where normalising it when it comes back leaves it alone. */
function chinese(encoded: string): string {
  const words = decodeURIComponent(encoded);
  return /^\p{Script=Han}+$/u.test(words) && words.normalize('NFKC') === words ? words : encoded;
}
