/** Replies that grow: the first frame of a stream id makes the message, later ones replace it, `finish` freezes it. */
import { text } from '../../platform/http-face.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Chat, Message } from '../world.ts';
import { type Ack, accepted, refused } from './frames.ts';

const LIFE_MS = 6 * 60_000;
const MAX_BYTES = 20_480;

export function createStreams(
  { clock, journal }: Core,
  post: (chat: Chat, type: string, body: JsonObject, inReplyTo: Message | null) => Message,
) {
  const streams = new Map<string, { message: Message; startedAt: number; finished: boolean }>();

  return {
    /** 846608 after six minutes counted from the first frame (wecom.md §10.1). */
    take(chat: Chat, stream: JsonObject, said: Message | null): Ack {
      const id = text(stream.id);
      const content = text(stream.content);
      if (id === '') return refused(40058, 'stream.id is missing');
      if (Buffer.byteLength(content) > MAX_BYTES) return refused(40058, 'stream.content is longer than 20480 bytes');
      if (stream.msg_item !== undefined) journal.complain('bad_frame', 'msg_item is not supported here');
      const known = streams.get(id);
      if (known?.finished) return refused(40058, 'the stream is finished');
      if (known && clock.now() - known.startedAt > LIFE_MS) return refused(846608, 'stream message update expired');
      const body = { id, content, finish: stream.finish === true };
      if (known) {
        Object.assign(known.message, { body, updates: known.message.updates + 1, updatedAt: clock.now() });
        journal.touch();
      }
      const message = known?.message ?? post(chat, 'stream', body, said);
      streams.set(id, { message, startedAt: known?.startedAt ?? clock.now(), finished: body.finish });
      return accepted();
    },
  };
}
