// Joining accounts in words: what asks for a code, what says one, and what only looks like it.
import { describe, expect, it } from 'vitest';
import { understand } from '../../../src/crm/ask/understand.ts';
import { book } from './book.ts';

const order = (text: string) => understand(text, book, { linked: false });

describe('joining accounts', () => {
  it.each(['绑定账号', '绑定帐号', '绑定我的账号', '我要绑定账号', '关联账户。', '合并账号吧'])(
    'asks for a code: %s',
    (text) => {
      expect(order(text)).toEqual({ kind: 'link_account', code: null, sure: true });
    },
  );

  it.each([
    ['K7M2-PQ4X', 'k7m2-pq4x', false],
    ['k7m2pq4x', 'k7m2pq4x', false],
    ['绑定账号 K7M2-PQ4X', 'k7m2-pq4x', true],
    ['绑定码：K7M2PQ4X', 'k7m2pq4x', true],
  ])('says a code: %s', (text, code, sure) => {
    expect(order(text)).toEqual({ kind: 'link_account', code, sure });
  });

  it.each([
    '13800138',
    'hengruij',
    'K7M2-PQ4X 报价多少',
    '绑定 账号贸易',
    'K7M2PQ4XY',
    '绑定账号要多久',
    '型号 K7M2PQ4X',
  ])('not: %s', (text) => {
    expect(order(text)?.kind ?? 'none').not.toBe('link_account');
  });
});
