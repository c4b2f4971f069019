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
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonRecord;
  /** 10 s unless told. */
  readonly withinMs?: number;
  /** Ends the request before its time. */
  readonly signal?: AbortSignal;
}

const usualMs = 10_000;
const maxReplyBytes = 4 * 1024 * 1024;

/** Rejects with ApiFailure where there was no answer. Without `accept` the gateway may answer in XML; redirects are not followed. */
export async function request(agents: Agents, { method, url, body, ...ask }: Ask): Promise<Reply> {
  const text = method === 'GET' ? '' : JSON.stringify(body);
  const headers = {
    accept: 'application/json',
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
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
      outgoing.end(text);
    });
  } catch (error) {
    throw ApiFailure.unreached(limit.aborted ? 'timeout' : 'network', error);
  }
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
