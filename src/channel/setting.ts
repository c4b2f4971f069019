/** What a platform wants to be told to connect: the form a person fills in, and how reading it turns out. */

/** One thing to fill in; the order of a form is the order of the platform's console. */
export interface SettingField {
  /** The variable of the environment that says the same. */
  readonly variable: string;
  /** How the console calls it. */
  readonly label: string;
  /** Where in the console it is found, Chinese. */
  readonly hint: string;
  readonly example: string;
  /** Never shown again once it was said. */
  readonly secret: boolean;
  /** Nothing connects without it. */
  readonly required: boolean;
}

/** Makes fields of a form whose examples are the ones the reader of the environment gives. */
export const fieldsOf =
  <V extends string>(words: Readonly<Record<V, { readonly example: string }>>) =>
  (variable: V, label: string, hint: string, { secret = false, required = false } = {}): SettingField => ({
    variable,
    label,
    hint,
    example: words[variable].example,
    secret,
    required,
  });

/**
 * Addresses of the platform are in no form: whoever could change them could have the secrets sent elsewhere. They, and
 * what names files of the server, are said by the environment alone.
 */
export interface SettingForm {
  readonly fields: readonly SettingField[];
  /** The path and query of our page that stands beside a chat, as the console wants it. */
  readonly pagePath: string;
}

/** The result of reading a platform's variables from the environment. */
export type AccountSettings<S> =
  | { readonly ok: true; readonly settings: S }
  | { readonly ok: true; readonly settings: null }
  | { readonly ok: false; readonly faults: readonly SettingFault[] };

export interface SettingFault {
  readonly variable: string;
  /** What is wrong and how to mend it, in Chinese. */
  readonly message: string;
  readonly example: string;
}
