/** `media/upload` and `media/get`: files for three days, readable by every app of the company. */
import { type ApiCall, text } from '../platform/http-face.ts';
import type { Core } from './core.ts';
import { ok, type Reply, type Route, refuse } from './reply.ts';

const LIFE_MS = 3 * 24 * 3600_000;
const MB = 1024 * 1024;
const LIMITS: Readonly<Record<string, number>> = { image: 10 * MB, voice: 2 * MB, video: 10 * MB, file: 20 * MB };

export interface Media {
  readonly routes: readonly Route[];
  /** Keeps a file and returns its media_id. */
  store(type: string, filename: string, bytes: Buffer): string;
  known(mediaId: string): boolean;
  bytes(mediaId: string): Buffer | null;
}

export function createMedia({ random, clock }: Core): Media {
  const files = new Map<string, { bytes: Buffer; filename: string; at: number }>();
  const fresh = (id: string) => {
    const file = files.get(id);
    return file && clock.now() - file.at < LIFE_MS ? file : null;
  };

  function store(_type: string, filename: string, bytes: Buffer): string {
    const id = random.bytes(48).toString('base64url');
    files.set(id, { bytes, filename, at: clock.now() });
    return id;
  }

  function upload(call: ApiCall): Reply {
    const type = call.query.type ?? '';
    const limit = LIMITS[type];
    if (limit === undefined) return refuse(40004, 'invalid media type');
    const part = readPart(call);
    if (!part) return refuse(41005, 'missing media data');
    if (part.bytes.length <= 5) return refuse(40058, 'a file has more than 5 bytes');
    if (part.bytes.length > limit) return refuse(40009, 'invalid media size');
    const media_id = store(type, part.filename, part.bytes);
    return ok({ type, media_id, created_at: String(Math.floor(clock.now() / 1000)) });
  }

  function get({ query }: ApiCall): Reply {
    const file = fresh(text(query.media_id));
    if (!file) return refuse(40007, 'invalid media_id');
    const headers = { 'content-disposition': `attachment; filename="${encodeURIComponent(file.filename)}"` };
    return { status: 200, body: file.bytes, headers };
  }

  return {
    store,
    known: (mediaId) => fresh(mediaId) !== null,
    bytes: (mediaId) => fresh(mediaId)?.bytes ?? null,
    routes: [
      { method: 'POST', path: '/cgi-bin/media/upload', tokens: ['app'], answer: upload },
      { method: 'GET', path: '/cgi-bin/media/get', tokens: ['app', 'contact', 'archive'], answer: get },
    ],
  };
}

/** The first file of a multipart body, named `media`. */
export function readPart({ raw, contentType }: ApiCall): { readonly filename: string; readonly bytes: Buffer } | null {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  const headEnd = raw.indexOf('\r\n\r\n');
  if (boundary === undefined || headEnd < 0) return null;
  const head = raw.toString('utf8', 0, headEnd);
  const end = raw.indexOf(`\r\n--${boundary}`, headEnd);
  if (!/name="media"/.test(head) || end < 0) return null;
  return { filename: /filename="([^"]*)"/.exec(head)?.[1] ?? 'file', bytes: raw.subarray(headEnd + 4, end) };
}
