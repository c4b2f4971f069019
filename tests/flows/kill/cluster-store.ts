/** A Galera cluster as a run's store: all write to one server of three, and to the next when it is gone. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { findCluster, startCluster } from '../../support/services/galera.ts';
import { startTcpProxy } from '../../support/services/tcp-proxy.ts';
import type { OpenStore } from './stores.ts';

const SERVERS = 3;

/** Null where no cluster is installed. */
export async function openCluster(): Promise<OpenStore | null> {
  const installed = await findCluster();
  if (!installed) return null;
  const cluster = await startCluster(installed, SERVERS);
  const line = await startTcpProxy(cluster.ports, { sticky: true });
  const server = `mysql://root@127.0.0.1:${line.port}`;
  const connection = await createConnection(server);
  await connection.query('CREATE DATABASE knocks CHARACTER SET utf8mb4 COLLATE utf8mb4_bin');
  await connection.end();
  return {
    url: `${server}/knocks`,
    productUrl: `${server}/knocks`,
    server: null,
    line,
    disk: null,
    cluster: {
      async loseWriter(pauseMs) {
        const writer = line.current();
        await cluster.kill(writer);
        await sleep(pauseMs);
        await cluster.start(writer);
      },
    },
    async close() {
      await line.close();
      await cluster.stop();
    },
  };
}
