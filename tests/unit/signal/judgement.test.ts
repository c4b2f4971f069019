// What the detector makes of one line, named by the phenomenon of the language it has to understand.
import { describe, expect, it } from 'vitest';
import { detector, verdicts } from './starter.ts';

const customer = (text: string): Record<string, string> => verdicts('customer', text);
const staff = (text: string): Record<string, string> => verdicts('staff', text);

describe('spelling', () => {
  it.each(['報個價給我', '报  个 价 给我', '报个價給我!!!', 'ＲＦＱ見附件', '老板 报个价 谢谢', '麻烦报\u200b个价'])(
    'reads %s as a request for a quote',
    (text) => {
      expect(customer(text)).toEqual({ quoted: 'advance' });
    },
  );

  it.each(['报个架呗', '抱个价', '帮我抱价', '报加发我'])('hears the voice slip %s', (text) => {
    expect(customer(text)).toHaveProperty('quoted');
  });

  it('hears slips of other deal words, but leaves real words alone', () => {
    expect(customer('合铜签好了')).toEqual({ contracted: 'advance' });
    expect(customer('顶金付了')).toEqual({ fulfilling: 'advance' });
    expect(customer('这事我和同事说一下')).toEqual({});
    expect(customer('保价运费怎么算')).toEqual({});
  });
});

describe('word boundaries', () => {
  it.each([
    '一样品质的有吗',
    '这样品相太差',
    '各式各样品种齐全',
    '同样品牌的有货吗',
    '符合同行标准',
    '适合同事聚餐',
    '结合同期数据看',
    '配合同步升级',
    '条款式样发一下',
    '这款式不错',
    '股价又跌了',
    '评价一下这个方案',
    '举报价格欺诈',
    'the misquoted figure was corrected',
    'we work with a contract manufacturer in Vietnam',
    'sampling rate should be 1 MHz',
    'P.O. Box 1120, Dubai',
  ])('finds nothing to do in %s', (text) => {
    expect(Object.values(customer(text))).not.toContain('advance');
  });
});

describe('negation', () => {
  it.each([
    '先不用报价了',
    '报价我们不需要,谢谢',
    '你们别急着报价',
    '没必要报价',
    '我可没要你报价',
    '样品不用寄',
    '先别寄样品',
    '寄样的事先放放',
    '打不了样',
    '合同我们不会签的',
    '合同先缓一缓',
    '老板不同意签合同',
    '合同作废',
    '还没付款呢,款没打',
    '预付款付不了',
    '货款先压一压',
    'no need to quote this one',
    "we haven't asked for samples",
    'please hold the contract',
  ])('does not act on the refusal %s', (text) => {
    expect(Object.values(customer(text))).not.toContain('advance');
  });

  it.each([
    ['能不能报价', 'quoted'],
    ['不仅要报价还要3D图', 'quoted'],
    ['报价没问题', 'quoted'],
    ['可不可以给点样品', 'sampling'],
    ['样品测试没有问题', 'sampling'],
    ['合同没问题,盖章吧,合同发来', 'contracted'],
  ])('takes %s for no negation', (text, signal) => {
    expect(customer(text)).toHaveProperty(signal);
  });

  it('ends the scope of a negation where another act begins', () => {
    expect(customer('不用寄样直接报价')).toEqual({ quoted: 'advance' });
    expect(customer('要报价不要样品')).toEqual({ quoted: 'advance' });
    expect(customer('不是要合同,是要报价')).toEqual({ quoted: 'advance' });
    expect(customer('样品不用了,直接签合同')).toEqual({ contracted: 'advance' });
  });

  it('forgets what is called off in the next breath', () => {
    expect(customer('把报价发我吧…算了,不用了')).toEqual({});
  });

  it('asks on a double negation', () => {
    expect(customer('不是不想要报价')).toEqual({ quoted: 'hint' });
  });
});

describe('mood', () => {
  it.each([
    ['合同什么时候能签', 'contracted'],
    ['样品啥时候寄', 'sampling'],
    ['报价做好了吗', 'quoted'],
    ['首款打过来了吗', 'fulfilling'],
    ['明天打款', 'fulfilling'],
    ['合同下周签', 'contracted'],
    ['等图纸定稿我再找你报价', 'quoted'],
    ['如果样品好用再谈量', 'sampling'],
    ['验收合格后付尾款', 'fulfilling'],
    ['样品若没问题就签合同', 'contracted'],
    ['we will sign the contract next week', 'contracted'],
    ['when will the samples be ready', 'sampling'],
  ])('only asks about %s', (text, signal) => {
    expect(customer(text)[signal]).toBe('hint');
  });

  it.each([
    ['能安排打样吗', 'sampling'],
    ['能给个报价不', 'quoted'],
    ['Could you quote for the attached drawing?', 'quoted'],
    ['please quote by Friday, RFQ attached', 'quoted'],
  ])('takes the question %s for the request it is', (text, signal) => {
    expect(customer(text)[signal]).toBe('advance');
  });
});

describe('who speaks, and of whom', () => {
  it('hears a report of staff where a customer would ask', () => {
    expect(staff('报价单发您邮箱了')).toEqual({ quoted: 'advance' });
    expect(staff('稍后给您报价').quoted).not.toBe('advance');
    expect(staff('需要给您寄样品吗').sampling).not.toBe('advance');
  });

  it.each([
    '对方报价比你们低两成',
    '别家的合同已经签了',
    '我们给客户的报价已经发出去了',
    '这笔款是付给另外一家的',
    'their quotation has been sent',
  ])('does not act on other people: %s', (text) => {
    expect(Object.values(customer(text))).not.toContain('advance');
  });

  it('lowers a payment that a shopper would report', () => {
    expect(customer('我付款了怎么还没发货').fulfilling).not.toBe('advance');
    expect(customer('预付款已付,请安排生产').fulfilling).toBe('advance');
    expect(customer('双11付了定金,尾款怎么付').fulfilling).not.toBe('advance');
    expect(customer('花呗付款可以吗')).toEqual({});
  });

  it('never does more than ask about a lost deal', () => {
    for (const text of ['项目黄了', '我们选了别家,谢谢', 'we went with another vendor'])
      expect(customer(text)).toEqual({ lost: 'hint' });
  });
});

describe('what is not the sender speaking', () => {
  it.each([
    '「张工:报价发我」\n-------\n稍等',
    '「客户A：样品寄来」\n- - - - - -\n这个你跟进下',
    '[自动回复] 休假中,报价/样品请联系王小姐',
    '您好,咨询报价请按1,寄样请按2',
    '@所有人 请把盖章的合同发我',
    '【系统通知】合同已签',
    '> 请报价\n好的',
    'On Mon, Jan 5, Tom wrote:\n> please send quotation',
    '发件人: a@b.com\n发送时间: 2026年1月5日\n主题: 询价\n\n请报价',
    '群聊的聊天记录\n张三: 报价发我',
  ])('ignores %j', (text) => {
    expect(customer(text)).toEqual({});
    expect(staff(text)).toEqual({});
  });

  it('reads the reply under a quotation', () => {
    expect(customer('「小李:报价单发您了」\n---------------\n价格太高了,重新报个价')).toEqual({ quoted: 'advance' });
  });
});

describe('evidence', () => {
  it('quotes the clause in the sender’s own spelling and names the rule', () => {
    const [found] = detector.detect({ speaker: 'customer', text: '辛苦了！麻煩 報個價給我，謝謝😂' });
    expect(found).toMatchObject({ signal: 'quoted', verdict: 'advance', quote: '麻煩 報個價給我' });
    expect(found?.rule).toMatch(/^quote-/);
    expect('報個價給我'.length).toBeGreaterThanOrEqual(found?.phrase.length ?? 99);
  });

  it('keeps a quote within 60 characters and one finding per signal', () => {
    const found = detector.detect({
      speaker: 'customer',
      text: `${'这个规格的东西我们用量很大'.repeat(6)}请报个价,再报个价`,
    });
    expect(found).toHaveLength(1);
    expect(found[0]?.quote.length).toBeLessThanOrEqual(60);
  });

  it('judges each signal of a message on its own clause', () => {
    expect(customer('合同签完了,预付款已付,样品下周测,报价不用了')).toEqual({
      contracted: 'advance',
      fulfilling: 'advance',
      sampling: 'hint',
    });
  });
});

describe('any text at all', () => {
  it.each([
    '',
    '\n',
    '\ud83d',
    '样品'.repeat(600_000),
    '「'.repeat(1 << 20),
    '- '.repeat(1 << 19),
    '请按1'.repeat(300_000),
    '合同不'.repeat(400_000),
    ' '.repeat(1 << 20),
  ])('gives an answer (%#)', (text) => {
    expect(Array.isArray(detector.detect({ speaker: 'customer', text }))).toBe(true);
  });

  it('judges a very long message by its first 4,000 characters', () => {
    expect(customer(`帮我报个价。${'资料'.repeat(500_000)}`)).toEqual({ quoted: 'advance' });
    expect(customer(`${'资料。'.repeat(2000)}帮我报个价`)).toEqual({});
  });
});
