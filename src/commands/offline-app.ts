/** Opens the company's rows for a tool, without connecting a platform or opening a port. */
import { type App, createApp } from '../app.ts';
import { createLog } from '../log.ts';
import { type Environment, readSettings } from '../settings.ts';

export async function withApp<T>(env: Environment, work: (app: App) => Promise<T>): Promise<T> {
  const settings = readSettings({ DATABASE_URL: env['DATABASE_URL'], POLICY_FILE: env['POLICY_FILE'] }, []);
  const app = await createApp({ settings, log: createLog('silent'), now: Date.now });
  try {
    return await work(app);
  } finally {
    await app.database.close();
  }
}
