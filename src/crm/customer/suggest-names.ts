/** C7: the whole name of a company by a few characters of it, from our customers and from what colleagues' address books say. */
import type { Desk } from '../access/desk.ts';
import { trailingForm } from '../ask/names/generic-words.ts';
import type { KnownName } from '../ask/names/known-name.ts';
import { isSentence } from '../ask/names/looks-like-name.ts';
import { splitName } from '../ask/names/split-name.ts';
import { spell } from '../ask/words/spelling.ts';
import type { NameDirectory, ReadNames } from './name-directory.ts';
import { type FoundCustomer, searchCustomers } from './search-customers.ts';

export interface NameSources {
  readonly customers: NameDirectory;
  /** Of companies that address books name. */
  readonly companies: NameDirectory;
}

export interface SuggestedName {
  readonly name: string;
  /** Null for a company that is no customer yet. */
  readonly customer: FoundCustomer | null;
}

const MOST = 8;

/** Customers first; a company that is one already is not said twice. */
export async function suggestNames(desk: Desk, from: NameSources, words: string): Promise<readonly SuggestedName[]> {
  const customers = (await searchCustomers(desk, from.customers, words)).slice(0, MOST);
  const written = new Map<string, SuggestedName>();
  for (const id of await from.companies.find(desk.tx, words, MOST)) {
    const follow = await desk.tx.contactFollow.get(id);
    const name = follow?.company ?? follow?.remark;
    if (name) written.set(spell(name).text, { name, customer: null });
  }
  for (const found of customers) written.delete(spell(found.customer.name).text);
  const known = customers.map((customer) => ({ name: customer.customer.name, customer }));
  return [...known, ...written.values()].slice(0, MOST);
}

/** Remarks that are a company's name, each once: a person's would be somebody's own note. */
export function companyNames(breathe: () => Promise<void>): ReadNames {
  return async (tx, after = '') => {
    const once = new Map<string, KnownName>();
    for (let last: string | undefined = after; last !== undefined; ) {
      const rows = await tx.queries.followedCompanies(last, READ_AT_ONCE);
      for (const one of rows) if (isCompany(one.name)) once.set(spell(one.name).text, one);
      last = rows.length < READ_AT_ONCE ? undefined : rows.at(-1)?.id;
      if (last !== undefined) await breathe();
    }
    return [...once.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };
}

/** Entries of address books that are judged in one go: some 10 ms. */
const READ_AT_ONCE = 1_000;

/** A telephone number in a remark, however it is written. */
const NUMBER = /\d(?:[\s-]?\d){4}/;

function isCompany(name: string): boolean {
  const { text } = spell(name);
  if (NUMBER.test(text)) return false;
  const { trade, core } = splitName(name);
  return core.length >= 2 && (trailingForm(text) !== '' || trade !== '') && !isSentence(name);
}
