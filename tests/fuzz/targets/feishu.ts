/** Feishu's callbacks behind their signature and seal: messages, memberships, hand-overs and taps. */
import fc from 'fast-check';
import { decrypt, deriveKey } from '../../../adapters/feishu/decrypt.ts';
import { createIntake } from '../../../adapters/feishu/intake.ts';
import { toLine } from '../../../adapters/feishu/messages.ts';
import { normalise } from '../../../adapters/feishu/normalise.ts';
import { createReceiver } from '../../../adapters/feishu/receive.ts';
import { createTapAnswerer } from '../../../adapters/feishu/taps.ts';
import { createVerifier } from '../../../adapters/feishu/verify.ts';
import { readMessage } from '../../../adapters/feishu/wire.ts';
import { createWriters } from '../../../adapters/feishu/writers.ts';
import { encrypt } from '../../../sandbox/feishu/sealing.ts';
import { recordingInbound } from '../../unit/feishu/doubles.ts';
import {
  appId,
  keys,
  messageEnvelope,
  nowMs,
  ourTenant,
  seal,
  sealedRequest,
  signedRequest,
} from '../../unit/feishu/sealing.ts';
import { hostileText } from '../hostile.ts';
import { anyBytes, bentBytes, bentJson, bentText } from '../mutate.ts';
import { must, orRefusal, target } from '../target.ts';
import { isAnswer, readsBack } from './channel-rules.ts';

const quiet = { info: () => undefined, warn: () => undefined };
const ownId = 'ou_bot';
const mention = {
  key: '@_user_1',
  id: { open_id: ownId, union_id: 'on_1', user_id: '' },
  name: '聊单',
  tenant_key: ourTenant,
};
const post = {
  title: '规格',
  content: [
    [
      { tag: 'text', text: '帮我报价' },
      { tag: 'a', href: 'https://a.b', text: '图纸' },
    ],
    [
      { tag: 'at', user_id: '@_user_1', user_name: '聊单' },
      { tag: 'md', text: '**5000 套**' },
    ],
  ],
};
const { header } = messageEnvelope();
const joined = {
  schema: '2.0',
  header: { ...header, event_type: 'im.chat.member.bot.added_v1' },
  event: {
    ...{ chat_id: 'oc_1', external: true, name: '恒锐项目群', operator_tenant_key: ourTenant },
    ...{ operator_id: { open_id: 'ou_1' }, i18n_names: { zh_cn: '恒锐', en_us: '', ja_jp: '' } },
  },
};
const tapped = {
  schema: '2.0',
  header: { ...header, event_type: 'card.action.trigger', create_time: '1609073151345000' },
  event: {
    operator: { open_id: 'ou_1', tenant_key: ourTenant },
    action: { value: { key: 'key-advance' }, tag: 'button', form_value: { stage: ['quoted', 'b'], note: '好', n: 1 } },
    context: { open_message_id: 'om_1', open_chat_id: 'oc_1' },
  },
};
const envelope = fc.oneof(
  bentJson(
    messageEnvelope({ mentions: [mention] }),
    messageEnvelope({ type: 'post', content: post, mentions: [mention] }),
    messageEnvelope({ type: 'post', content: { zh_cn: post } }),
    messageEnvelope({ type: 'merge_forward', chatType: 'p2p', content: 'Merged and Forwarded Message' }),
    joined,
    tapped,
    { type: 'url_verification', token: keys.verificationToken, challenge: 'c' },
  ),
  hostileText.map((text) => JSON.stringify(messageEnvelope({ text }))),
  bentJson(post).map((content) => JSON.stringify(messageEnvelope({ type: 'post', message: { content } }))),
);
const child = {
  ...{ message_id: 'om_2', upper_message_id: 'om_1', msg_type: 'text', create_time: '1609073151345', chat_id: 'oc_1' },
  sender: { id: 'ou_2', id_type: 'open_id', sender_type: 'user', tenant_key: 'other' },
  body: { content: '{"text":"报个价 @_user_1"}' },
  mentions: [{ key: '@_user_1', id: 'ou_3', id_type: 'open_id', name: '张三' }],
};

const request = fc.oneof(
  { weight: 6, arbitrary: envelope.map((text) => sealedRequest(text)) },
  { weight: 1, arbitrary: bentText(envelope).map((text) => sealedRequest(text)) },
  { weight: 2, arbitrary: bentBytes(envelope.map((text) => Buffer.from(text))).map((bytes) => sealedRequest(bytes)) },
  {
    weight: 2,
    arbitrary: bentBytes(envelope.map((text) => Buffer.from(JSON.stringify({ encrypt: seal(text) })))).map((body) =>
      signedRequest(body),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(anyBytes, hostileText).map(([body, text]) => ({
      ...{ method: 'POST', query: {}, body },
      headers: {
        'x-lark-signature': text,
        'x-lark-request-timestamp': text,
        'x-lark-request-nonce': text,
        'content-type': text,
      },
    })),
  },
);

export const feishuCallback = target({
  name: 'feishu callback',
  share: 12,
  inputs: fc.tuple(request, bentJson([child])),
  open() {
    const verify = createVerifier(keys, () => nowMs);
    return {
      async try([input, children]) {
        const inbound = recordingInbound();
        inbound.answer = { notice: { tone: 'error', text: '没有权限' }, card: null };
        const parts = { inbound, writers: createWriters(() => nowMs), patchLater: () => undefined, publicUrl: null };
        const intake = createIntake({
          ...{ appId, verificationToken: keys.verificationToken, inbound },
          answerTap: createTapAnswerer({ ...parts, applink: 'https://applink.feishu.cn' }),
          readRecord: async (_id, payload) => `{"liaodan":"record","envelope":${payload},"lines":${linesOf(children)}}`,
        });
        isAnswer(await createReceiver(verify, intake, quiet)(input));
        for (const { values } of inbound.taps)
          must(
            Object.values(values).every((it) => typeof it === 'string'),
            'a bad tap',
          );
        readsBack(inbound.stored, (payload) => normalise(payload, ownId));
      },
    };
  },
});

/** As the adapter reads them back from the platform; what it refuses gives no lines. */
function linesOf(children: string): string {
  const items = orRefusal(() => readMessage.array().parse(JSON.parse(children))) ?? [];
  const lines = orRefusal(() => items.map((item) => toLine(item, new Map([['ou_2', '王总']]), ourTenant, ownId)));
  return JSON.stringify(lines ?? []);
}

export const feishuSeal = target({
  name: 'feishu seal',
  share: 4,
  inputs: fc.tuple(hostileText, bentBytes(anyBytes)),
  open: () => ({
    try([text, bytes]) {
      const key = deriveKey(keys.encryptKey);
      const opened = decrypt(encrypt(text, keys.encryptKey, Buffer.alloc(16, 7)), key);
      must(opened?.toString('utf8') === text.toWellFormed(), 'a seal does not open');
      decrypt(bytes.toString('base64'), key);
      decrypt(bytes.toString('latin1'), key);
    },
  }),
});
