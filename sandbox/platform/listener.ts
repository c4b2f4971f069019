/** A listener of its own for an emulator that is otherwise mounted in another server. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

export interface Mountable {
  /** Answers a request below the emulator's base path. */
  handle(req: IncomingMessage, res: ServerResponse): void;
  /** Takes a WebSocket upgrade below the emulator's base path. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** Listens on loopback (`host` 127.0.0.1, any free `port` unless told); `close` ends the emulator and the listener. */
export async function listen(
  emulator: Mountable,
  { host = '127.0.0.1', port = 0 }: { readonly host?: string | undefined; readonly port?: number | undefined } = {},
): Promise<{ readonly origin: string; readonly port: number; close(): Promise<void> }> {
  const server = createServer(emulator.handle);
  server.on('upgrade', emulator.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    origin: `${host}:${bound}`,
    port: bound,
    async close() {
      await emulator.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** A fault of the emulator itself is loud: nobody should look for it in the product. */
export function failLoudly(res: ServerResponse, code: object, error: unknown): void {
  const said = `the emulator failed: ${error instanceof Error ? error.stack : error}`;
  if (!res.headersSent) res.writeHead(500, { 'content-type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify({ ...code, msg: said }));
}
