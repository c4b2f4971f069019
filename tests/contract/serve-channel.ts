/** A bare server between an emulator and an adapter: hands callbacks over as the product does, and remembers what was refused. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, RawResponse } from '../../src/channel/channel.ts';

export interface ChannelServer {
  readonly origin: string;
  /** Why each callback was refused, null where it was taken, in order of arrival. */
  readonly refusals: readonly (string | null)[];
  close(): Promise<void>;
}

export async function serveChannel(channel: Channel): Promise<ChannelServer> {
  const refusals: (string | null)[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { method = '', headers } = incoming;
    const query = Object.fromEntries(new URL(incoming.url ?? '', 'http://desk').searchParams);
    const answer = await channel.callback?.({ method, headers, query, body: await bodyOf(incoming) });
    const { status, contentType, body, refusal } = answer ?? missing;
    refusals.push(refusal);
    outgoing.writeHead(status, { 'content-type': contentType }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    refusals,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const missing: RawResponse = { status: 404, contentType: 'text/plain', body: '', refusal: 'no_callback' };

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
