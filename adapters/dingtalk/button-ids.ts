/** What a button's id says: which action and, for one option of a choice, what was chosen with it. */

export interface ButtonMeaning {
  readonly actionKey: string;
  readonly values: Readonly<Record<string, string>>;
}

const maxKey = 64;
const maxId = 1_000;

/**
 * The template has no selection, so every option of a choice is a button whose id carries the choice:
 * `key` or `key.name.value`. Letters, digits, `_` and `-` stand for themselves, the rest is percent-encoded: ids are
 * ASCII whatever the options are called.
 */
export function buttonId(actionKey: string, choice?: { readonly name: string; readonly value: string }): string {
  const parts = choice ? [actionKey, choice.name, choice.value] : [actionKey];
  return parts.map(encode).join('.');
}

/** Null for an id that none of our cards can carry: it comes from outside. */
export function readButtonId(id: string): ButtonMeaning | null {
  const parts = id.length > maxId ? null : /^([^.]+)(?:\.([^.]+)\.([^.]*))?$/.exec(id);
  if (!parts) return null;
  try {
    const [actionKey, name, value] = parts.slice(1).map((part) => part && decodeURIComponent(part));
    if (!actionKey || actionKey.length > maxKey) return null;
    return { actionKey, values: name ? Object.fromEntries([[name, value ?? '']]) : {} };
  } catch {
    return null;
  }
}

/** Half a surrogate pair cannot be encoded. */
const encode = (part: string): string =>
  encodeURIComponent(part.toWellFormed()).replace(
    /[.!~*'()]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
