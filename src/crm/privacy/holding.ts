/** How a table is described to whoever asks for a person's data or wants it gone. */

/** Whose data is asked for. */
export type SubjectKind = 'contact' | 'customer' | 'staff';

/** Rows are found by lists of ids of one of these. `move`: changes of stage that rest on the person's words. */
export type IdKind =
  | 'customer'
  | 'contact'
  | 'identity'
  | 'lead'
  | 'chat'
  | 'message'
  | 'move'
  | 'deal'
  | 'quote'
  | 'approval'
  | 'card'
  | 'staff';

/** `keep`: what the company must be able to show later; it says nothing of the person but our own number. */
export type Change = 'keep' | 'drop' | Readonly<Record<string, string | number | null>>;

/** The rows of a subject, those whose `column` is one of the ids, and what becomes of them when it is erased. */
export interface Part {
  readonly column: string;
  readonly ids: IdKind;
  readonly change: Change;
}

export interface Holding extends Partial<Readonly<Record<SubjectKind, Part>>> {
  /** As the reader of an export is told, Chinese. */
  readonly title: string;
  /** What people write themselves: names and numbers of an erased person are struck out of it. */
  readonly words?: readonly string[];
  /** What becomes of rows that are kept, where it is more than striking out, Chinese. */
  readonly kept?: string;
  /** Text that nobody writes: keys of the policy, states, hashes, numbers of platforms. */
  readonly plain?: readonly string[];
  /** Not personal: never exported, never changed. Why, Chinese. */
  readonly nobody?: string;
}

export type Holdings = Readonly<Record<string, Holding>>;

export const part = (column: string, ids: IdKind, change: Change): Part => ({ column, ids, change });

/** Stands for the pseudonym of an erased colleague in a change. */
export const PSEUDONYM = '{pseudonym}';

/** What stands where a name stood. No longer than any name that is struck out. */
export const STRUCK_OUT = '＊＊';

/** What is called something else once nobody is to know its name. */
export const ERASED = {
  contact: '已删除的联系人',
  customer: '已删除的客户',
  deal: '已删除客户的商机',
  lead: '已删除的线索',
  text: '（已按要求删除）',
  card: '客户的信息已按要求删除',
} as const;
