/** The list of migrations, oldest first. A migration that has been released never changes. */
import { Core1763800000001 } from './0001-core.ts';

export const migrations = [Core1763800000001];
