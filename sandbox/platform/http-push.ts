/** One request to the product's callback address, judged as the platforms judge it: HTTP 200 in time, and nothing else. */
import { type Agent, request } from 'node:http';

/** What is sent to a callback address: the body, and what the platform puts around it. */
export interface PushBody {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  /** Appended to the callback address: `a=1&b=2`. */
  readonly query?: string;
}

export interface PushOutcome {
  readonly accepted: boolean;
  readonly status: number | null;
  /** Body of the answer; over the long connection the decoded `data`. */
  readonly answer: string;
  /** Why it was not accepted: `timeout` `unreachable` `status_204` `ack_500` `no_connection` `connection_lost` `dropped`; null when it was. */
  readonly reason: string | null;
  /** Real milliseconds until the outcome was known. */
  readonly tookMs: number;
}

export interface PostOptions {
  readonly agent: Agent;
  /** Total time for an answer, real ms. */
  readonly deadlineMs: number;
  /** Byte at which to cut the body into two writes; null: one write. */
  readonly splitAt?: number | null;
  /** POST unless told. */
  readonly method?: 'GET' | 'POST';
}

const CONNECT_MS = 2000;
const SPLIT_PAUSE_MS = 20;

/** Sends and waits for the outcome; never rejects. */
export async function postPush(url: string, push: PushBody, options: PostOptions): Promise<PushOutcome> {
  const startedAt = performance.now();
  const outcome = await attempt(url, push, options, startedAt);
  return outcome === 'stale_socket' ? fallback(await attempt(url, push, options, startedAt), startedAt) : outcome;
}

function fallback(outcome: PushOutcome | 'stale_socket', startedAt: number): PushOutcome {
  if (outcome !== 'stale_socket') return outcome;
  return { accepted: false, status: null, answer: '', reason: 'unreachable', tookMs: performance.now() - startedAt };
}

/** `stale_socket`: a kept-alive connection had been closed by the other side before the request was read. */
function attempt(
  url: string,
  push: PushBody,
  options: PostOptions,
  startedAt: number,
): Promise<PushOutcome | 'stale_socket'> {
  return new Promise((resolve) => {
    const settle = (accepted: boolean, status: number | null, answer: string, reason: string | null): void => {
      clearTimeout(deadline);
      clearTimeout(connecting);
      resolve({ accepted, status, answer, reason, tookMs: performance.now() - startedAt });
    };
    const method = options.method ?? 'POST';
    const headers = { ...push.headers, ...(method === 'POST' && { 'content-length': String(push.body.length) }) };
    const req = request(withQuery(url, push.query), { method, agent: options.agent, headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () => {
        const status = res.statusCode ?? 0;
        const ok = status === 200;
        settle(ok, status, Buffer.concat(chunks).toString('utf8'), ok ? null : `status_${status}`);
      });
      res.on('error', () => settle(false, null, '', 'connection_lost'));
    });
    const deadline = setTimeout(() => {
      settle(false, null, '', 'timeout');
      req.destroy();
    }, options.deadlineMs);
    const connecting = setTimeout(() => {
      if (req.socket?.connecting !== true) return;
      settle(false, null, '', 'unreachable');
      req.destroy();
    }, CONNECT_MS);
    req.on('error', (error: NodeJS.ErrnoException) => {
      if (req.reusedSocket && error.code === 'ECONNRESET' && performance.now() - startedAt < options.deadlineMs) {
        clearTimeout(deadline);
        clearTimeout(connecting);
        resolve('stale_socket');
        return;
      }
      settle(false, null, '', error.code === 'ECONNREFUSED' ? 'unreachable' : 'connection_lost');
    });
    writeBody(req, push.body, options.splitAt ?? null);
  });
}

/** The address with a query appended; an address may bring one of its own. */
export function withQuery(url: string, query: string | undefined): string {
  if (query === undefined) return url;
  return `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** Where to cut a body: inside the first character of several bytes, else in the middle. */
export function splitPoint(body: Buffer): number {
  const lead = body.findIndex((byte) => byte >= 0xc2);
  return lead >= 0 ? lead + 1 : Math.floor(body.length / 2);
}

function writeBody(req: ReturnType<typeof request>, body: Buffer, splitAt: number | null): void {
  if (splitAt === null) {
    req.end(body);
    return;
  }
  req.setNoDelay(true);
  req.write(body.subarray(0, splitAt));
  setTimeout(() => req.end(body.subarray(splitAt)), SPLIT_PAUSE_MS);
}
