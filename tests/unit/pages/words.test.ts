/** What a picked message looks like to the person: its words by kind, its time as people say it. */
import { expect, it } from 'vitest';
import { textOf } from '../../../sidebar-web/src/bridge/feishu-content.ts';
import { timeWords } from '../../../sidebar-web/src/format.ts';
import { words } from '../../../sidebar-web/src/words.ts';

it.each([
  ['text', { text: '@_user_1 麻烦报个价 ' }, '@某人 麻烦报个价'],
  ['text', { text: '@_all 开会' }, '@某人 开会'],
  [
    'post',
    {
      title: '报价',
      content: [
        [
          { tag: 'text', text: '3000 ' },
          { tag: 'a', text: '套' },
        ],
        [],
      ],
    },
    '报价\n3000 套',
  ],
  ['post', { zh_cn: { content: [[{ tag: 'at', user_name: '李娜' }, { tag: 'img' }]] } }, '@李娜[图片]'],
  ['image', { image_key: 'k' }, '[图片]'],
  ['file', { file_name: '图纸.dwg' }, '[文件] 图纸.dwg'],
  ['interactive', {}, '[卡片]'],
  ['share_chat', {}, '[其他消息]'],
])('%s %j reads %j', (type, content, text) => {
  expect(textOf(type, JSON.stringify(content))).toBe(text);
});

it.each(['', 'null', '[]', '{"content":3}', '{"content":[3,[null]]}'])('survives the content %j', (content) => {
  expect(textOf('post', content)).toBe('');
});

const now = new Date(2026, 10, 22, 10, 30).getTime();
it.each([
  [new Date(2026, 10, 22, 10, 29, 30), '刚刚'],
  [new Date(2026, 10, 22, 10, 5), '25 分钟前'],
  [new Date(2026, 10, 22, 8, 5), '今天 08:05'],
  [new Date(2026, 10, 21, 23, 59), '昨天 23:59'],
  [new Date(2026, 10, 20, 0, 1), '11月20日 00:01'],
  [new Date(2025, 11, 31, 12, 0), '2025年12月31日'],
])('%s is %s', (at, said) => {
  expect(timeWords(at.getTime(), now)).toBe(said);
});

it.each(['feishu', 'dingtalk'] as const)('offers another try only where one can help, on %s', (client) => {
  const other = client === 'feishu' ? '钉钉' : '飞书';
  for (const [reason, { title, hint, retry }] of Object.entries(words.troubles(client))) {
    expect(`${title}${hint}`, reason).toMatch(/[\u4e00-\u9fff]/);
    expect(`${title}${hint}`, reason).not.toContain(other);
    expect(retry, reason).toBe(/重试/.test(hint));
  }
});
