/** The bare server as a process. */
import type { AddressInfo } from 'node:net';
import { openers } from '../bare/openers.ts';
import { createBareServer } from '../bare/server.ts';
import { serve } from '../child.ts';
import type { PlatformName } from '../dialects/dialect.ts';

export interface BareQuestion {
  readonly platform: PlatformName;
  readonly secrets: unknown;
  readonly databaseUrl: string;
}

let bare: ReturnType<typeof createBareServer> | null = null;

serve<BareQuestion>(
  async ({ platform, secrets, databaseUrl }) => {
    const made = createBareServer({ opener: openers[platform].make(secrets), databaseUrl });
    bare = made;
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return { port: (made.server.address() as AddressInfo).port };
  },
  async () => bare?.close(),
);
