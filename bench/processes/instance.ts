/** One instance of the product as a process: real application, real adapters, on a database that others use as well. */
import type { AddressInfo } from 'node:net';
import { platforms } from '../../adapters/index.ts';
import { type App, createApp } from '../../src/app.ts';
import { createLog } from '../../src/log.ts';
import { readSettings } from '../../src/settings.ts';
import { serve } from '../child.ts';

export type InstanceQuestion =
  | { readonly do: 'open'; readonly environment: Readonly<Record<string, string>> }
  /** How long it has computed so far, and the most it ever had in memory. */
  | { readonly do: 'usage' };

export interface Usage {
  readonly cpuMs: number;
  readonly peakMib: number;
}

let app: App | null = null;

async function open(environment: Readonly<Record<string, string>>): Promise<object> {
  const settings = readSettings({ ...environment, LOG_LEVEL: 'error' }, platforms);
  const made = await createApp({ settings, log: createLog(settings.logLevel), now: Date.now });
  app = made;
  await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(made.server.address() as AddressInfo).port}`;
  await made.run();
  // What a running server holds in memory: the pages as well.
  await fetch(`${url}/app/`);
  return { url };
}

serve<InstanceQuestion>(
  async (question) => {
    if (question.do === 'open') return open(question.environment);
    const { user, system } = process.cpuUsage();
    return { cpuMs: (user + system) / 1_000, peakMib: process.resourceUsage().maxRSS / 1_024 } satisfies Usage;
  },
  async () => {
    app?.server.closeAllConnections();
    await app?.stop();
  },
);
