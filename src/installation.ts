/** What this installation is told in all: by its environment, and by its set-up page. Read anew by every start. */
import type { Platform } from './channel/channel.ts';
import { createIdGenerator } from './ids.ts';
import { openDatabase } from './persistence/database.ts';
import { createKeyring, type Keyring } from './secret-key.ts';
import { type Environment, readSettings, type Settings } from './settings.ts';
import { readRecords } from './setup/stored.ts';

export interface Installation {
  readonly settings: Settings;
  readonly keyring: Keyring;
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
    return { settings: readSettings(env, platforms, readRecords(tenantId, rows, keyring.find())), keyring };
  } finally {
    await database.close();
  }
}
