// A customer's words that a colleague hands over are never taken for a question to the bot: they move deals.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mayBeAsk, understand } from '../../../src/crm/ask/understand.ts';
import { book } from './book.ts';

const lines = (text: string): string[] => text.split(/[|\n]/).map((line) => line.trim());

const told =
  lines(`恒锐说样品收到了 | 恒锐要报价 | 恒锐那边付款了 | 恒锐说可以签合同了 | 恒锐想要样品 | 恒锐想看样品 | 恒锐让我们报价 | 恒锐需要报价 | 恒锐已付款 | 恒锐刚打款 | 恒锐合同签好了
  恒锐下单了 | 恒锐样品没问题 | 恒锐的样品收到了 | 恒锐的王工说样品收到了 | 恒锐同意价格了 | 恒锐说不用报价了 | 恒锐嫌贵 | 恒锐问能不能便宜点 | 恒锐问多少钱 | 恒锐问谁负责 | 恒锐问合同签了吗
  恒锐问：样品到哪一步了 | 恒锐：合同签了吗 | 恒锐催报价了 | 恒锐报价发过去了 | 给恒锐发报价了 | 给恒锐报价 | 帮恒锐报个价 | 帮我给恒锐报价 | 请恒锐报价 | 麻烦给恒锐寄样品 | 恒锐的货款到了
  恒锐还没付款 | 恒锐没有付款 | 恒锐付款了 | 恒锐能报价吗 | 恒锐可以签合同吗 | 恒锐要不要报价 | 恒锐你们报价多少 | 恒锐下周付款 | 恒锐不签合同了 | 恒锐项目黄了 | 恒锐报修
  恒锐投诉了 | 恒锐要退货 | 恒锐怎么付款 | 恒锐的报价太高了 | 恒锐不要报价了 | 恒锐要3000套多少钱 | 恒锐这批货多少钱 | 恒锐样品多少钱 | 恒锐说合同签好了吗
  横锐说样品收到了 | NBHR付款了 | hengrui paid | hengrui has paid | hengrui wants a quote | please quote hengrui | send samples to hengrui`);

const said =
  lines(`周工让我们报价 | 样品什么时候能寄 | 帮我报下价 | 客户问样品什么时候能到 | 样品收到了，没问题 | 报价发了没 | 样品寄了没 | 合同签了吗 | 付款了吗 | 可以付款了吗 | 好的 | 可以 | ok | OK
  样品 | 王总问上次报价多少 | 王工说合同签了吗 | 谁负责安装 | 谁负责发货 | 谁负责设备调试 | 售后谁负责 | 这批货不合格谁负责 | 样品到了吗 | 合同什么时候签 | 款到了吗 | 定金收到没 | 什么时候交货
  货发了吗 | 订单到哪了 | 到哪了 | 报价呢 | 报价多少 | 单价多少 | 多少钱 | 报价出来了吗 | 价格怎么样 | 进度怎么样了 | 你们谁负责售后 | 找谁付款 | 联系谁 | 有人吗 | 在吗 | 收到 | 苏州 | 科技 | 有限公司
  明天签合同 | 客户 | 客户说可以 | 客户要报价 | 客户付款了 | 这个客户要报价 | 这个客户付款了 | 周总：样品收到了 | 张三 10:22 样品收到了 | 我司已付款 | 贵司合同签了吗 | 你们给恒锐报价多少 | 记录显示样品已签收
  新客户要报价 | 新客户，想要打样 | 新客户询价 | 绑定银行卡失败 | 帮助我们报个价 | 记得发样品给恒锐 | help us quote | when will you ship | contract signed | 老板付款了吗 | 甲方付款了吗 | 发票开了吗 | 明天见面
  这个客户报价 | 最近报价多少 | 之前报的多少 | 上次报价还有效吗 | 按上次报价 | 现在什么进度 | 有什么进展 | ？？ | 样品怎么样了 | 什么情况 | 怎么样了 | 恒锐王总样品收到了吗 | 恒锐打款了，查一下 | 问恒锐付款了没 | 恒锐的款到了可以发货 | 恒锐样品不急 | 恒锐PO还没下 | 恒锐：😂😂😂 | 恒锐：【报价】【急】 | 恒锐合同多久能出 | 恒锐款到几天发货 | 客户我想了解一下价格 | 客户想知道报价
  @所有人 恒锐谁负责 | 恒锐，样品收到了，合同也签了，什么时候付款你们通知我们一下，谢谢，麻烦尽快安排一下，我们这边等着排产`);

describe('handed-over words are no question', () => {
  it.each([...told, ...said])('%s', (text) => {
    expect(understand(text, book, { linked: false })).toBeNull();
    expect(understand(text, book, { linked: true })).toBeNull();
  });

  it.each([
    `恒锐 ${'a'.repeat(50)}`,
    `客户${'刚'.repeat(50)}`,
    `恒锐${'小姐'.repeat(28)}`,
    `恒锐${'公司小姐刚刚'.repeat(9)}`,
    `新建客户 a${' '.repeat(5000)}b`,
    `绑定 a${'!'.repeat(100_000)}b`,
  ])('reading takes no time that grows with the ways to read it: %#', (text) => {
    const begun = performance.now();
    mayBeAsk(text);
    understand(text, book, { linked: true });
    expect(performance.now() - begun).toBeLessThan(1000);
  });

  it('a chat record is none', () => {
    const record = '张三 10:22\n恒锐谁负责\n李四 10:23\n样品收到了';
    expect(understand(record, book, { linked: true })).toBeNull();
    expect(mayBeAsk(record)).toBe(false);
  });

  // The mark alone asks for help; the other has the very form of 样品到哪一步了.
  const asked = new Set(['?', '样品做到哪一步了']);
  const folder = new URL('../../fixtures/signals/', import.meta.url);
  const files = readdirSync(folder).filter((file) => file.endsWith('.tsv'));
  it.each(files)('no line of %s is one', (file) => {
    const texts = readFileSync(new URL(file, folder), 'utf8')
      .split('\n')
      .flatMap((row) => row.split('\t')[1] ?? []);
    const taken = texts.filter(
      (text) =>
        !asked.has(text) &&
        [true, false].some((linked) => understand(text.replaceAll('\\n', '\n'), book, { linked }) !== null),
    );
    expect(texts.length).toBeGreaterThan(40);
    expect(taken).toEqual([]);
  });

  it('no line of the sets is one when it is told as what a customer said', () => {
    const texts = files.flatMap((file) => readFileSync(new URL(file, folder), 'utf8').split('\n'));
    const quoted = texts.flatMap((row) => row.split('\t')[1] ?? []).map((text) => text.replaceAll('\\n', '\n'));
    const taken = ['恒锐说', '恒锐问', '恒锐：', '恒锐的王工说'].flatMap((head) =>
      quoted.map((text) => head + text).filter((text) => understand(text, book, { linked: true }) !== null),
    );
    expect(taken).toEqual([]);
  });

  it('a first look spares the names for most of them', () => {
    const text = readFileSync(new URL('dev.tsv', folder), 'utf8');
    const texts = text.split('\n').flatMap((row) => row.split('\t')[1] ?? []);
    expect(texts.filter((line) => !mayBeAsk(line)).length / texts.length).toBeGreaterThan(0.5);
  });
});
