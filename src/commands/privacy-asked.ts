/** What the privacy commands are asked for, and who asks. */
import type { Subject } from '../crm/privacy/subject.ts';
import { findByWord } from '../crm/staff/find-by-word.ts';
import type { Tx } from '../crm/tx.ts';
import { person } from './staff-words.ts';

/** Writes the database file anew; told by what it says. */
export type Compact = (url: string, anyhow?: boolean) => 'done' | 'too_large' | 'busy' | 'not_sqlite';

export interface Asked {
  readonly find: (tx: Tx) => Promise<Found>;
  /** As it is to be typed again. */
  readonly option: string;
  readonly by: string | null;
  readonly to: string;
  readonly yes: boolean;
  readonly files: boolean;
  readonly also: readonly string[];
  readonly keep: readonly string[];
}

export type Found = { readonly ok: true; readonly subject: Subject } | { readonly ok: false; readonly why: string };

export interface Doer {
  readonly actorId: string | null;
  readonly user: string;
}

/** Who does it, for the log: the colleague who was named. */
export async function doerOf(
  tx: Tx,
  name: string | null,
  user: string,
): Promise<{ readonly ok: true; readonly doer: Doer } | { readonly ok: false; readonly why: string }> {
  if (name === null) return { ok: true, doer: { actorId: null, user } };
  const meant = await findByWord(tx, name);
  if (!meant.ok) return { ok: false, why: person(name, meant.reason) };
  return { ok: true, doer: { actorId: meant.staff.id, user } };
}
