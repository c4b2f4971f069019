/** Sends the bot's words and cards so that a missing answer neither loses nor doubles them. */
import { createHash, randomBytes } from 'node:crypto';
import type { ChannelLog } from '../../../src/channel/channel.ts';
import type { PageLink } from '../../../src/channel/page-link.ts';
import type { JsonRecord } from '../json.ts';
import type { Limiter } from '../limiter.ts';
import type { Target } from './chat.ts';
import {
  connectedElsewhere,
  isStale,
  noAnswer,
  notConnected,
  noUpload,
  refusal,
  tooMany,
  usedTaskId,
} from './errors.ts';
import { plainMarkdown } from './markdown.ts';
import type { Outcome } from './outcome.ts';
import type { Questions } from './questions.ts';
import type { BotSocket, Command } from './socket.ts';

export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly links: readonly PageLink[] }
  | { readonly kind: 'card'; readonly card: JsonRecord }
  | { readonly kind: 'image'; readonly png: Buffer };

type Said = Exclude<Content, { readonly kind: 'image' }>;

export interface SendParts {
  readonly socket: () => BotSocket | null;
  /** Another instance has the connection. */
  readonly elsewhere: () => boolean;
  readonly questions: Questions;
  readonly limiter: Limiter;
  readonly log: ChannelLog;
}

interface Frame {
  readonly cmd: Command;
  readonly reqId: string;
  readonly body: JsonRecord;
  /** Sent twice, it still shows once: an answering stream by its id, a card by its task_id. */
  readonly repeatable: boolean;
}

/** A stream id, or a part of a task_id, that is the same for every try of one order. */
export const stableId = (key: string): string => createHash('sha256').update(key).digest('base64url');

/**
 * Rejects with a DeliveryError. Where words of this conversation still wait for an answer, it goes out as theirs, else
 * as a message of the bot's own.
 *
 * The platform has no key against doubles for a message of its own, and in practice frames whose answer never came had
 * been carried out (sunnoy/openclaw-plugin-wecom#171). So when a later ping on the same connection is answered, the
 * frame has been read and counts as sent; what can be repeated without harm is repeated once first. When the
 * connection is dead the order fails and comes again.
 */
export function createSender(parts: SendParts): (target: Target, key: string, content: Content) => Promise<void> {
  const { questions, limiter, log } = parts;

  async function send(socket: BotSocket, frame: Frame): Promise<Outcome> {
    const first = await socket.command(frame.cmd, frame.reqId, frame.body);
    if (first.kind !== 'unanswered' || !first.alive || !frame.repeatable) return first;
    const second = await socket.command(frame.cmd, frame.reqId, frame.body);
    // The repetition is refused because the first one has arrived: a finished stream, a used task_id.
    return second.kind === 'refused' && !isStale(second.code) ? { kind: 'done' } : second;
  }

  return async (target, key, content) => {
    const socket = parts.socket();
    if (socket === null) throw parts.elsewhere() ? connectedElsewhere() : notConnected();
    const waitMs = limiter.book(target.chatId);
    if (waitMs > 0) throw tooMany(waitMs);
    if (content.kind === 'image') return settle(content, await sendImage(socket, target, content.png));
    const question = questions.take(target);
    let outcome = question === null ? null : await send(socket, answer(question, key, content));
    if (outcome === null || (outcome.kind === 'refused' && isStale(outcome.code))) {
      outcome = await send(socket, ownMessage(target, content));
    }
    settle(content, outcome);
  };

  /** An image answers nothing: what was asked is still to be answered by words. */
  async function sendImage(socket: BotSocket, target: Target, png: Buffer): Promise<Outcome> {
    const mediaId = await socket.uploadImage('chart.png', png);
    if (mediaId === null) throw noUpload();
    return send(socket, ownFrame(target, { msgtype: 'image', image: { media_id: mediaId } }, false));
  }

  function settle(content: Content, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'done':
        return;
      case 'unsent':
        throw notConnected();
      case 'unanswered':
        if (!outcome.alive) throw noAnswer();
        log.warn({ kind: content.kind }, 'wecom bot frame was read but not acknowledged');
        return;
      case 'refused':
        if (content.kind === 'card' && outcome.code === usedTaskId) return;
        throw refusal(outcome.code);
    }
  }
}

function answer(reqId: string, key: string, content: Said): Frame {
  const body =
    content.kind === 'card'
      ? { msgtype: 'template_card', template_card: content.card }
      : {
          msgtype: 'stream',
          stream: { id: stableId(key), finish: true, content: plainMarkdown(content.text, content.links) },
        };
  return { cmd: 'aibot_respond_msg', reqId, body, repeatable: true };
}

function ownMessage(target: Target, content: Said): Frame {
  const body =
    content.kind === 'card'
      ? { msgtype: 'template_card', template_card: content.card }
      : { msgtype: 'markdown', markdown: { content: plainMarkdown(content.text, content.links) } };
  return ownFrame(target, body, content.kind === 'card');
}

function ownFrame({ chatId, single }: Target, body: JsonRecord, repeatable: boolean): Frame {
  return {
    cmd: 'aibot_send_msg',
    reqId: `aibot_send_msg_${randomBytes(12).toString('hex')}`,
    body: { chatid: chatId, chat_type: single ? 1 : 2, ...body },
    repeatable,
  };
}
