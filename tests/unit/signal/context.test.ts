// Short answers whose meaning lies in the messages before them, and rules that hold only at a stage.
import { describe, expect, it } from 'vitest';
import type { Speaker } from '../../../src/crm/signal/detect/index.ts';
import { verdicts } from './starter.ts';

const following = (before: readonly [Speaker, string][], speaker: Speaker, text: string): Record<string, string> =>
  verdicts(speaker, text, { recent: before.map(([who, said]) => ({ speaker: who, text: said })) });

describe('a yes to an offer', () => {
  it.each([
    ['要报价吗', '好的发我', 'quoted'],
    ['要报价吗', '要的', 'quoted'],
    ['需要给您寄样品吗?', '好的,麻烦了', 'sampling'],
    ['那我把合同发您?', 'ok', 'contracted'],
  ])('%s → %s asks for it', (offer, answer, signal) => {
    expect(following([['staff', offer]], 'customer', answer)).toEqual({ [signal]: 'advance' });
  });

  it.each(['不用了', '先不要', '再说吧', '我问下老板'])('要报价吗 → %s does not', (answer) => {
    expect(following([['staff', '要报价吗']], 'customer', answer)).toEqual({});
  });
});

describe('an answer to a question', () => {
  it.each([
    ['样品收到了吗', '收到了', 'sampling'],
    ['合同签了吗', '签好了', 'contracted'],
    ['首款打了吗', '昨天打过去了', 'fulfilling'],
  ])('%s → %s reports it', (asked, answer, signal) => {
    expect(following([['staff', asked]], 'customer', answer)).toEqual({ [signal]: 'advance' });
  });

  it('a denial reports nothing', () => {
    expect(following([['staff', '首款打了吗']], 'customer', '还没')).toEqual({});
    expect(following([['staff', '样品收到了吗']], 'customer', '还没收到')).toEqual({});
  });

  it('staff answering a customer report what was done', () => {
    expect(following([['customer', '报价能发我吗']], 'staff', '发您邮箱了')).toEqual({ quoted: 'advance' });
    expect(following([['customer', '报价能发我吗']], 'staff', '好的马上')).toEqual({});
  });
});

describe('a mere acknowledgement', () => {
  it.each(['收到', '好的', '收到,谢谢', '好的,我看看', 'ok'])('报价单发您了 → %s says nothing new', (answer) => {
    expect(following([['staff', '报价单发您了']], 'customer', answer)).toEqual({});
  });

  it('means nothing after small talk, nor after the same person’s words', () => {
    expect(following([['staff', '您好']], 'customer', '好的')).toEqual({});
    expect(following([['customer', '报价呢']], 'customer', '好的')).toEqual({});
  });

  it('reaches back three messages and no further', () => {
    const small: [Speaker, string][] = [
      ['staff', '嗯'],
      ['customer', '在忙'],
      ['staff', '好'],
    ];
    expect(following([['staff', '合同签了吗'], ...small.slice(0, 2)], 'customer', '签好了')).toEqual({
      contracted: 'advance',
    });
    expect(following([['staff', '合同签了吗'], ...small], 'customer', '签好了')).toEqual({});
  });
});

describe('the stage', () => {
  it('lets a half sentence count only where it fits', () => {
    expect(verdicts('customer', '签好了,寄给你', { stage: 'contracted' })).toEqual({ contracted: 'advance' });
    expect(verdicts('customer', '签好了,寄给你', { stage: 'lead' })).toEqual({});
    expect(verdicts('customer', '签好了,寄给你')).toEqual({});
    expect(verdicts('customer', '就按这个价', { stage: 'quoted' }).contracted).toBe('hint');
    expect(verdicts('customer', '就按这个价', { stage: 'lead' }).contracted).toBeUndefined();
  });
});
