// Tells words of everyday speech from what only a company is called.

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Words of chat and office that dictionaries cut in two, and Latin words that are no initials. */
const more = new Set(
  (
    '好的 可以 没有 需要 知道 知道了 不是 就是 这样 那样 可能 应该 现在 马上 稍等 抱歉 不好 客气 辛苦 晚安 早上 没问题 不需要 有的 行的 不错 同意 是的 好滴 好嘞 好哒 收到 明白 多谢 感谢 谢谢 您好 你好 在吗 在的 早安 没事 不行 不要 不用 可行 报价 打样 样品 送样 寄样 价格 单价 付款 回款 打款 到账 货款 发货 ' +
    '合同 签约 签字 盖章 订单 下单 交期 物流 快递 售后 维修 报修 退货 换货 图纸 资料 附件 发票 开票 税点 账期 现货 库存 起订 数量 规格 型号 参数 技术 采购 财务 销售 ' +
    '业务 客户 老板 领导 项目 方案 会议 电话 微信 邮箱 地址 今天 明天 昨天 上午 下午 晚上 周末 月底 年底 ' +
    'ok okay yes no hi hello hey thx thanks thank pls please asap fyi btw pdf cad dwg stp step moq ppt bom rfq rfi po pi ci tt lc nda dhl ups ems fob cif exw usd rmb cny eur app vip ' +
    'the and are you for not how who what when this that can will get got new one two any all yes sir bro omg lol wow nice good great fine sure done test email mail call price cost quote quotation ' +
    'sample samples order orders contract payment paid deposit invoice status owner contact stage update help note file photo link wechat feishu dingtalk crm'
  ).split(' '),
);

/** Whether a text is a word of chat and office, which no company is meant by. */
export const isChatWord = (word: string): boolean => more.has(word);

/** Whether a text is nothing but dictionary words (明天见面), so that a sound or a slip in common means nothing. */
export function isEverydayPhrase(text: string): boolean {
  const words = [...segmenter.segment(text)].map(({ segment }) => segment);
  return /^[一-鿿]+$/.test(text) && words.every((word) => word.length > 1 || everydayCharacters.includes(word));
}

const everydayCharacters =
  '的了是在有我你他们这那不没要会能就都也还再很好来去到说看吃用给做先后上下大小多少个件套吨米天年月日号点人';

/** Whether two or more characters are an ordinary word (好的, 可以, ok) and so no name by sound. */
export function isOrdinaryWord(word: string): boolean {
  if (more.has(word)) return true;
  if (!/^[一-鿿]{2,4}$/.test(word)) return false;
  const first = segmenter.segment(word).containing(0);
  return first !== undefined && first.segment.length === word.length;
}
