/** Puts names into a phrase of the policy. */

export interface PhraseNames {
  readonly customer: string;
  /** Null when nobody is known: then what addresses them is left out. */
  readonly contact: string | null;
  readonly me: string;
}

/** In one pass: a name that looks like a placeholder stays what it is. */
export function fillNames(text: string, { customer, contact, me }: PhraseNames): string {
  return text
    .replace(/\{(联系人|客户|我)\}([，,、：:]?\s*)/g, (_, who: string, after: string) => {
      if (who === '联系人') return contact === null ? '' : contact + after;
      return (who === '客户' ? customer : me) + after;
    })
    .trim();
}
