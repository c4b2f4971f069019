/**
 * The limit we measure ourselves against: what a callback costs with nothing of a product around it. Node's own
 * HTTP server believes and opens it, and the driver stores one unique row in group commits, durably.
 */
import { createServer, type Server } from 'node:http';
import { createBareInbox } from './inbox.ts';
import type { Opener } from './opener.ts';

export interface BareOptions {
  readonly opener: Opener;
  /** The database, as DATABASE_URL; its table is made. */
  readonly databaseUrl: string;
}

export interface BareServer {
  readonly server: Server;
  close(): void;
}

const LIMIT = 1024 * 1024;
const ACCOUNT = 'bare';

export function createBareServer({ opener, databaseUrl }: BareOptions): BareServer {
  const inbox = createBareInbox(databaseUrl);
  let lastId = 0;

  const server = createServer((request, response) => {
    const answer = (status: number, body: string) => {
      response.writeHead(status, { 'content-type': opener.contentType, 'content-length': Buffer.byteLength(body) });
      response.end(body);
    };
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > LIMIT) request.destroy();
      else chunks.push(chunk);
    });
    request.on('end', () => {
      const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
      const found = opener.open(request, body);
      if (typeof found === 'number') return answer(found, 'refused');
      const { tenant, key, chat, text } = found;
      const now = Date.now();
      lastId += 1;
      const id = now.toString(36).padStart(10, '0') + lastId.toString(36).padStart(16, '0');
      inbox.store([tenant, id, ACCOUNT, key, chat, text, now, now], (stored) =>
        stored ? answer(200, opener.answer) : answer(500, 'not stored'),
      );
    });
  });
  return {
    server,
    close() {
      server.close();
      server.closeAllConnections();
      inbox.close();
    },
  };
}
