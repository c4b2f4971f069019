/** DingTalk's pushes over HTTP and its stream's frames, taps that come as words, and everything stored of them. */
import fc from 'fast-check';
import { buttonId, readButtonId } from '../../../adapters/dingtalk/button-ids.ts';
import { createCarriedSessions } from '../../../adapters/dingtalk/carried-session.ts';
import { decrypt, encrypt, readKey } from '../../../adapters/dingtalk/decrypt.ts';
import { createIntake, type Intake } from '../../../adapters/dingtalk/intake.ts';
import { normalise } from '../../../adapters/dingtalk/normalise.ts';
import { createReceiver } from '../../../adapters/dingtalk/receive.ts';
import { eventSignature, robotSign } from '../../../adapters/dingtalk/signature.ts';
import { cardTopic, createDispatch, robotTopic } from '../../../adapters/dingtalk/stream/dispatch.ts';
import { readFrame, writeAck } from '../../../adapters/dingtalk/stream/frames.ts';
import { createTaps } from '../../../adapters/dingtalk/taps.ts';
import { readTypedTap, typedTap } from '../../../adapters/dingtalk/typed-taps.ts';
import { createVerifier } from '../../../adapters/dingtalk/verify.ts';
import type { RawRequest } from '../../../src/channel/channel.ts';
import { ownMeans } from '../../support/own-means.ts';
import { type RecordingInbound, recordingInbound } from '../../unit/dingtalk/inbound/doubles.ts';
import { clientId, clientSecret, corpId, keys } from '../../unit/dingtalk/inbound/sealing.ts';
import { begun, hostileText } from '../hostile.ts';
import { anyBytes, bentBytes, bentJson, bentText } from '../mutate.ts';
import { must, target } from '../target.ts';
import { isAnswer, readsBack } from './channel-rules.ts';

const NOW = 1_708_327_204_136;
const quiet = { info: () => undefined, warn: () => undefined };
const key = readKey(keys.aesKey);

const message = {
  ...{ conversationId: 'cid6EU==', chatbotCorpId: corpId, msgId: 'msgrK2U+riw==', senderNick: '小钉', isAdmin: true },
  ...{ senderStaffId: '0147', sessionWebhookExpiredTime: 1_708_332_604_316, createAt: NOW, senderCorpId: corpId },
  ...{ conversationType: '2', senderId: '$:LWCP_v1:$sender', conversationTitle: '测试群', robotCode: 'ding' },
  sessionWebhook: 'https://oapi.dingtalk.com/robot/sendBySession?session=66d7',
  text: { content: ' 客户要报价', repliedMsg: { msgId: 'm0' } },
  msgtype: 'text',
};
const lines = [
  { senderName: '王总', content: '先报价', createAt: NOW },
  { nick: '李', text: { content: '好' } },
];
const typed = fc.oneof(hostileText, begun('【聊单', '[聊单：', '【聊单 abcdefgh', '【'));
const robot = fc.oneof(
  bentJson(
    message,
    {
      ...message,
      msgtype: 'richText',
      content: { richText: [{ text: '首款' }, { downloadCode: 'x' }, { text: '\n到了' }] },
    },
    { ...message, msgtype: 'audio', conversationType: '1', content: { recognition: '样品寄了' } },
    { ...message, msgtype: 'chatRecord', content: { chatRecord: JSON.stringify(lines), summary: 'x' } },
    { ...message, msgtype: 'chatRecord', content: { lines } },
  ),
  typed.map((content) => JSON.stringify({ ...message, text: { content } })),
);
const tap = bentJson({
  ...{ corpId, userId: '0147', outTrackId: 'card1', spaceId: 'cid6', userIdType: 1 },
  content: JSON.stringify({ cardPrivateData: { actionIds: ['key-advance.stage.quoted'], params: { id: 'k' } } }),
});
const event = bentJson(
  { EventType: 'user_leave_org', EventId: 'e1', CorpId: corpId, UserId: ['0147', '0148'], TimeStamp: String(NOW) },
  { EventType: 'chat_update_title', CorpId: corpId, OpenConversationId: 'cid6', Title: '恒锐项目群' },
  { EventType: 'check_url' },
);

function events(bytes: Buffer): RawRequest {
  const sealed = encrypt(bytes.toString('utf8'), clientId, Buffer.alloc(16, 7), key);
  const [timestamp, nonce] = [String(NOW), 'n'];
  const query = { msg_signature: eventSignature(keys.token, timestamp, nonce, sealed), timestamp, nonce };
  return { method: 'POST', headers: {}, query, body: Buffer.from(JSON.stringify({ encrypt: sealed })) };
}

function robots(body: Buffer): RawRequest {
  const timestamp = String(NOW);
  return { method: 'POST', headers: { timestamp, sign: robotSign(clientSecret, timestamp) }, query: {}, body };
}

const bytesOf = (text: string) => Buffer.from(text);
const request = fc.oneof(
  { weight: 4, arbitrary: robot.map((text) => robots(bytesOf(text))) },
  { weight: 3, arbitrary: event.map((text) => events(bytesOf(text))) },
  { weight: 1, arbitrary: bentBytes(robot.map(bytesOf)).map(robots) },
  { weight: 1, arbitrary: bentBytes(event.map(bytesOf)).map(events) },
  {
    weight: 1,
    arbitrary: bentBytes(event.map((text) => events(bytesOf(text)).body)).map((body) => ({ ...events(body), body })),
  },
);

/** The adapter's own parts, with a core that remembers. */
function open(): { readonly inbound: RecordingInbound; readonly intake: Intake } {
  const inbound = recordingInbound();
  const nothing = () => undefined;
  const writers = { tap: () => ({ done: nothing }), settled: async () => true };
  const taps = createTaps({
    ...{ corpId, inbound, now: () => NOW, log: quiet, writers, linkOf: (() => null) as never },
    deliver: async () => undefined,
  });
  const carried = createCarriedSessions(ownMeans(() => NOW).tokens.box(clientSecret));
  const problems = { foreign: nothing, exhausted: nothing, heard: nothing, current: () => null };
  const intake = createIntake({
    ...{ corpId, inbound, sessions: { note: nothing }, carried, taps, problems: problems as never },
    ...{ nameless: { heard: nothing } as never, usage: { add: nothing }, now: () => NOW, log: quiet },
  });
  return { inbound, intake };
}

function settle(inbound: RecordingInbound): void {
  for (const { values, actionKey } of inbound.taps)
    must(actionKey.length <= 64 && Object.values(values).every((it) => typeof it === 'string'), 'a bad tap');
  readsBack(inbound.stored, normalise);
}

export const dingtalkCallback = target({
  name: 'dingtalk callback',
  share: 9,
  inputs: request,
  open() {
    const verify = createVerifier({ clientId, clientSecret, corpId, ...keys }, () => NOW);
    return {
      async try(input) {
        const { inbound, intake } = open();
        isAnswer(await createReceiver(verify, intake, () => NOW, quiet)(input));
        settle(inbound);
      },
    };
  },
});

const headers = { appId: 'a', messageId: '212b9d7c_165f', time: '1769851697756', contentType: 'application/json' };
const framed = (type: string, topic: string, data: string, more = {}) => ({
  specVersion: '1.0',
  type,
  headers: { ...headers, topic, ...more },
  data,
});
const frame = fc.oneof(
  fc
    .oneof(robot, tap)
    .chain((data) => bentJson(framed('CALLBACK', robotTopic, data), framed('CALLBACK', cardTopic, data))),
  event.chain((data) =>
    bentJson(framed('EVENT', '*', data, { eventType: 'user_leave_org', eventCorpId: corpId, eventBornTime: NOW })),
  ),
  bentJson(framed('SYSTEM', 'ping', '{"opaque":"x"}')),
  hostileText,
);

export const dingtalkStream = target({
  name: 'dingtalk stream',
  share: 9,
  inputs: bentText(frame, 1),
  open: () => ({
    async try(raw) {
      const read = readFrame(raw);
      if (read === null) return;
      const { inbound, intake } = open();
      const ack = await createDispatch(intake, () => NOW, quiet)(read);
      must(ack === null || ack.code !== 500, 'a frame that would come again for ever');
      must(
        JSON.stringify(ack?.data ?? {}) !== '{"status":"LATER"}' || ack?.code === 400,
        'an event that would come again for ever',
      );
      if (ack) JSON.parse(writeAck(read.messageId, ack));
      settle(inbound);
    },
  }),
});

export const dingtalkTaps = target({
  name: 'dingtalk typed taps',
  share: 7,
  inputs: fc.tuple(
    typed,
    fc.tuple(hostileText, hostileText, hostileText),
    fc.tuple(fc.string(), fc.string({ maxLength: 20 })),
  ),
  open: () => ({
    try([text, [before, between, after], [name, value]]) {
      readTypedTap(text);
      readTypedTap(`${before}【聊单 ${between}】${after}`);
      readButtonId(text);
      const id = buttonId('a2V5LWFkdmFuY2Utd2l0aA', { name: name || 'n', value });
      const meaning = {
        actionKey: 'a2V5LWFkdmFuY2Utd2l0aA',
        values: { [(name || 'n').toWellFormed()]: value.toWellFormed() },
      };
      const says = (read: unknown) =>
        must(JSON.stringify(read) === JSON.stringify(meaning), `${id} is read as ${JSON.stringify(read)}`);
      says(readButtonId(id));
      says(readTypedTap(typedTap({ label: before.slice(0, 40).replaceAll('聊单', ''), id })));
    },
  }),
});

export const dingtalkSeal = target({
  name: 'dingtalk seal',
  share: 3,
  inputs: fc.tuple(hostileText, bentBytes(anyBytes)),
  open: () => ({
    try([text, bytes]) {
      const opened = decrypt(encrypt(text, clientId, Buffer.alloc(16, 7), key), key);
      must(opened.ok && opened.message === text.toWellFormed() && opened.owner === clientId, 'a seal does not open');
      decrypt(bytes.toString('base64'), key);
      decrypt(bytes.toString('latin1'), key);
    },
  }),
});
