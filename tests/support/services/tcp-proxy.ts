/** A TCP relay on loopback between two programs, which can be slow, deaf or half open: what networks and balancers do. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Each piece on its way back to the client waits so long; 0: none. */
  delay(ms: number): void;
  /** Connections of now stay open and carry nothing any more, for good; new ones are sound. */
  halfOpen(): void;
  /** Every connection carries nothing until `hear`, then what was said meanwhile; new ones are taken as well. */
  hang(): void;
  hear(): void;
  /** Ends every connection of now. */
  cut(): void;
  connections(): number;
  /** The number of the target that took the last connection. */
  current(): number;
  close(): Promise<void>;
}

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  dead: boolean;
}

/**
 * Relays each connection to the next of `targets` (ports on loopback) that takes it, as a balancer does, and cuts it where
 * none does; where it is `sticky`, to the one that took the last for as long as it takes any.
 */
export async function startTcpProxy(targets: readonly number[], { sticky = false } = {}): Promise<TcpProxy> {
  const lines = new Set<Line>();
  let delayMs = 0;
  let hanging: Promise<void> | null = null;
  let hear: () => void = () => undefined;
  let turn = 0;
  let last = 0;

  /** Pieces leave one after the other, each when it may. */
  function relay(line: Line, from: Socket, to: Socket): void {
    let tail: Promise<unknown> = Promise.resolve();
    const then = (step: () => void): void => {
      tail = tail.then(() => hanging).then(step);
    };
    from.on('data', (piece: Buffer) => {
      const waitMs = from === line.server ? delayMs : 0;
      if (waitMs > 0) tail = tail.then(() => new Promise((resolve) => setTimeout(resolve, waitMs)));
      then(() => {
        if (!line.dead) to.write(piece);
      });
    });
    from.on('error', () => from.destroy());
    // Whoever goes takes the other along; of a dead line the client has to find out by itself.
    from.on('end', () => {
      if (line.dead && from === line.client) from.destroy();
      else then(() => !line.dead && to.end());
    });
    from.on('close', () => {
      if (!line.dead || from === line.client) to.destroy();
      if (line.client.destroyed && line.server.destroyed) lines.delete(line);
    });
  }

  async function open(client: Socket): Promise<void> {
    client.on('error', () => client.destroy());
    const first = sticky ? last : turn++;
    for (let tried = 0; tried < targets.length; tried += 1) {
      const target = (first + tried) % targets.length;
      const server = connect(targets[target] ?? 0, '127.0.0.1');
      server.setNoDelay(true);
      client.setNoDelay(true);
      const taken = await once(server, 'connect').then(
        () => true,
        () => false,
      );
      if (!taken) continue;
      last = target;
      if (client.destroyed) return void server.destroy();
      const line: Line = { client, server, dead: false };
      lines.add(line);
      relay(line, client, server);
      relay(line, server, client);
      client.resume();
      return;
    }
    client.destroy();
  }

  const listener = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (client) => void open(client));
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');

  const cut = (): void => {
    for (const { client, server } of lines) {
      client.destroy();
      server.destroy();
    }
  };
  return {
    port: (listener.address() as AddressInfo).port,
    delay(ms) {
      delayMs = ms;
    },
    halfOpen() {
      for (const line of lines) line.dead = true;
    },
    hang() {
      if (hanging) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      hanging = promise;
      hear = resolve;
    },
    hear() {
      hanging = null;
      hear();
    },
    cut,
    connections: () => lines.size,
    current: () => last,
    async close() {
      hear();
      const closed = once(listener, 'close');
      listener.close();
      cut();
      await closed;
    },
  };
}
