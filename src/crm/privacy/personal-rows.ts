/** What looking for a person, copying their rows and erasing them asks of the store: rows of any table as they are stored. */

/** Columns as the database calls them. */
export type StoredRow = Readonly<Record<string, string | number | null>>;

export interface Within {
  readonly column: string;
  readonly ids: readonly string[];
}

/** Tables and columns come from `holdings` only, never from outside. */
export interface PersonalRows {
  /** Whole rows, in order of id. */
  rows(table: string, within: Within): Promise<StoredRow[]>;
  ids(table: string, within: Within): Promise<string[]>;
  /** What stands in a column of these rows, each once, without NULL. */
  values(table: string, column: string, within: Within): Promise<string[]>;
  /** Rows where one of the columns contains one of the words as it is written; without `within` of the whole company. */
  mentioning(
    table: string,
    columns: readonly string[],
    words: readonly string[],
    within?: Within,
  ): Promise<StoredRow[]>;
  /** Returns how many rows there were. */
  change(
    table: string,
    ids: readonly string[],
    patch: Readonly<Record<string, string | number | null>>,
  ): Promise<number>;
  /** `column`: where the ids stand, if not in `id`. */
  drop(table: string, ids: readonly string[], column?: string): Promise<number>;
  /** Ids of rows found by id, part of a name, telephone number or the platform's number. */
  contactsBy(search: Search): Promise<string[]>;
  /** Outsiders whom nobody has made a contact: ids of their identities. */
  strangersBy(search: Search): Promise<string[]>;
  customersBy(search: Search): Promise<string[]>;
  staffBy(search: Search): Promise<string[]>;
}

export interface Search {
  /** As it was typed, without blanks around it. */
  readonly word: string;
  /** Null when the word is no telephone number. */
  readonly phone: string | null;
  readonly limit: number;
}
