/** Message push into one internal group by its key: no token, twenty a minute, no interactive cards (wecom.md §3.6). */
import { createHash } from 'node:crypto';
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject, type JsonObject, listOf } from '../../platform/json.ts';
import { createQuota } from '../../platform/quota.ts';
import { checkCard } from '../card-check.ts';
import type { Core } from '../core.ts';
import { type Media, readPart } from '../media-api.ts';
import { badParam, ok, type Reply, type Route, refuse } from '../reply.ts';
import type { Chat, ChatRef } from '../world.ts';

const LIMITS: Readonly<Record<string, number>> = { text: 2048, markdown: 4096, markdown_v2: 4096 };
const TYPES = new Set([...Object.keys(LIMITS), 'image', 'news', 'file', 'voice', 'template_card']);

export interface Webhooks {
  readonly routes: readonly Route[];
  /** Makes the message push of an internal group, as a member does in the client; returns its address below the API's origin. */
  addWebhook(chat: ChatRef): { readonly key: string; readonly path: string };
  removeWebhook(chat: ChatRef): void;
}

export function createWebhooks(core: Core, media: Media): Webhooks {
  const { world, random, clock, options, journal } = core;
  const perMinute = createQuota(options.webhookPerMinute, 60_000, clock.now);

  const chatOf = (key: string | undefined): Chat | undefined =>
    [...world.chats.values()].find((chat) => chat.webhookKey !== null && chat.webhookKey === key);

  function send({ query, body }: ApiCall): Reply {
    const chat = chatOf(query.key);
    if (!chat || chat.dissolved) return refuse(93000, 'invalid webhook url');
    if (Object.keys(body).length === 0) return refuse(93017, 'empty body');
    if (!perMinute.take(chat.chatId)) {
      journal.complain('over_webhook_rate', chat.name);
      return refuse(45009, 'api freq out of limit');
    }
    const type = text(body.msgtype);
    const content = asObject(body[type]);
    if (!TYPES.has(type) || !content) return refuse(40008, 'invalid message type');
    const fault = checkContent(type, content);
    if (fault) return fault;
    const sender = { kind: 'webhook' as const, id: query.key ?? '' };
    world.addMessage({ chatId: chat.chatId, sender, type, body: content });
    return ok();
  }

  function checkContent(type: string, content: JsonObject): Reply | null {
    const limit = LIMITS[type];
    const words = text(content.content);
    if (limit !== undefined && words === '') return refuse(44004, `${type} content is empty`);
    if (limit !== undefined && Buffer.byteLength(words) > limit) return refuse(45002, 'content size out of limit');
    if (type === 'image') return checkImage(content);
    if (type === 'news' && (listOf(content, 'articles').length < 1 || listOf(content, 'articles').length > 8)) {
      return refuse(45008, 'article size out of limit');
    }
    if (type === 'file' || type === 'voice')
      return media.known(text(content.media_id)) ? null : refuse(40007, 'invalid media_id');
    return type === 'template_card' ? checkCard(core, content, 'webhook') : null;
  }

  function checkImage({ base64, md5 }: JsonObject): Reply | null {
    const bytes = Buffer.from(text(base64), 'base64');
    if (bytes.length > 2 * 1024 * 1024) return refuse(93018, 'image is too big');
    return createHash('md5').update(bytes).digest('hex') === md5 ? null : badParam('image.md5');
  }

  function upload(call: ApiCall): Reply {
    if (!chatOf(call.query.key)) return refuse(93000, 'invalid webhook url');
    const part = readPart(call);
    if (!part || part.bytes.length <= 5) return refuse(41005, 'missing media data');
    const type = call.query.type ?? '';
    const media_id = media.store(type, part.filename, part.bytes);
    return ok({ type, media_id, created_at: String(Math.floor(clock.now() / 1000)) });
  }

  return {
    routes: [
      { method: 'POST', path: '/cgi-bin/webhook/send', tokens: 'none', answer: send },
      { method: 'POST', path: '/cgi-bin/webhook/upload_media', tokens: 'none', answer: upload },
    ],
    addWebhook(ref) {
      const chat = world.chat(ref);
      if (chat.kind !== 'internal_group') throw new Error('only internal groups have a message push');
      chat.webhookKey = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
      return { key: chat.webhookKey, path: `/cgi-bin/webhook/send?key=${chat.webhookKey}` };
    },
    removeWebhook(ref) {
      world.chat(ref).webhookKey = null;
    },
  };
}
