/** WeCom's callbacks behind their signature and seal, and its XML. */
import fc from 'fast-check';
import { decrypt, readKey } from '../../../adapters/wecom/decrypt.ts';
import { createIntake } from '../../../adapters/wecom/intake.ts';
import { createNormalise } from '../../../adapters/wecom/normalise.ts';
import { createReceiver } from '../../../adapters/wecom/receive.ts';
import { scanXml, textOf } from '../../../adapters/wecom/scan.ts';
import type { Sender } from '../../../adapters/wecom/sender.ts';
import { createTaps } from '../../../adapters/wecom/taps.ts';
import { createVerifier } from '../../../adapters/wecom/verify.ts';
import { readXml } from '../../../adapters/wecom/xml.ts';
import { encrypt, pad, plaintext } from '../../../sandbox/wecom/sealing.ts';
import { recordingInbound } from '../../unit/wecom/doubles.ts';
import * as seal from '../../unit/wecom/sealing.ts';
import { hostileText, piece } from '../hostile.ts';
import { anyBytes, bentBytes, bentText } from '../mutate.ts';
import { must, orRefusal, target } from '../target.ts';
import { isAnswer, readsBack } from './channel-rules.ts';

const { agentId, corpId, keys, nowMs } = seal;
const quiet = { info: () => undefined, warn: () => undefined };

const tapWithChoice = {
  SelectedItems: { SelectedItem: [{ QuestionKey: 'stage', OptionIds: { OptionId: ['quoted', 'sampling'] } }] },
};
const sound = fc.oneof(
  hostileText.map((Content) => seal.messageXml({ Content })),
  fc.constantFrom(
    seal.messageXml({ MsgType: 'link', Title: '图纸', Description: '三张' }),
    seal.tapXml(tapWithChoice),
    seal.contactXml('add_external_contact', { WelcomeCode: 'w' }),
    seal.eventXml('change_external_chat', { ChangeType: 'update', UpdateDetail: 'change_name', ChatId: 'wr1' }),
    seal.eventXml('kf_msg_or_event', { Token: 't', OpenKfId: 'wkA' }),
    seal.eventXml('msgaudit_notify'),
  ),
);
const nested = fc
  .tuple(fc.constantFrom('a', 'Content', 'Item', 'SelectedItems'), fc.constantFrom(10, 300, 20_000))
  .map(([name, levels]) => `<xml>${`<${name}>`.repeat(levels)}x${`</${name}>`.repeat(levels)}</xml>`);
const xml = fc.oneof({ weight: 12, arbitrary: bentText(sound) }, { weight: 1, arbitrary: nested });

const request = fc.oneof(
  { weight: 6, arbitrary: xml.map((text) => seal.push(text)) },
  // Sealed and signed, and yet not what it should be inside.
  {
    weight: 2,
    arbitrary: bentBytes(xml.map((text) => seal.plain(text))).map((bytes) => {
      const sealed = seal.sealBytes(bytes.subarray(0, bytes.length - (bytes.length % 32)));
      return seal.post(seal.envelope(sealed), sealed);
    }),
  },
  { weight: 2, arbitrary: bentBytes(xml.map((text) => seal.push(text).body)).map((body) => seal.post(body, '')) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(hostileText, fc.array(piece), fc.constantFrom('GET', 'POST', 'PUT'))
      .map(([text, many, method]) => ({
        ...{ method, headers: {}, body: Buffer.from(text) },
        query: { msg_signature: text, timestamp: String(nowMs / 1_000), nonce: many, echostr: text.slice(0, 1_500) },
      })),
  },
);

function open() {
  const inbound = recordingInbound();
  inbound.answer = { notice: { tone: 'error', text: '没有权限' }, card: null };
  const sender = { text: async () => null, update: async () => null } as unknown as Sender;
  const taps = createTaps({ corpId, inbound, sender, log: quiet, publicUrl: null, pauses: [] });
  const nothing = () => undefined;
  const intake = createIntake({
    ...{ corpId, agentId, inbound, answerTap: taps.answer },
    ...{ wakeService: nothing, serviceAccountsChanged: nothing, wakeArchive: nothing },
  });
  const receive = createReceiver(
    createVerifier({ ...keys, corpId }, () => nowMs),
    intake,
    quiet,
  );
  return { inbound, receive, normalise: createNormalise(corpId, {}) };
}

export const wecomCallback = target({
  name: 'wecom callback',
  share: 10,
  inputs: request,
  open() {
    const { receive, normalise } = open();
    // A fresh memory for each: the core's own keeps keys, which here would be all that grows.
    return {
      async try(input) {
        const { inbound, receive: once } = open();
        isAnswer(await once(input));
        for (const { values, actionKey } of inbound.taps)
          must(actionKey.length <= 64 && Object.values(values).every((it) => typeof it === 'string'), 'a bad tap');
        readsBack(inbound.stored, normalise);
        if (input.method !== 'POST') isAnswer(await receive(input));
      },
    };
  },
});

export const wecomSeal = target({
  name: 'wecom seal',
  share: 4,
  inputs: fc.tuple(hostileText, bentBytes(anyBytes)),
  open: () => ({
    try([text, bytes]) {
      const key = readKey(keys.aesKey);
      const opened = decrypt(encrypt(text, keys.aesKey, corpId, Buffer.alloc(16, 7)), key);
      must(opened.ok && opened.message === text.toWellFormed() && opened.receiveId === corpId, 'a seal does not open');
      const whole = pad(plaintext(bytes, corpId, Buffer.alloc(16, 7)));
      const lied = Buffer.concat([bytes, whole]).subarray(0, whole.length);
      decrypt(seal.sealBytes(lied), key);
      decrypt(bytes.toString('base64'), key);
      decrypt(bytes.toString('latin1'), key);
    },
  }),
});

export const wecomXml = target({
  name: 'wecom xml',
  share: 8,
  inputs: xml,
  open: () => ({
    try(text) {
      const elements = scanXml(text);
      const read = orRefusal(() => readXml(text));
      if (elements === null || read === null) return;
      // Two readers of one document must not see two messages: what was checked is what is acted upon.
      for (const name of ['ToUserName', 'FromUserName', 'MsgId', 'AgentID', 'Event']) {
        const twice = elements.filter((one) => one[0] === name).length !== 1;
        if (twice || typeof read[name] !== 'string') continue;
        must(unixLines(textOf(elements, name)) === unixLines(read[name]), `${name} is read in two ways`);
      }
    },
  }),
});

/** A general reader makes one sign of a line's end. */
const unixLines = (text: unknown): string => String(text).replace(/\r\n?/g, '\n');
