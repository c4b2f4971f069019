/** One JSON request and its JSON answer, within a time limit. */
import http from 'node:http';
import https from 'node:https';
import { ApiFailure } from './api-failure.ts';
import { isRecord, type JsonRecord } from './json.ts';

const timeoutMs = 10_000;
const maxReplyBytes = 16 * 1024 * 1024;

/** A file, sent as the field `media` of a form. */
export class Upload {
  readonly name: string;
  readonly bytes: Buffer;

  constructor(name: string, bytes: Buffer) {
    this.name = name;
    this.bytes = bytes;
  }
}

/** Rejects with ApiFailure: unreachable, or an answer that is no JSON object. A POST where there is a body. */
export async function requestJson(agent: http.Agent, url: URL, body: JsonRecord | Upload | null): Promise<JsonRecord> {
  const sent = body === null ? null : await written(body);
  const headers = sent === null ? {} : { 'content-type': sent.type, 'content-length': sent.bytes.length };
  const signal = AbortSignal.timeout(timeoutMs);
  const { status, reply } = await new Promise<{ status: number; reply: string }>((resolve, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const outgoing = client.request(
      url,
      { method: sent === null ? 'GET' : 'POST', headers, agent, signal },
      (incoming) => {
        read(incoming).then((words) => resolve({ status: incoming.statusCode ?? 0, reply: words }), reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(sent?.bytes);
  }).catch((error: unknown) => {
    throw ApiFailure.unreached(signal.aborted ? 'timeout' : 'network', error);
  });
  const parsed = parse(reply);
  // The platform says 200 to everything; another status comes from a proxy or a gateway.
  if (parsed === null || status !== 200) throw ApiFailure.unreached('network', null);
  return parsed;
}

async function written(body: JsonRecord | Upload): Promise<{ readonly type: string; readonly bytes: Buffer }> {
  if (!(body instanceof Upload)) {
    return { type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(body)) };
  }
  const form = new FormData();
  form.set('media', new Blob([new Uint8Array(body.bytes)]), body.name);
  const answer = new Response(form);
  return { type: answer.headers.get('content-type') ?? '', bytes: Buffer.from(await answer.arrayBuffer()) };
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

function parse(text: string): JsonRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}
