/** What this installation is told in all: by its environment, and by its set-up page. Read anew by every start. */
import type { Platform } from './channel/channel.ts';
import { createIdGenerator } from './ids.ts';
import { openDatabase } from './persistence/database.ts';
import { createKeyring, type Keyring } from './secret-key.ts';
import { type Environment, readSettings, type Settings } from './settings.ts';
import { readRecords } from './setup/stored.ts';
import { fingerprintOf } from './setup/told.ts';

export interface Installation {
  readonly settings: Settings;
  readonly keyring: Keyring;
  /** What the set-up page was told, in one text that changes with it. */
  readonly told: string;
}

/** Throws StartError for faults of the environment, a store that cannot be opened, and a key that does not fit what is stored. */
export async function openInstallation(env: Environment, platforms: readonly Platform[]): Promise<Installation> {
  const { databaseUrl } = readSettings(env, platforms);
  const keyring = createKeyring(env, databaseUrl);
  const newId = createIdGenerator(Date.now);
  const database = await openDatabase({ url: databaseUrl, now: Date.now, newId });
  try {
    const tenantId = await database.company.firstTenant();
    const rows = await database.company.settings(tenantId);
    const settings = readSettings(env, platforms, readRecords(tenantId, rows, keyring.find()));
    return { settings, keyring, told: fingerprintOf(rows) };
  } finally {
    await database.close();
  }
}
