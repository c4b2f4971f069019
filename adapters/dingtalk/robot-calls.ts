/** Messages of the robot: at a session webhook where one is alive, by API otherwise. */
import { type Address, DeliveryError } from '../../src/channel/delivery.ts';
import { ApiFailure } from './api-failure.ts';
import type { Call } from './card-calls.ts';
import type { DingtalkClient } from './client.ts';
import { isSameByApi } from './error-rules.ts';
import type { MarkdownMessage } from './fallback.ts';
import { field, type JsonRecord, textField } from './json.ts';
import type { Sessions } from './sessions.ts';
import type { DingtalkSettings } from './settings.ts';
import { clipBytes } from './text.ts';

export interface RobotCalls {
  /** Plain words. Resolves with the platform's id of the message, null where it gives none. Rejects with ApiFailure or DeliveryError. */
  text(to: Address, text: string): Promise<string | null>;
  markdown(to: Address, message: MarkdownMessage): Promise<string | null>;
  /** An image by its media_id: a session webhook takes none. */
  image(to: Address, mediaId: string): Promise<string | null>;
  /** True while a session webhook is alive there: sending costs no API call. */
  hasSession(to: Address): boolean;
}

interface Content {
  /** Null for what a session webhook does not take. */
  readonly webhook: JsonRecord | null;
  readonly msgKey: string;
  readonly msgParam: JsonRecord;
}

/** `msgParam` takes 15,000 bytes of JSON, in which a line break counts twice (dingtalk.md §3.3). */
const maxBytes = 12_000;
const deadSession = '300001';

export function createRobotCalls(
  { robotCode }: DingtalkSettings,
  sessions: Sessions,
  client: Pick<DingtalkClient, 'answer'>,
  call: Call,
): RobotCalls {
  const sessionOf = ({ kind, id }: Address): string | null =>
    kind === 'person' ? sessions.forPerson(id) : sessions.forChat(id);

  async function send(to: Address, content: Content): Promise<string | null> {
    const webhook = sessionOf(to);
    if (webhook !== null && content.webhook !== null && (await answered(webhook, content.webhook))) return null;
    const message = { robotCode, msgKey: content.msgKey, msgParam: JSON.stringify(content.msgParam) };
    if (to.kind === 'chat') {
      const reply = await call('POST', '/v1.0/robot/groupMessages/send', { ...message, openConversationId: to.id });
      return textField(reply, 'processQueryKey');
    }
    const reply = await call('POST', '/v1.0/robot/oToMessages/batchSend', { ...message, userIds: [to.id] });
    checkReached(reply);
    return textField(reply, 'processQueryKey');
  }

  /** False when the platform said no, so that the API may do it. What got no answer may have arrived: that is for a retry. */
  async function answered(webhook: string, body: JsonRecord): Promise<boolean> {
    try {
      await client.answer(webhook, body);
      return true;
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.kind !== 'refused' || error.code === null) throw error;
      if (isSameByApi(error.code)) throw error;
      if (error.is(deadSession)) sessions.drop(webhook);
      return false;
    }
  }

  return {
    hasSession: (to) => sessionOf(to) !== null,
    text(to, text) {
      const content = fitting(text);
      return send(to, {
        webhook: { msgtype: 'text', text: { content } },
        msgKey: 'sampleText',
        msgParam: { content },
      });
    },
    image: (to, mediaId) => send(to, { webhook: null, msgKey: 'sampleImageMsg', msgParam: { photoURL: mediaId } }),
    markdown(to, { title, text }) {
      const words = { title, text: fitting(text) };
      return send(to, {
        webhook: { msgtype: 'markdown', markdown: words },
        msgKey: 'sampleMarkdown',
        msgParam: words,
      });
    },
  };
}

/** 200 although nobody got it: only these lists tell. */
function checkReached(reply: JsonRecord): void {
  if (filled(reply, 'invalidStaffIdList')) {
    throw new DeliveryError(
      'permanent',
      'invalid_staff',
      '这位同事不在企业里或不在应用的可使用范围内：请在「版本管理与发布」里检查可使用范围。',
    );
  }
  if (filled(reply, 'flowControlledStaffIdList')) {
    throw new DeliveryError('throttled', 'flow_controlled', '发给这位同事的消息太密，钉钉没有送到，稍后再发。', 5_000);
  }
}

function filled(reply: JsonRecord, name: string): boolean {
  const list = field(reply, name);
  return Array.isArray(list) && list.length > 0;
}

/** Cut so that it fits as JSON, too. */
function fitting(text: string): string {
  let [words, room] = [clipBytes(text, maxBytes), maxBytes];
  while (Buffer.byteLength(JSON.stringify(words)) > maxBytes) {
    room -= 500;
    words = clipBytes(text, room);
  }
  return words || ' ';
}
