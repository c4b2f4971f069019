/** Asks the product over one kept connection, as a signed-in browser does, and times the answers. */
import { Agent, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface Asked {
  readonly status: number;
  /** Until the last byte of the answer, ms. */
  readonly tookMs: number;
  readonly body: unknown;
}

export interface Question {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

export interface Client {
  ask(question: Question, cookie?: string): Promise<Asked>;
  close(): void;
}

export function createClient(port: number): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  return {
    async ask({ method, path, body }, cookie) {
      const bytes = body === undefined ? null : Buffer.from(JSON.stringify(body));
      const headers = {
        'x-liaodan': '1',
        ...(cookie === undefined ? {} : { cookie }),
        ...(bytes === null ? {} : { 'content-type': 'application/json', 'content-length': bytes.length }),
      };
      const startedAt = performance.now();
      const { status, answer } = await new Promise<{ status: number; answer: Buffer }>((resolve, reject) => {
        const sent = request({ agent, host: '127.0.0.1', port, method: method.toUpperCase(), path, headers });
        sent.once('error', reject);
        sent.once('response', (response) => {
          buffer(response).then((whole) => resolve({ status: response.statusCode ?? 0, answer: whole }), reject);
        });
        sent.end(bytes ?? undefined);
      });
      const tookMs = performance.now() - startedAt;
      const json = String(answer.subarray(0, 1)) === '{' ? JSON.parse(String(answer)) : null;
      return { status, tookMs, body: json };
    },
    close: () => agent.destroy(),
  };
}
