/** A server that does not know SKIP LOCKED, whatever its version says: the whole product works by compare-and-set. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { closeConnections, openConnections } from '../../src/persistence/data-source.ts';
import { migrate } from '../../src/persistence/migrate.ts';
import { knowsSkipLocked } from '../../src/persistence/skip-locked.ts';
import { databaseKind, describeDatabase, freshDatabaseUrl } from '../support/services/database.ts';

const WORDS = 'SKIP LOCKED';

/** A server before which these words come out garbled: it answers them with its own syntax error. */
async function withoutTheWords(port: number) {
  let asked = 0;
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const server = connect(port, '127.0.0.1');
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
    }
    client.on('data', (piece: Buffer) => {
      const at = piece.indexOf(WORDS);
      if (at >= 0) asked += 1;
      // As many bytes as before: the packet says its length.
      if (at >= 0) piece.write('SHIP COOKED', at);
      server.write(piece);
    });
    server.pipe(client);
    client.on('close', () => server.destroy());
    server.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    asked: () => asked,
    close: () =>
      new Promise<void>((resolve) => {
        listener.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

describeDatabase('claiming', () => {
  it('skips locked rows where the server can', async () => {
    const { url, dispose } = await freshDatabaseUrl();
    const connections = await openConnections(url, []);
    await migrate(connections);
    expect(await knowsSkipLocked(connections)).toBe(databaseKind === 'mysql');
    expect(await knowsSkipLocked({ ...connections, skipLocked: false })).toBe(false);
    await closeConnections(connections);
    await dispose();
  });

  if (databaseKind === 'mysql')
    it('goes by compare-and-set where the server cannot, from a message to its card', async () => {
      const { url, dispose } = await freshDatabaseUrl();
      const old = await withoutTheWords(Number(new URL(url).port || 3306));
      const databaseUrl = Object.assign(new URL(url), { port: String(old.port) }).href;
      const sandbox = await startSandbox({ databaseUrl, logLevel: 'silent' });
      const { platform, company } = sandbox;
      platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价');
      await platform.waitForCard(company.staff.lina, '报价发送');
      await settled(sandbox);
      expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
      expect(platform.cardsOf(company.staff.lina)).toHaveLength(1);
      // It was asked once, at the start, and believed.
      expect(old.asked()).toBe(1);
      await sandbox.close();
      await old.close();
      await dispose();
    });
});
