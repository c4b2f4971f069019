/** What WeCom is asked for or says on its bot's socket: bot messages and taps, service rows, archive records. */

import { constants, createPrivateKey, createPublicKey, publicEncrypt } from 'node:crypto';
import fc from 'fast-check';
import { ArchiveRefusal } from '../../../adapters/wecom/archive/failures.ts';
import { createKeyRing, decryptPkcs1 } from '../../../adapters/wecom/archive/keys.ts';
import { normaliseArchive } from '../../../adapters/wecom/archive/normalise.ts';
import { createRecords } from '../../../adapters/wecom/archive/records.ts';
import { siftMessages } from '../../../adapters/wecom/archive/sift.ts';
import { createBotIntake } from '../../../adapters/wecom/bot/intake.ts';
import { normaliseBot } from '../../../adapters/wecom/bot/normalise.ts';
import { readLateAcks } from '../../../adapters/wecom/bot/outcome.ts';
import { usualPace } from '../../../adapters/wecom/bot/pace.ts';
import { readBotTap } from '../../../adapters/wecom/bot/taps.ts';
import { readFollowed } from '../../../adapters/wecom/contact-facts.ts';
import { isRecord, type JsonRecord } from '../../../adapters/wecom/json.ts';
import { normaliseService } from '../../../adapters/wecom/kf/normalise.ts';
import { createPageReader } from '../../../adapters/wecom/kf/page.ts';
import type { InboundEvent } from '../../../src/channel/channel.ts';
import { vectorKey } from '../../unit/wecom/archive-vector.ts';
import { recordingInbound } from '../../unit/wecom/doubles.ts';
import { happened, said } from '../../unit/wecom/kf-rows.ts';
import { corpId } from '../../unit/wecom/sealing.ts';
import { begun, hostileText } from '../hostile.ts';
import { anyBytes, bentBytes, bentJson, bentText } from '../mutate.ts';
import { must, orRefusal, target } from '../target.ts';
import { readsBack } from './channel-rules.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const customer = `wm${'A1b2C3d4E5'.repeat(3)}`;

/** What JSON holds, and nothing else ever reaches these readers: their callers have parsed it. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const recordItems = [
  { type: 'ChatRecordText', content: '{"content":"报个价"}', msgtime: 1_700_000_000, from_chatroom: false },
  { type: 'ChatRecordMixed', content: '{"item":[{"type":"text","content":"{\\"content\\":\\"首款\\"}"}]}', msgtime: 1 },
  { msgtype: 'text', sender_name: '王总', msg_content: '{"text":{"content":"谢谢"}}', send_time: 1_700_000_001 },
];

const botBase = {
  ...{ msgid: 'm1', aibotid: 'b', chattype: 'group', chatid: 'wr1', create_time: 1_700_000_000 },
  from: { userid: 'zhangsan', corpid: corpId },
};
const botFrame = bentJson(
  { ...botBase, msgtype: 'text', text: { content: '@聊单 恒锐要报价' } },
  {
    ...botBase,
    chattype: 'single',
    msgtype: 'mixed',
    mixed: { msg_item: [{ msgtype: 'text', text: { content: '好' } }] },
  },
  { ...botBase, msgtype: 'voice', voice: { content: '样品寄了' } },
  { ...botBase, msgtype: 'chatrecord', chatrecord: { title: 'x', item: recordItems } },
  {
    ...{ ...botBase, msgtype: 'event' },
    event: {
      eventtype: 'template_card_event',
      template_card_event: {
        ...{ event_key: 'key-advance', task_id: 'liaodan-k1', card_type: 'button_interaction' },
        selected_items: { selected_item: [{ question_key: 'stage', option_ids: { option_id: ['quoted'] } }] },
      },
    },
  },
);

export const wecomBot = target({
  name: 'wecom bot',
  share: 8,
  inputs: fc.tuple(botFrame, bentText(fc.constantFrom('{"headers":{"req_id":"r1"},"errcode":40058}'))),
  open: () => ({
    async try([json, ack]) {
      const body = parsed(json);
      if (isRecord(body)) {
        const inbound = recordingInbound();
        const nothing = () => undefined;
        const people = { plainId: async (id: string) => id, problem: () => null };
        const intake = createBotIntake({
          ...{ inbound, people, now: () => 1_700_000_000_000, log: quiet, stored: nothing, lost: nothing },
          pace: { ...usualPace, storeAgainAfterMs: [] },
        });
        intake.message('r1', body);
        await intake.stop();
        readsBack(inbound.stored, (payload) => normaliseBot(parsed(payload) as JsonRecord, corpId));
        const tap = readBotTap(body, corpId);
        must(tap === null || Object.values(tap.values).every((it) => typeof it === 'string'), 'a bad tap');
      }
      // The SDK hands over what it has parsed, written again.
      const frame = parsed(ack);
      if (isRecord(frame)) readLateAcks(new Map(), 'Received unknown frame (ignored):', [JSON.stringify(frame)]);
    },
  }),
});

const page = bentJson({
  errcode: 0,
  msg_list: [
    said('a'),
    said('b', { origin: 5, servicer_userid: 'li' }),
    said('c', { msgtype: 'merged_msg', merged_msg: { title: '聊天记录', item: recordItems } }),
    said('d', { msgtype: 'location', location: { name: '厂区', address: '北路 1 号' } }),
    happened('e', 'user_recall_msg', { recall_msgid: 'a' }),
    happened('f', 'session_status_change', { change_type: 3 }),
    happened('g', 'servicer_status_change', { status: 1 }),
  ],
});

export const wecomService = target({
  name: 'wecom service rows',
  share: 7,
  inputs: page,
  open: () => ({
    async try(json) {
      const reply = parsed(json);
      if (!isRecord(reply)) return;
      const sessions = {
        isWaiting: async () => true,
        held() {},
        ended() {},
        doubt() {},
        pooled: () => ['wmP'],
        assign: async () => null,
      };
      const events: InboundEvent[] = [...(await createPageReader('wkA', sessions).read(reply, 1_600_000_000_000))];
      readsBack(events, (payload) => normaliseService(parsed(payload) as JsonRecord, corpId));
    },
  }),
});

const head = {
  msgid: 'CAQQ1',
  action: 'send',
  from: customer,
  tolist: ['zhangsan'],
  roomid: '',
  msgtime: 1_700_000_000_123,
};
const record = fc.oneof(
  bentJson(
    { ...head, msgtype: 'text', text: { content: '这是一条引用/回复消息：\n“王总：\n先不用报价”\n------\n好的' } },
    {
      ...head,
      msgtype: 'text',
      roomid: 'wr1',
      text: { content: '「王总：先别寄样品」\n- - - - - - - - - - - - - - -\n样品寄了' },
    },
    { ...head, msgtype: 'mixed', mixed: { item: [{ type: 'text', content: '{"content":"首款"}' }] } },
    { ...head, msgtype: 'chatrecord', chatrecord: { title: 'x', item: recordItems } },
    { ...head, action: 'recall', msgtype: 'revoke', revoke: { pre_msgid: 'CAQQ0' } },
    { ...head, msgtype: 'agree', agree: { userid: customer, agree_time: 1 } },
  ),
  fc
    .oneof(hostileText, begun('「', '「a」\n', '「a」\n- - - - - - ', '这是一条引用/回复消息：\n“', '@聊单 '))
    .map((content) => JSON.stringify({ ...head, msgtype: 'text', text: { content } })),
);
const sealed = { seq: 1, msgid: 'CAQQ1', publickey_ver: 1, encrypt_random_key: 'a2V5', encrypt_chat_msg: 'message' };
const chatData = bentText(
  fc.oneof(
    bentJson({ errcode: 0, errmsg: 'ok', chatdata: [sealed, { ...sealed, seq: 9 }] }),
    fc.constant('{"errcode":0,"chatdata":[{"seq":18446744073709551615,"publickey_ver":1}]}'),
  ),
  1,
);

export const wecomArchive = target({
  name: 'wecom archive',
  share: 9,
  inputs: fc.tuple(chatData, record),
  open: () => ({
    async try([reply, message]) {
      const library = {
        pull: async () => ({ code: 0, text: reply }),
        decrypt: async () => ({ code: 0, text: message }),
        close: async () => undefined,
      };
      const keys = { open: () => ({ ok: true, key: 'k' }) as const, newest: () => 1 };
      const records = createRecords(library as never, keys, quiet);
      const pulled = await records.pull('0', 100).catch((error: unknown) => {
        if (!(error instanceof ArchiveRefusal)) throw error;
        return null;
      });
      must(pulled === null || /^\d+$/.test(pulled.seq), `seq ${pulled?.seq.slice(0, 50)}`);
      const consent = { ask: async () => {}, agreed: async () => true, learn: () => {} };
      const { events } = await siftMessages(pulled?.messages ?? [], consent);
      readsBack([...events], (payload) => normaliseArchive(parsed(payload) as JsonRecord, corpId));
    },
  }),
});

export const wecomKeys = target({
  name: 'wecom archive keys',
  share: 1,
  inputs: bentBytes(anyBytes),
  open() {
    const key = createPrivateKey(vectorKey);
    const publicKey = createPublicKey(key);
    const ring = createKeyRing('/nowhere');
    return {
      try(bytes) {
        decryptPkcs1(key, bytes);
        const short = bytes.subarray(0, 100);
        const shut = publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, short);
        must(decryptPkcs1(key, shut)?.equals(short) === true, 'a key does not open');
        must(!ring.open(bytes.length, bytes.toString('latin1')).ok, 'a key from nowhere');
      },
    };
  },
});

export const wecomContacts = target({
  name: 'wecom contacts',
  share: 3,
  inputs: bentJson({
    external_contact: {
      external_userid: customer,
      name: '李总',
      corp_name: '恒锐',
      corp_full_name: '宁波恒锐',
      type: 1,
    },
    follow_info: { userid: 'zhangsan', remark: '李总', createtime: 1_700_000_000, remark_mobiles: ['13800138000'] },
  }),
  open: () => ({
    try(json) {
      const reply = parsed(json);
      if (!isRecord(reply)) return;
      const { external_contact: person, follow_info: followed } = reply;
      if (isRecord(person) && isRecord(followed)) orRefusal(() => readFollowed(person, followed, ['重要']));
    },
  }),
});
