/** Where a sqlite: address keeps its file. */
import { resolve } from 'node:path';

export const isSqliteUrl = (url: string): boolean => url.startsWith('sqlite:');

/** The whole path: `sqlite:./data/crm.db`, `sqlite:/var/crm.db` and `sqlite:///var/crm.db` are all understood. */
export const sqliteFile = (url: string): string => resolve(url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, ''));
