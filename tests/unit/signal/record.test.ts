// Chat records as people paste them from four apps.
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../../src/crm/signal/record/parse-record.ts';

const line = (speakerName: string | null, at: string | null, text: string) => ({ speakerName, at, text });

describe('parseRecord', () => {
  it('reads a name with a time and the text below, over several lines', () => {
    expect(parseRecord('张三 2026-11-20 10:22\n文字一\n第二行\n\n李四 2026-11-20 10:23:05\n好的')).toEqual([
      line('张三', '2026-11-20 10:22', '文字一\n第二行'),
      line('李四', '2026-11-20 10:23:05', '好的'),
    ]);
  });

  it.each([
    ['张三: 报价发我\n李四：好的 马上', [line('张三', null, '报价发我'), line('李四', null, '好的 马上')]],
    ['[10:22] 张三: 合同签了\n[10:23] 李四: 收到', [line('张三', '10:22', '合同签了'), line('李四', '10:23', '收到')]],
    [
      '张三(恒锐) 11-20 10:22:33\n样品收到\n---------\n李四 11-20 10:25:01\n好的',
      [line('张三(恒锐)', '11-20 10:22:33', '样品收到'), line('李四', '11-20 10:25:01', '好的')],
    ],
    ['群聊的聊天记录\n\n2026-11-20 10:22:33 张三\n合同发我', [line('张三', '2026-11-20 10:22:33', '合同发我')]],
    ['王总@微信 2026/11/20 下午 3:05\r\n款打了\r\n', [line('王总', '2026/11/20 下午 3:05', '款打了')]],
    [
      'Tom Lee 10:22 AM\nplease quote\nAnn 10:25 AM\nsure',
      [line('Tom Lee', '10:22 AM', 'please quote'), line('Ann', '10:25 AM', 'sure')],
    ],
    ['客户说：报价给我', [line('客户', null, '报价给我')]],
    ['———— 2026年11月20日 ————\n张三 10:22\n您好', [line('张三', '10:22', '您好')]],
  ])('reads %j', (text, expected) => {
    expect(parseRecord(text)).toEqual(expected);
  });

  it.each([
    '报价发我,谢谢',
    '明天10:22开会,请准时\n张三也来',
    '地址：东莞市\n电话：123',
    '看下 https://example.com/a:b',
    '12.5',
    '交期 12-20 前',
  ])('leaves the plain text %j whole and nameless', (text) => {
    expect(parseRecord(text)).toEqual([line(null, null, text)]);
  });

  it('gives nothing for nothing, and an answer for anything', () => {
    expect(parseRecord(' \n\n')).toEqual([]);
    expect(parseRecord('张三 '.repeat(400_000)).length).toBe(1);
    expect(parseRecord('张三: 好\n'.repeat(200_000)).length).toBeGreaterThan(1000);
  });

  it.each([
    `${' '.repeat(100_000)}x`,
    `张三${'\t'.repeat(1900)}10:2\n`.repeat(50),
    `张三 11-20${'\t'.repeat(1900)}x\n`.repeat(50),
    `2026-01-01 10:22${' '.repeat(1900)}x：\n`.repeat(50),
  ])('spaces without end take no time: %#', (text) => {
    const begun = performance.now();
    parseRecord(text);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});
