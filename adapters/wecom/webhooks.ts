/** Words into internal groups by their 消息推送 (formerly 群机器人): an address with a key per group, no token. */
import { createHash } from 'node:crypto';
import type { Agent } from 'node:http';
import type { ChannelLog } from '../../src/channel/channel.ts';
import { DeliveryError } from '../../src/channel/delivery.ts';
import type { PageLink } from '../../src/channel/page-link.ts';
import { ApiFailure } from './api-failure.ts';
import { requestJson } from './http.ts';
import type { JsonRecord } from './json.ts';
import { createLimiter } from './limiter.ts';
import type { GroupWebhook } from './setting-parts.ts';
import { withLinks } from './text.ts';

export interface Webhooks {
  /** Into the group that the settings call so. Rejects with ApiFailure or DeliveryError; neither names the key. */
  text(name: string, text: string, links?: readonly PageLink[]): Promise<void>;
  /** A notice: nothing on it can be tapped, and nothing comes back. */
  card(name: string, card: JsonRecord): Promise<void>;
  /** At most 2 MB; without an upload. */
  image(name: string, png: Buffer): Promise<void>;
}

export interface WebhookParts {
  readonly apiBase: string;
  readonly agent: Agent;
  readonly now: () => number;
  readonly log: ChannelLog;
}

const maxTextBytes = 2048;
/** 20 a minute; a little wider, because what leaves evenly may arrive bunched. */
const windows = [{ count: 20, spanMs: 61_000 }] as const;

/**
 * There is no duplicate check here: words whose answer was lost on the way may come twice.
 * https://developer.work.weixin.qq.com/document/path/99110
 */
export function createWebhooks(groups: readonly GroupWebhook[], parts: WebhookParts): Webhooks {
  const keys = new Map(groups.map(({ name, key }) => [name, key]));
  const limiter = createLimiter(parts.now, windows);

  async function send(name: string, message: JsonRecord): Promise<void> {
    const key = keys.get(name);
    if (key === undefined) {
      throw new DeliveryError(
        'permanent',
        'unknown_webhook',
        '设置里没有这个名字的群机器人：请在 WECOM_GROUP_WEBHOOKS 里加上，改好后重启。',
      );
    }
    const waitMs = limiter.book(key);
    if (waitMs > 0) {
      throw new DeliveryError('throttled', 'local_limit', '发到这个群的消息已到每分钟 20 条的上限，稍后再发。', waitMs);
    }
    const url = new URL(`${parts.apiBase}/cgi-bin/webhook/send`);
    url.searchParams.set('key', key);
    try {
      const failure = ApiFailure.of(await requestJson(parts.agent, url, message));
      if (failure !== null) throw failure;
    } catch (error) {
      const { kind, code } = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
      parts.log.warn({ path: 'webhook/send', kind, code }, 'wecom api call failed');
      throw error;
    }
  }

  return {
    text: (name, text, links = []) =>
      send(name, { msgtype: 'text', text: { content: withLinks(text, links, maxTextBytes, 'bare') } }),
    card: (name, card) => send(name, { msgtype: 'template_card', template_card: card }),
    image: (name, png) =>
      send(name, {
        msgtype: 'image',
        image: { base64: png.toString('base64'), md5: createHash('md5').update(png).digest('hex') },
      }),
  };
}
