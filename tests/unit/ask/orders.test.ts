// The orders a colleague gives the bot: bind, note, create.
import { describe, expect, it } from 'vitest';
import { mayBeAsk, understand } from '../../../src/crm/ask/understand.ts';
import { book } from './book.ts';

const order = (text: string) => {
  const ask = understand(text, book, { linked: false });
  return ask !== null && 'matches' in ask ? { ...ask, matches: ask.matches.map(({ id }) => id) } : ask;
};

describe('bind', () => {
  it.each([
    ['绑定 宁波恒锐', '宁波恒锐', ['恒锐']],
    ['绑定宁波恒锐', '宁波恒锐', ['恒锐']],
    ['绑定客户 明远', '明远', ['明远电机', '明远科技']],
    ['把这个群绑定到恒锐', '恒锐', ['恒锐']],
    ['@聊单 绑定 宁波恒锐', '宁波恒锐', ['恒锐']],
    ['绑定 横锐', '横锐', ['恒锐']],
    ['绑定 天元重工', '天元重工', []],
    ['绑定 主管群贸易', '主管群贸易', []],
    ['绑定客户 主管群', '主管群', []],
    ['把这个群绑定到主管群英贸易', '主管群英贸易', []],
    ['绑定', '', []],
  ])('%s', (text, name, matches) => {
    expect(order(text)).toEqual({ kind: 'bind', name, matches });
    expect(mayBeAsk(text)).toBe(true);
  });
});

describe('a group with a name', () => {
  const supervisors = { group: 'supervisors' };
  it.each([
    ['绑定 主管群', { kind: 'name_group', ...supervisors, replace: false }],
    ['绑定主管群', { kind: 'name_group', ...supervisors, replace: false }],
    ['@聊单 绑定 主管的群。', { kind: 'name_group', ...supervisors, replace: false }],
    ['把这个群绑定为管理群', { kind: 'name_group', ...supervisors, replace: false }],
    ['请把本群设为主管们的群吧', { kind: 'name_group', ...supervisors, replace: false }],
    ['重新绑定 主管群', { kind: 'name_group', ...supervisors, replace: true }],
    ['改绑 主管群', { kind: 'name_group', ...supervisors, replace: true }],
    ['綁定 主管群', { kind: 'name_group', ...supervisors, replace: false }],
    ['解绑 主管群', { kind: 'unname_group', ...supervisors }],
    ['取消绑定主管群', { kind: 'unname_group', ...supervisors }],
  ])('%s', (text, expected) => {
    expect(order(text)).toEqual(expected);
    expect(mayBeAsk(text)).toBe(true);
  });

  it.each(['主管群', '主管群里说一下', '绑定 主管群贸易', '解绑 恒锐', '绑定主管群之前先问问', '不要绑定主管群'])(
    'not: %s',
    (text) => {
      expect(order(text)?.kind ?? 'none').not.toMatch(/name_group/);
    },
  );
});

describe('note', () => {
  it.each([
    ['记一下 恒锐 周五回访', '恒锐', ['恒锐'], '周五回访'],
    ['记一下恒锐周五回访', '恒锐', ['恒锐'], '周五回访'],
    ['记一下 大众 周五回访', '大众', ['大众'], '周五回访'],
    ['记一下 横锐 周五回访', '横锐', ['恒锐'], '周五回访'],
    ['记一下 周五回访', null, [], '周五回访'],
    ['记一下：恒锐说周五给答复', '恒锐', ['恒锐'], '恒锐说周五给答复'],
    ['帮我记一下 明远 对方要账期60天', '明远', ['明远电机', '明远科技'], '对方要账期60天'],
    ['记录 恒锐 周五回访', '恒锐', ['恒锐'], '周五回访'],
    ['给恒锐记一下：周五回访', '恒锐', ['恒锐'], '周五回访'],
    ['记 恒锐 周五回访', '恒锐', ['恒锐'], '周五回访'],
    ['備註 恆銳 價格敏感', '恆銳', ['恒锐'], '價格敏感'],
    ['记一下 天元重工 周五回访', null, [], '天元重工 周五回访'],
    ['记一下：明天给恒锐打电话', '恒锐', ['恒锐'], '明天给恒锐打电话'],
    ['记一下\n第一行\n第二行', null, [], '第一行\n第二行'],
    ['记一下', null, [], ''],
  ])('%s', (text, name, matches, noted) => {
    expect(order(text)).toEqual({ kind: 'note', name, matches, text: noted });
    expect(mayBeAsk(text)).toBe(true);
  });
});

describe('create', () => {
  it.each([
    ['新建客户 苏州明远', '苏州明远', ['明远科技']],
    ['新建客户 苏州明远科技股份有限公司', '苏州明远科技股份有限公司', ['明远科技']],
    ['新建客户 上海恒锐', '上海恒锐', []],
    ['新建客户 横锐', '横锐', []],
    ['新建客户恒锐', '恒锐', ['恒锐']],
    ['新客户 无锡天元重工', '无锡天元重工', []],
    ['新增客户：杭州大成 联系人张三 13800000000', '杭州大成', []],
    ['新建客户 Hengrui Precision Co Ltd', 'Hengrui Precision Co Ltd', []],
    ['帮我建个客户 杭州云栖', '杭州云栖', []],
  ])('%s', (text, name, matches) => {
    expect(order(text)).toEqual({ kind: 'new_customer', name, matches });
    expect(mayBeAsk(text)).toBe(true);
  });
});

it.each(['请帮我', '麻烦你帮我', '到时候'])('polite words without end are read at once: %s', (words) => {
  const since = performance.now();
  expect(mayBeAsk(`${words.repeat(40)}好吗`)).toBe(false);
  expect(performance.now() - since).toBeLessThan(1_000);
});
