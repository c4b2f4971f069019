/** The HTTP the SDK speaks through: our own time limit, our own proxy and connection rules, errors as ApiFailure. */
import http from 'node:http';
import https from 'node:https';
import type { HttpInstance } from '@larksuiteoapi/node-sdk';
import { ApiFailure } from './api-failure.ts';
import { isRecord } from './json.ts';

/** What the SDK hands over for one call. */
type Options = Parameters<HttpInstance['request']>[0];

interface Reply {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: unknown;
}

const maxReplyBytes = 8 * 1024 * 1024;

/**
 * The instance for `lark.Client` and `lark.WSClient`. A reply with an HTTP error status rejects with ApiFailure, and
 * so does one that says HTTP 200 with a `code` other than 0, which the platform does on some paths; the long
 * connection's discovery reads such codes itself and asks for `businessErrors: 'return'`.
 */
export function createHttpInstance(
  agent: http.Agent,
  timeoutMs: number,
  businessErrors: 'throw' | 'return' = 'throw',
): HttpInstance {
  async function request<R>(options: Options): Promise<R> {
    const reply = await send(agent, options, timeoutMs);
    const failure = ApiFailure.of(reply.status, reply.headers, reply.body);
    if (failure !== null && (reply.status >= 300 || businessErrors === 'throw')) throw failure;
    const body = businessErrors === 'return' ? withData(reply.body) : reply.body;
    const result: unknown = options.$return_headers ? { data: body, headers: reply.headers } : body;
    return result as R;
  }
  const bare =
    (method: string) =>
    <T, R = T>(url: string, options?: Options): Promise<R> =>
      request<R>({ ...options, url, method });
  const filled =
    (method: string) =>
    <T, R = T, D = unknown>(url: string, data?: D, options?: Options): Promise<R> =>
      request<R>({ ...options, url, method, data });
  return {
    request,
    get: bare('GET'),
    delete: bare('DELETE'),
    head: bare('HEAD'),
    options: bare('OPTIONS'),
    post: filled('POST'),
    put: filled('PUT'),
    patch: filled('PATCH'),
  };
}

async function send(agent: http.Agent, options: Options, timeoutMs: number): Promise<Reply> {
  const url = new URL(options.url ?? '');
  for (const [name, value] of Object.entries(options.params ?? {})) {
    if (value !== undefined && value !== null) url.searchParams.set(name, String(value));
  }
  const method = (options.method ?? 'GET').toUpperCase();
  // The SDK sends an empty object with GET; a body there is legal for this platform and for few proxies.
  const body = method === 'GET' || method === 'HEAD' ? null : await writeBody(options);
  const { 'Content-Type': _, ...given } = (options.headers ?? {}) as Record<string, string>;
  const headers = {
    ...given,
    ...(body === null ? {} : { 'content-type': body.type, 'content-length': body.bytes.length }),
  };
  const signal = AbortSignal.timeout(options.timeout ?? timeoutMs);
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const client = url.protocol === 'https:' ? https : http;
      const outgoing = client.request(url, { method, headers, agent, signal }, (incoming) => {
        read(incoming).then(
          (text) => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: parse(text) }),
          reject,
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body?.bytes);
    });
  } catch (error) {
    throw ApiFailure.unreached(signal.aborted ? 'timeout' : 'network', error);
  }
}

/** JSON, or a form where the SDK says so: an upload. */
async function writeBody({
  data,
  headers,
}: Options): Promise<{ readonly type: string; readonly bytes: Buffer } | null> {
  if (data === undefined) return null;
  const type = (headers as Record<string, string> | undefined)?.['Content-Type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(data)) };
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(data as Record<string, unknown>)) {
    if (Buffer.isBuffer(value)) form.set(name, new Blob([new Uint8Array(value)]), name);
    else form.set(name, String(value));
  }
  const written = new Response(form);
  return { type: written.headers.get('content-type') ?? '', bytes: Buffer.from(await written.arrayBuffer()) };
}

/** The SDK's discovery takes `data` apart before it looks at the code, and retries for ever when there is none. */
function withData(body: unknown): unknown {
  return isRecord(body) && !isRecord(body.data) ? { ...body, data: {} } : body;
}

async function read(incoming: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxReplyBytes) throw new Error('reply too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Errors of the gateway may be plain text; they carry no code. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
