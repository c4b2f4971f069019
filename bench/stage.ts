/** Sets the scene for the benches that need servers: secrets, databases, the platform as a process. */
import { randomBytes } from 'node:crypto';
import type { LoadResult } from '../sandbox/platform/burst.ts';
import { type Child, startChild } from './child.ts';
import type { PlatformName } from './dialects/dialect.ts';
import { dialects } from './dialects/dialects.ts';
import { type FreshDatabases, freshSqlite } from './fresh-databases.ts';
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

/** On SQLite unless told; the databases end with the stage. */
export async function setStage(
  platform: PlatformName,
  deals: number,
  databases: FreshDatabases = freshSqlite(),
): Promise<Stage> {
  const secrets = dialects[platform].makeSecrets((digits) => randomBytes(digits).toString('hex').slice(0, digits));
  const load = startChild('load.ts');
  const running: Child[] = [load];
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
    startProduct: async () =>
      start('product.ts', {
        do: 'open',
        platform,
        secrets,
        databaseUrl: await databases.make(),
        apiBase: `http://127.0.0.1:${apiPort}`,
        deals,
      } satisfies ProductQuestion),
    startBare: async () =>
      start('bare.ts', { platform, secrets, databaseUrl: await databases.make() } satisfies BareQuestion),
    async push(port, count, texts) {
      const url = `http://127.0.0.1:${port}/callbacks/${platform}`;
      const result = await load.ask<LoadResult>({ do: 'push', url, count, texts } satisfies LoadQuestion);
      if (result.accepted !== count)
        throw new Error(`${count - result.accepted} messages refused: ${JSON.stringify(result.refused)}`);
      return result;
    },
    async close() {
      await Promise.all(running.map((child) => child.stop()));
      await databases.close();
    },
  };
}
