/** A balancer as small as can be: whoever does not answer is passed over, and for two seconds somebody is looked for. */
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 2_000;

/** Hands a request on to one of these ports, each in its turn; 502 when nobody took it, as the platforms know it. */
export function createBalancer(
  ports: readonly number[],
): (incoming: IncomingMessage, outgoing: ServerResponse) => void {
  let turn = 0;
  return (incoming, outgoing) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const deadline = Date.now() + PATIENCE_MS;
      while (Date.now() < deadline) {
        for (let tried = 0; tried < ports.length; tried += 1) {
          turn += 1;
          const fate = await handOn(incoming, Buffer.concat(chunks), ports[turn % ports.length] ?? 0, outgoing);
          if (fate === 'answered') return;
          // It may have arrived: asking somebody else is the platform's affair.
          if (fate === 'cut off') return outgoing.writeHead(502).end();
        }
        await sleep(50);
      }
      outgoing.writeHead(502).end();
    })();
  };
}

function handOn(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: Buffer,
  port: number,
  outgoing: ServerResponse,
): Promise<'answered' | 'refused' | 'cut off'> {
  return new Promise((resolve) => {
    const handed = request({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('end', () => resolve('answered'));
      answer.on('error', () => resolve('cut off'));
    });
    handed.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'cut off'),
    );
    handed.end(body);
  });
}
