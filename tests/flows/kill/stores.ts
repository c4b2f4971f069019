/** Where a run keeps its rows: a file on a small disk, or a schema on a server of its own behind a line that can fail. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { findServer } from '../../support/services/installed.ts';
import { startServer } from '../../support/services/mariadb.ts';
import { makeSmallDisk } from '../../support/services/small-disk.ts';
import { startTcpProxy } from '../../support/services/tcp-proxy.ts';
import type { Store } from './arena.ts';

export interface OpenStore extends Store {
  close(): Promise<void>;
}

/** Room for the longest run's rows and their log. */
const DISK_MEGABYTES = 256;

/** Where no disk can be mounted, in a folder like any other: then it does not run full. */
export async function openFile(): Promise<OpenStore> {
  const disk = await makeSmallDisk(DISK_MEGABYTES);
  const folder = disk?.folder ?? (await mkdtemp(join(tmpdir(), 'liaodan-knocks-')));
  const url = `sqlite:${join(folder, 'crm.db')}`;
  const close = () => disk?.remove() ?? rm(folder, { recursive: true, force: true });
  return { url, productUrl: url, server: null, line: null, disk, cluster: null, close };
}

/** Null where no server is installed. */
export async function openServer(): Promise<OpenStore | null> {
  const program = findServer();
  if (!program) return null;
  const server = await startServer(program, { inMemory: true });
  const connection = await createConnection(server.url);
  await connection.query('CREATE DATABASE knocks CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  await connection.end();
  const line = await startTcpProxy([server.port]);
  return {
    url: `${server.url}/knocks`,
    productUrl: `mysql://root@127.0.0.1:${line.port}/knocks`,
    server,
    line,
    disk: null,
    cluster: null,
    async close() {
      await line.close();
      await server.stop();
    },
  };
}
