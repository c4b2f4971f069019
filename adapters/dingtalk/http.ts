/** One JSON request and what came back, within a time limit. */
import { ApiFailure } from './api-failure.ts';
import { type JsonRecord, parseRecord } from './json.ts';

export interface Reply {
  readonly status: number;
  /** Null when the body is no JSON object. */
  readonly body: JsonRecord | null;
}

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonRecord | null;
}

const timeoutMs = 10_000;
const maxReplyBytes = 4 * 1024 * 1024;

/** Rejects with ApiFailure where there was no answer. Without `accept` the gateway may answer in XML; redirects are not followed. */
export async function request({ method, url, headers, body }: Ask): Promise<Reply> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      body: body === null ? null : JSON.stringify(body),
      redirect: 'manual',
      signal,
    });
    return { status: response.status, body: parseRecord(await read(response)) };
  } catch (error) {
    throw ApiFailure.unreached(signal.aborted ? 'timeout' : 'network', error);
  }
}

async function read({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > maxReplyBytes) throw new Error('reply too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
