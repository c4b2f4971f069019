/** Who may talk to the desk: only pages it served itself, on this machine. */
import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const BODY_LIMIT = 64 * 1024;

/**
 * Null when the request may go on, else the refusal. A foreign Host means that a name somebody controls was pointed
 * at this machine (DNS rebinding); a foreign Origin, that another page is calling.
 */
export function refuseStranger(request: IncomingMessage): string | null {
  const host = request.headers.host ?? '';
  if (!LOOPBACK.has(hostname(host))) return '演示台只在本机打开：请用 127.0.0.1 或 localhost 访问。';
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return '拒绝来自其他网页的请求。';
  if (request.headers['sec-fetch-site'] === 'cross-site' && request.method !== 'GET') return '拒绝来自其他网页的请求。';
  return null;
}

const hostname = (host: string): string => host.replace(/:\d+$/, '').toLowerCase();

export type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: 400 | 413 | 415; readonly message: string };

/** Reads a small JSON body. */
export async function readJson(request: IncomingMessage): Promise<Body> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
    return { ok: false, status: 415, message: '请求要用 JSON。' };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return { ok: false, status: 413, message: '内容太长了。' };
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch {
    return { ok: false, status: 400, message: '请求不是有效的 JSON。' };
  }
}
