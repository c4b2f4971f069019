/** The calls that put something in front of a person: messages of the app, card updates, group messages, greetings. */
import { type Address, DeliveryError } from '../../src/channel/delivery.ts';
import type { PageLink } from '../../src/channel/page-link.ts';
import { plainMarkdown } from './bot/markdown.ts';
import type { WecomClient } from './client.ts';
import { type JsonRecord, textField, textsField } from './json.ts';
import type { Limiter } from './limiter.ts';
import { clipBytes, withLinks } from './text.ts';

export interface Sender {
  /** Resolves with the platform's id of the message. All reject with ApiFailure or DeliveryError. */
  text(userId: string, text: string, links?: readonly PageLink[]): Promise<string>;
  /** Resolves with the code that one update of this card must show; null when the platform gave none. */
  card(userId: string, card: JsonRecord): Promise<string | null>;
  update(userId: string, responseCode: string, card: JsonRecord): Promise<void>;
  /** Into a group that the app made. */
  groupText(chatId: string, text: string, links?: readonly PageLink[]): Promise<void>;
  /** The same as markdown, where links have words of their own. */
  groupMarkdown(chatId: string, text: string, links: readonly PageLink[]): Promise<void>;
  /** To a colleague, or into a group that the app made. */
  image(to: Address, png: Buffer): Promise<void>;
  welcome(code: string, text: string): Promise<void>;
}

const maxTextBytes = 2048;
const maxWelcomeBytes = 4000;
/** A card is told apart by its task id: the longest usual interval. */
const cardIntervalSeconds = 1800;
/**
 * The check compares contents, and the same words may be meant twice (two customers' words handed over, two answers
 * alike): long enough for the retry after a lost answer, too short to swallow a second answer in silence.
 */
const textIntervalSeconds = 60;

export function createSender(client: WecomClient, agentId: number, limiter: Limiter): Sender {
  async function send(userId: string, content: JsonRecord, intervalSeconds: number): Promise<JsonRecord> {
    const waitMs = limiter.book(userId);
    if (waitMs > 0) {
      throw new DeliveryError(
        'throttled',
        'local_limit',
        '发给这位同事的消息已到企业微信的频率上限，稍后再发。',
        waitMs,
      );
    }
    const reply = await client.post('message/send', {
      touser: userId,
      agentid: agentId,
      ...content,
      enable_duplicate_check: 1,
      duplicate_check_interval: intervalSeconds,
    });
    if (textField(reply, 'unlicenseduser') !== null) {
      throw new DeliveryError('permanent', '701008', '这位同事没有接口许可，应用不能给他发消息。');
    }
    if (textField(reply, 'invaliduser') !== null) {
      throw new DeliveryError(
        'permanent',
        '81013',
        '这位同事不在应用的可见范围内，或已离职：请在应用页的「可见范围」里加上。',
      );
    }
    return reply;
  }

  return {
    async text(userId, text, links = []) {
      const content = withLinks(text, links, maxTextBytes, 'anchor');
      const reply = await send(userId, { msgtype: 'text', text: { content } }, textIntervalSeconds);
      return textField(reply, 'msgid') ?? '';
    },
    async card(userId, card) {
      const reply = await send(userId, { msgtype: 'template_card', template_card: card }, cardIntervalSeconds);
      return textField(reply, 'response_code');
    },
    async update(userId, responseCode, card) {
      const reply = await client.post('message/update_template_card', {
        userids: [userId],
        agentid: agentId,
        response_code: responseCode,
        template_card: card,
      });
      // A list here, a text in the answer to a sending. The code is spent, and nobody has seen anything.
      if (textsField(reply, 'invaliduser').length > 0) {
        throw new DeliveryError('permanent', 'update_window_closed', '没有收到这张卡片的人，不能更新。');
      }
    },
    async groupText(chatId, text, links = []) {
      const content = withLinks(text, links, maxTextBytes, 'bare');
      await client.post('appchat/send', { chatid: chatId, msgtype: 'text', text: { content }, safe: 0 });
    },
    async groupMarkdown(chatId, text, links) {
      const content = plainMarkdown(text, links, maxTextBytes);
      await client.post('appchat/send', { chatid: chatId, msgtype: 'markdown', markdown: { content }, safe: 0 });
    },
    async image(to, png) {
      const image = { media_id: await client.uploadImage('chart.png', png) };
      if (to.kind === 'chat') await client.post('appchat/send', { chatid: to.id, msgtype: 'image', image, safe: 0 });
      else await send(to.id, { msgtype: 'image', image }, cardIntervalSeconds);
    },
    async welcome(code, text) {
      await client.post('externalcontact/send_welcome_msg', {
        welcome_code: code,
        text: { content: clipBytes(text, maxWelcomeBytes) },
      });
    },
  };
}
