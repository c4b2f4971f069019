/** Sets the scene for the benches that need servers: secrets, a temporary folder, the platform as a process. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoadResult } from '../sandbox/feishu/index.ts';
import { type Child, startChild } from './child.ts';
import type { BareQuestion } from './processes/bare.ts';
import type { LoadQuestion } from './processes/load.ts';
import type { ProductQuestion } from './processes/product.ts';
import { makeSecrets } from './world.ts';

export interface Stage {
  /** Starts the product on a fresh database with every group's deal in it; `port` takes callbacks. */
  startProduct(): Promise<Child & { readonly port: number }>;
  startBare(): Promise<Child & { readonly port: number }>;
  /** Pushes new messages to a callback port. Throws when one was not acknowledged. */
  push(port: number, count: number, texts: readonly string[]): Promise<LoadResult>;
  close(): Promise<void>;
}

export async function setStage(groups: number): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'liaodan-bench-'));
  const secrets = makeSecrets((bytes) => randomBytes(bytes).toString('hex'));
  const load = startChild('load.ts');
  const running: Child[] = [load];
  let files = 0;
  const freshPath = () => {
    files += 1;
    return join(folder, `${files}.db`);
  };
  const { port: apiPort } = await load.ask<{ port: number }>({ do: 'open', secrets, groups } satisfies LoadQuestion);

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
        secrets,
        path: freshPath(),
        apiBase: `http://127.0.0.1:${apiPort}`,
        groups,
      } satisfies ProductQuestion),
    startBare: () => start('bare.ts', { encryptKey: secrets.encryptKey, path: freshPath() } satisfies BareQuestion),
    async push(port, count, texts) {
      const result = await load.ask<LoadResult>({ do: 'push', port, count, texts } satisfies LoadQuestion);
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
