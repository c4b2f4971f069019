/** The platform as a process: it answers our API calls and pushes prepared, signed, encrypted messages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '../child.ts';
import type { PlatformName, World } from '../dialects/dialect.ts';
import { dialects } from '../dialects/dialects.ts';

export type LoadQuestion =
  | { readonly do: 'open'; readonly platform: PlatformName; readonly secrets: unknown; readonly deals: number }
  /** Pushes `count` new messages, spread over all deals, each text in its turn. */
  | {
      readonly do: 'push';
      readonly url: string;
      readonly count: number;
      readonly texts: readonly string[];
      /** Requests on the way at any moment; as many as a busy platform has unless told. */
      readonly concurrency?: number;
    };

/** A busy platform's connections to one address. */
const CONCURRENCY = 64;

let world: World | null = null;
let sent = 0;
const server = createServer((request, response) => world?.handle(request, response));

async function open({ platform, secrets, deals }: Extract<LoadQuestion, { do: 'open' }>): Promise<object> {
  world = dialects[platform].makeWorld(secrets, deals);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port };
}

async function push({
  url,
  count,
  texts,
  concurrency = CONCURRENCY,
}: Extract<LoadQuestion, { do: 'push' }>): Promise<object> {
  if (!world) throw new Error('not open');
  const { deals } = world;
  const lines = Array.from({ length: count }, () => {
    const deal = deals[sent % deals.length];
    const text = texts[sent % texts.length];
    if (!deal || text === undefined) throw new Error('nothing to say');
    sent += 1;
    return { deal, text };
  });
  return world.push(url, lines, { concurrency });
}

serve<LoadQuestion>(
  async (question) => (question.do === 'open' ? open(question) : push(question)),
  async () => {
    await world?.close();
    server.closeAllConnections();
    server.close();
  },
);
