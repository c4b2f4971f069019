/** What the bot takes out of a message, and how it defuses what it says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainMarkdown } from '../../../adapters/wecom/bot/markdown.ts';
import { withoutOwnMention } from '../../../adapters/wecom/bot/mention.ts';
import { normaliseBot } from '../../../adapters/wecom/bot/normalise.ts';
import { isMessage, worthKeeping } from '../../../adapters/wecom/bot/words.ts';
import type { JsonRecord } from '../../../adapters/wecom/json.ts';

const corpId = 'ww1234567890abcdef';

function stored(body: JsonRecord, speaker = 'zhangsan'): JsonRecord {
  const head = { msgid: 'CAIQ1', chattype: 'single', from: { userid: 'zhangsan' }, msgtype: 'text' };
  return { liaodan: 'bot', receivedAt: 1_700_000_000_500, speaker, body: { ...head, ...body } };
}

describe('own mention', () => {
  test.each([
    ['@聊单 报价发了吗', '报价发了吗'],
    ['@聊单\u2005报价发了吗', '报价发了吗'],
    ['@客户小秘书 样品寄出了', '样品寄出了'],
    ['@聊单', ''],
    ['@聊单助手 在吗', '在吗'],
    ['@聊单帮我报价', '帮我报价'],
    ['帮我看下 @聊单 这个客户', '帮我看下 这个客户'],
    ['@李四 @聊单 客户要合同', '@李四 客户要合同'],
    ['客户邮箱 wang@example.com', '客户邮箱 wang@example.com'],
    ['首行\n@聊单 次行', '首行\n次行'],
  ])('%j becomes %j', (text, expected) => {
    expect(withoutOwnMention(text)).toBe(expected);
  });
});

describe('reading a message back', () => {
  test('in private nothing is taken out', () => {
    expect(normaliseBot(stored({ text: { content: '@聊单 你好' } }), corpId).text).toBe('@聊单 你好');
  });

  test('the platform’s time counts seconds; without one the time of arrival holds', () => {
    expect(normaliseBot(stored({ text: { content: 'x' }, create_time: 1_700_000_000 }), corpId).sentAt).toBe(
      1_700_000_000_000,
    );
    expect(normaliseBot(stored({ text: { content: 'x' } }), corpId).sentAt).toBe(1_700_000_000_500);
  });

  test('somebody of another company is no colleague', () => {
    const event = normaliseBot(stored({ from: { userid: 'bob', corpid: 'wwOther' }, text: { content: 'x' } }), corpId);
    expect(event.sender).toMatchObject({ tenant: 'wwOther', internal: false });
  });

  test('a payload without a speaker, a conversation or a message id is a fault', () => {
    expect(() => normaliseBot(stored({ msgid: '' }), corpId)).toThrow();
    expect(() => normaliseBot(stored({ chattype: 'group' }), corpId)).toThrow('conversation');
    expect(() => normaliseBot({ liaodan: 'bot', receivedAt: 1, speaker: '', body: {} }, corpId)).toThrow();
  });
});

test('only kinds the platform sends as messages are taken; quotes, addresses and keys are not kept', () => {
  expect(isMessage({ msgtype: 'stream' })).toBe(false);
  expect(isMessage({ msgtype: 'event' })).toBe(false);
  const kept = worthKeeping({
    ...{ msgid: 'm', chattype: 'single', from: { userid: 'u' }, msgtype: 'text', aibotid: 'B' },
    text: { content: '好' },
    quote: { msgtype: 'text', text: { content: '引用' } },
    response_url: 'https://example.invalid/?response_code=secret',
  });
  expect(kept).toEqual({
    msgid: 'm',
    chattype: 'single',
    from: { userid: 'u' },
    msgtype: 'text',
    text: { content: '好' },
  });
  expect(worthKeeping({ msgtype: 'file', msgid: 'm', file: { url: 'https://x', aeskey: 'k' } })).toEqual({
    msgid: 'm',
    msgtype: 'file',
  });
});

describe('markdown', () => {
  test.each([
    ['请 <@zhangsan> 看', '请 ＜@zhangsan> 看'],
    ['<font color="warning">急</font>', '＜font color="warning">急＜/font>'],
    ['[点这里](https://evil.example)', '[点这里]（https://evil.example)'],
    ['# 标题\n> 引用', '＃ 标题\n＞ 引用'],
    ['3*5 `x` ~~y~~', '3＊5 ｀x｀ ～～y～～'],
    ['文件 a_b_c.pdf，型号 #12', '文件 a_b_c.pdf，型号 #12'],
    ['价格 < 100', '价格 < 100'],
  ])('%j reads the same and means nothing', (text, expected) => {
    expect(plainMarkdown(text)).toBe(expected);
  });

  test('never longer than the platform takes, whatever is said', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12_000, size: 'max' }), (text) => {
        const drawn = plainMarkdown(text);
        expect(Buffer.byteLength(drawn)).toBeLessThanOrEqual(20_480);
        expect(drawn).not.toMatch(/<@|\]\(/);
      }),
      { numRuns: 30 },
    );
  });
});
