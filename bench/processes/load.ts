/** The platform as a process: it answers our API calls and pushes prepared, signed, encrypted messages. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { prepareBodies, pushPrepared } from '../../sandbox/feishu/index.ts';
import { serve } from '../child.ts';
import { makeWorld, type Secrets, type World } from '../world.ts';

export type LoadQuestion =
  | { readonly do: 'open'; readonly secrets: Secrets; readonly groups: number }
  /** Pushes `count` new messages, spread over all groups, each text in its turn. */
  | { readonly do: 'push'; readonly port: number; readonly count: number; readonly texts: readonly string[] };

/** Requests on the way at any moment; a busy platform's connections to one address. */
const CONCURRENCY = 64;

let world: World | null = null;
let sent = 0;
const server = createServer((request, response) => world?.platform.handle(request, response));

async function open({ secrets, groups }: Extract<LoadQuestion, { do: 'open' }>): Promise<object> {
  world = makeWorld(secrets, groups);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port };
}

async function push({ port, count, texts }: Extract<LoadQuestion, { do: 'push' }>): Promise<object> {
  if (!world) throw new Error('not open');
  const { platform, groups } = world;
  const events = Array.from({ length: count }, () => {
    const group = groups[sent % groups.length];
    const text = texts[sent % texts.length];
    if (!group || text === undefined) throw new Error('nothing to say');
    sent += 1;
    const message = platform.world.addMessage({
      chatId: group.chat.chatId,
      sender: { kind: 'person', openId: group.customer.openId },
      type: 'text',
      content: JSON.stringify({ text }),
    });
    return platform.events.messageReceived(message);
  });
  const { encryptKey } = platform.options;
  const bodies = prepareBodies(events, encryptKey);
  return pushPrepared(
    `http://127.0.0.1:${port}/callbacks/feishu`,
    bodies,
    { encryptKey },
    { concurrency: CONCURRENCY },
  );
}

serve<LoadQuestion>(
  async (question) => (question.do === 'open' ? open(question) : push(question)),
  async () => {
    await world?.platform.close();
    server.closeAllConnections();
    server.close();
  },
);
