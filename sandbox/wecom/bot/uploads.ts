/** Files that the bot's client uploads in pieces over the socket. */
import { createHash } from 'node:crypto';
import { text } from '../../platform/http-face.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Media } from '../media-api.ts';
import type { Uploads } from './commands.ts';
import { type Ack, accepted, refused } from './frames.ts';

const SESSION_MS = 30 * 60_000;
const MAX_CHUNK = 512 * 1024;

interface Session {
  readonly type: string;
  readonly filename: string;
  readonly total: number;
  readonly md5: string;
  readonly startedAt: number;
  readonly chunks: Map<number, Buffer>;
}

export function createUploads({ random, clock }: Core, media: Media): Uploads {
  const sessions = new Map<string, Session>();

  function init({ type, filename, total_chunks, md5 }: JsonObject): Ack {
    const total = Number(total_chunks);
    if (!(total >= 1 && total <= 100)) return refused(40058, 'total_chunks is 1 to 100');
    const upload_id = random.hex(32);
    const startedAt = clock.now();
    const given = { type: text(type), filename: text(filename), md5: text(md5) };
    sessions.set(upload_id, { ...given, total, startedAt, chunks: new Map() });
    return accepted({ upload_id });
  }

  function chunk(session: Session, { chunk_index, base64_data }: JsonObject): Ack {
    const bytes = Buffer.from(text(base64_data), 'base64');
    if (bytes.length === 0 || bytes.length > MAX_CHUNK) return refused(40058, 'a chunk has 1 to 524288 bytes');
    session.chunks.set(Number(chunk_index), bytes);
    return accepted();
  }

  /** The first index is 0 or 1: the documents do not say, and the clients differ. */
  function finish(session: Session): Ack {
    if (session.chunks.size !== session.total) return refused(40058, 'chunks are missing');
    const parts = [...session.chunks].sort(([a], [b]) => a - b).map(([, bytes]) => bytes);
    const bytes = Buffer.concat(parts);
    const sum = createHash('md5').update(bytes).digest('hex');
    if (session.md5 !== '' && session.md5 !== sum) return refused(40058, 'md5 does not match');
    const media_id = media.store(session.type, session.filename, bytes);
    return accepted({ type: session.type, media_id, created_at: String(Math.floor(clock.now() / 1000)) });
  }

  return {
    known: media.known,
    carryOut(cmd, body) {
      if (cmd === 'aibot_upload_media_init') return init(body);
      if (cmd !== 'aibot_upload_media_chunk' && cmd !== 'aibot_upload_media_finish') return null;
      const session = sessions.get(text(body.upload_id));
      if (!session || clock.now() - session.startedAt > SESSION_MS) return refused(40058, 'invalid upload_id');
      return cmd.endsWith('_chunk') ? chunk(session, body) : finish(session);
    },
  };
}
