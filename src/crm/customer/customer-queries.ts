/** Questions about all customers of the company, whoever asks: for finding duplicates and names, of which anybody may know name and owner (N11). */
import type { CustomerRow } from '../rows/people.ts';

export interface CustomerQueries {
  /** Customers of one normal name, oldest first. */
  customersOfName(normalName: string, limit: number): Promise<readonly CustomerRow[]>;
  /** Customers with a contact of this phone, oldest first. */
  customersOfPhone(phone: string, limit: number): Promise<readonly CustomerRow[]>;
  /** These customers, in no order, without those that were withdrawn. */
  customersOf(ids: readonly string[]): Promise<readonly CustomerRow[]>;
  /** Customers of before profiles were written, oldest first. */
  customersWithoutProfile(limit: number): Promise<readonly CustomerRow[]>;
  /** Companies that colleagues' address books name, with the id of the entry, oldest first, or after one of them; at most `limit`. */
  followedCompanies(after: string, limit: number): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** How often a colleague was shown whose customer a phone is, since an instant, ms. */
  phoneLookups(staffId: string, since: number): Promise<number>;
  /** When words were last exchanged with each customer, or something noted of them, ms. */
  lastTouches(customerIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
}
