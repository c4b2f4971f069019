/** Names of colleagues by id, and a colleague as the contract shows them. */
import type { PersonView } from '../../contract/common.ts';

export type Names = ReadonlyMap<string, string>;

export const personView = (names: Names, id: string): PersonView => ({ id, name: names.get(id) ?? '已离开的同事' });
