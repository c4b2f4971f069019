/** What DingTalk's client tells of picked messages, read into the page's words. */
import { expect, it } from 'vitest';
import { readPicked } from '../../../../sidebar-web/src/bridge/dingtalk-content.ts';

const conversation = { name: '越丰项目内部群', openConversationId: 'cidA==', corpId: 'dingcorp' };
const message = (fields: object) => ({ createAt: '1800000000000', senderName: '李娜', ...fields });
const only = (fields: object) => readPicked({ conversation, msgList: [message(fields)] })?.messages[0];

it.each([
  ['text', { msgtype: 'text', text: { content: ' 麻烦报个价 ' } }, '麻烦报个价', true],
  ['a rich text', { msgtype: 'richtext', richtext: { content: '报价\n3000 套' } }, '报价\n3000 套', true],
  ['an empty text', { msgtype: 'text', text: { content: ' ' } }, '[其他消息]', false],
  ['a text without content', { msgtype: 'text' }, '[其他消息]', false],
  ['a picture', { msgtype: 'image', image: { url: 'https://x/1.jpg' } }, '[图片]', false],
  ['a video', { msgtype: 'video' }, '[视频]', false],
  ['a file', { msgtype: 'file', file: { f_name: '图纸.dwg' } }, '[文件] 图纸.dwg', false],
  ['something newer', { msgtype: 'constructor' }, '[其他消息]', false],
])('%s', (_kind, fields, text, readable) => {
  expect(only(fields)).toEqual({ id: '0', sender: '李娜', sentAt: 1_800_000_000_000, text, readable });
});

it.each([
  ['1800000000000', 1_800_000_000_000],
  [1_800_000_000_000, 1_800_000_000_000],
  ['1800000000', 1_800_000_000_000],
  ['2026-11-22T02:30:00Z', Date.UTC(2026, 10, 22, 2, 30)],
  ['昨天', null],
  [0, null],
  [undefined, null],
])('an instant written %j is %j', (createAt, sentAt) => {
  expect(only({ msgtype: 'text', text: { content: '好' }, createAt })?.sentAt).toBe(sentAt);
});

it('cuts what the server would refuse, and knows a sender without a name', () => {
  const long = only({ msgtype: 'text', text: { content: '长'.repeat(5000) }, senderName: '名'.repeat(200) });
  expect([long?.text.length, long?.sender.length]).toEqual([4000, 100]);
  expect(only({ msgtype: 'text', text: { content: '好' }, senderName: ' ' })?.sender).toBe('不知道是谁');
});

it('reads the answer in each of the shapes that are written down', () => {
  const msgList = [message({ msgtype: 'text', text: { content: '好' } })];
  const expected = { chatId: 'cidA==', messages: [{ text: '好' }] };
  expect(readPicked({ conversation, msgList })).toMatchObject(expected);
  expect(readPicked({ conversation: [conversation], msgList })).toMatchObject(expected);
  expect(readPicked({ content: JSON.stringify({ conversation, msgList }) })).toMatchObject(expected);
});

it.each([null, 3, {}, { content: '{' }, { conversation, msgList: {} }, { conversation: {}, msgList: [] }])(
  'does not take %j for picked messages',
  (answer) => {
    expect(readPicked(answer)).toBeNull();
  },
);
