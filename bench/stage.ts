/** Sets the scene for the benches that need servers: secrets, a temporary folder, the platform as a process. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadResult } from '../sandbox/platform/burst.ts';
import { type Child, startChild } from './child.ts';
import type { PlatformName } from './dialects/dialect.ts';
import { dialects } from './dialects/dialects.ts';
import type { BareQuestion } from './processes/bare.ts';
import type { LoadQuestion } from './processes/load.ts';
import type { ProductQuestion } from './processes/product.ts';

export interface Stage {
  /** Starts the product on a fresh database with every deal in it; `port` takes callbacks. */
  startProduct(): Promise<Child & { readonly port: number }>;
  startBare(): Promise<Child & { readonly port: number }>;
  /** Pushes new messages to a callback port. Throws when one was not acknowledged. */
  push(port: number, count: number, texts: readonly string[]): Promise<LoadResult>;
  close(): Promise<void>;
}

export async function setStage(platform: PlatformName, deals: number): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-bench-'));
  const secrets = dialects[platform].makeSecrets((digits) => randomBytes(digits).toString('hex').slice(0, digits));
  const load = startChild('load.ts');
  const running: Child[] = [load];
  let files = 0;
  const freshPath = () => {
    files += 1;
    return join(folder, `${files}.db`);
  };
  const { port: apiPort } = await load.ask<{ port: number }>({
    do: 'open',
    platform,
    secrets,
    deals,
  } satisfies LoadQuestion);

  async function start(module: string, question: object): Promise<Child & { port: number }> {
    const child = startChild(module);
    running.push(child);
    const { port } = await child.ask<{ port: number }>(question);
    return { ...child, port };
  }

  return {
    startProduct: () =>
      start('product.ts', {
        do: 'open',
        platform,
        secrets,
        path: freshPath(),
        apiBase: `http://127.0.0.1:${apiPort}`,
        deals,
      } satisfies ProductQuestion),
    startBare: () => start('bare.ts', { platform, secrets, path: freshPath() } satisfies BareQuestion),
    async push(port, count, texts) {
      const url = `http://127.0.0.1:${port}/callbacks/${platform}`;
      const result = await load.ask<LoadResult>({ do: 'push', url, count, texts } satisfies LoadQuestion);
      if (result.accepted !== count)
        throw new Error(`${count - result.accepted} messages refused: ${JSON.stringify(result.refused)}`);
      return result;
    },
    async close() {
      await Promise.all(running.map((child) => child.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
