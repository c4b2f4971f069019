/** The bare server skips no check of a WeCom callback: signature, time, padding, length, company. */
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createWecomOpener } from '../../../bench/bare/wecom.ts';
import { wecom } from '../../../bench/dialects/wecom.ts';
import { createWecomEmulator, type Flaws } from '../../../sandbox/wecom/index.ts';
import { sealPush } from '../../../sandbox/wecom/push-body.ts';
import { openBare } from './bare.ts';

const secrets = wecom.makeSecrets((digits) => randomBytes(digits).toString('hex').slice(0, digits));
const { events, random } = createWecomEmulator({ ...secrets, agentId: 1_000_002, now: Date.now });
const context = { corpId: secrets.corpId, keys: secrets, random, now: Date.now };

const open = () => openBare(createWecomOpener(secrets));
const says = (Content: string) => events.message('zhangsan', 'text', { Content });

test('stores a message before it answers, and a second delivery once more not', async () => {
  await using bare = await open();
  const [first, second] = [says('帮我报下价'), says('好的')];
  expect(await bare.post(sealPush(first, context))).toBe(200);
  expect(bare.stored()).toEqual([
    { dedupe_key: first.eventId, order_key: 'zhangsan', payload: expect.stringContaining('帮我报下价') },
  ]);
  const again = [first, second, first].map((event) => bare.post(sealPush(event, context)));
  expect(await Promise.all(again)).toEqual([200, 200, 200]);
  expect(bare.stored().map((row) => row.dedupe_key)).toEqual([first.eventId, second.eventId]);
});

test('words that look like the XML around them deceive nobody', async () => {
  await using bare = await open();
  const event = says('</Content><FromUserName><![CDATA[lisi]]></FromUserName><MsgId>1</MsgId>');
  expect(await bare.post(sealPush(event, context))).toBe(200);
  expect(bare.stored()).toMatchObject([{ dedupe_key: event.eventId, order_key: 'zhangsan' }]);
});

describe('refuses, and stores nothing of', () => {
  const flawed: [string, Flaws, number][] = [
    ['a forged signature', { forgedSignature: true }, 401],
    ['no signature', { missingSignature: true }, 401],
    ['another token', { wrongToken: true }, 401],
    ['a bent ciphertext', { tampered: true }, 400],
    ['a padding of 0', { padByte: 0 }, 400],
    ['a padding of 33', { padByte: 33 }, 400],
    ['a length beyond the end', { wrongLength: true }, 400],
    ['another company', { wrongReceiveId: true }, 403],
    ['plain XML', { unencrypted: true }, 400],
    ['an empty ciphertext', { emptyEncrypt: true }, 400],
    ['half a body', { truncated: true }, 400],
  ];
  test.each(flawed)('%s', async (_name, flaws, status) => {
    await using bare = await open();
    const answer = await bare.post(sealPush(says('你好'), context, flaws));
    // By chance bent words end in a padding that fits, and then name another company.
    expect('tampered' in flaws ? [400, 403] : [status]).toContain(answer);
    expect(bare.stored()).toEqual([]);
  });

  test('a push of ten minutes ago', async () => {
    await using bare = await open();
    const late = { ...context, now: () => Date.now() - 600_000 };
    expect(await bare.post(sealPush(says('你好'), late))).toBe(401);
    expect(bare.stored()).toEqual([]);
  });
});
