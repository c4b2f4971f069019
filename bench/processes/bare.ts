/** The bare server as a process. */
import type { AddressInfo } from 'node:net';
import { createBareServer } from '../bare-server.ts';
import { serve } from '../child.ts';

export interface BareQuestion {
  readonly encryptKey: string;
  readonly path: string;
}

let bare: ReturnType<typeof createBareServer> | null = null;

serve<BareQuestion>(
  async ({ encryptKey, path }) => {
    const made = createBareServer({ encryptKey, path });
    bare = made;
    await new Promise<void>((resolve) => made.server.listen(0, '127.0.0.1', resolve));
    return { port: (made.server.address() as AddressInfo).port };
  },
  async () => bare?.close(),
);
