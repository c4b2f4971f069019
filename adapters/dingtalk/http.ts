/** One JSON request and what came back, within a time limit. */
import http from 'node:http';
import https from 'node:https';
import type { Agents } from './agents.ts';
import { ApiFailure } from './api-failure.ts';
import { type JsonRecord, parseRecord } from './json.ts';

export interface Reply {
  readonly status: number;
  /** Null when the body is no JSON object. */
  readonly body: JsonRecord | null;
}

export interface Ask {
  /** A GET goes without its body. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonRecord;
  /** Sent as the field `media` of a form instead of the body. */
  readonly file?: { readonly name: string; readonly bytes: Buffer };
  /** 10 s unless told. */
  readonly withinMs?: number;
  /** Ends the request before its time. */
  readonly signal?: AbortSignal;
}

const usualMs = 10_000;
const maxReplyBytes = 4 * 1024 * 1024;

/** Rejects with ApiFailure where there was no answer. Without `accept` the gateway may answer in XML; redirects are not followed. */
export async function request(agents: Agents, { method, url, body, ...ask }: Ask): Promise<Reply> {
  const { type, bytes } = ask.file
    ? await formOf(ask.file)
    : { type: 'application/json', bytes: Buffer.from(method === 'GET' ? '' : JSON.stringify(body)) };
  const headers = {
    accept: 'application/json',
    'content-type': type,
    'content-length': bytes.length,
    ...ask.headers,
  };
  const limit = AbortSignal.timeout(ask.withinMs ?? usualMs);
  const signal = ask.signal ? AbortSignal.any([limit, ask.signal]) : limit;
  try {
    return await new Promise<Reply>((resolve, reject) => {
      const { request: open } = url.protocol === 'https:' ? https : http;
      const outgoing = open(url, { method, headers, agent: agents.of(url), signal }, (incoming) => {
        read(incoming).then((words) => resolve({ status: incoming.statusCode ?? 0, body: parseRecord(words) }), reject);
      });
      outgoing.on('error', reject);
      outgoing.end(bytes);
    });
  } catch (error) {
    throw ApiFailure.unreached(limit.aborted ? 'timeout' : 'network', error);
  }
}

async function formOf({ name, bytes }: NonNullable<Ask['file']>): Promise<{ type: string; bytes: Buffer }> {
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(bytes)]), name);
  const written = new Response(form);
  return { type: written.headers.get('content-type') ?? '', bytes: Buffer.from(await written.arrayBuffer()) };
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
