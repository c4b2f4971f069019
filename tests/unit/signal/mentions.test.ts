// Deal words that are only mentioned, inside other words, or said of something that has not happened.
import { describe, expect, it } from 'vitest';
import { compileSignals } from '../../../src/crm/signal/detect/index.ts';
import { checkSignals, signalsSchema } from '../../../src/policy/schema/signals.ts';
import { starter, verdicts } from './starter.ts';

const customer = (text: string): Record<string, string> => verdicts('customer', text);

describe('look-alike words', () => {
  it.each([
    '先这样吧，有需要再联系',
    '行，就那样，发我定位',
    '不管怎样先寄快递',
    '像模像样的',
    '样板间的照片发我',
    '采血样要空腹吗',
    '合同约定的交期是15号',
    '按合同发货',
    '我们跟合同行业的老李认识',
    '银行贷款打过来了',
  ])('finds no step in %s', (text) => {
    expect(Object.values(customer(text))).not.toContain('advance');
  });

  it('leaves the deal words beside them alone', () => {
    expect(customer('这款货款付了')).toEqual({ fulfilling: 'advance' });
    expect(customer('同款的样品寄两个')).toEqual({ sampling: 'advance' });
    expect(customer('按合同打了30%定金')).toEqual({ fulfilling: 'advance' });
  });

  it('are the policy’s to extend', () => {
    const more = compileSignals({ ...starter, otherWords: [...starter.otherWords, '样品街'] });
    expect(more.detect({ speaker: 'customer', text: '把货送到样品街' })).toEqual([]);
  });
});

describe('names of other things', () => {
  it.each(['送样标准发我', '我们自己有核价系统', '报价软件给我一个', '把合同专用章拿来'])(
    'asks for nothing in %s',
    (text) => {
      expect(Object.values(customer(text))).not.toContain('advance');
    },
  );

  it('are checked like every phrase of the policy', () => {
    const policy = signalsSchema.parse({ otherThings: ['【没有的表】'] });
    expect(checkSignals(policy)).toEqual([expect.stringContaining('没有的表')]);
  });
});

describe('what is spoken about, not asked for or reported', () => {
  it.each([
    ['报价里运费按整车算的还是零担', 'quoted'],
    ['赠送的样品能退吗', 'sampling'],
    ['跟房东签的合同到年底', 'contracted'],
    ['样品寄海外你们承担运费吗', 'sampling'],
    ['签合同之前还要走一次招标', 'contracted'],
    ['合同还差法人签字', 'contracted'],
    ['框架协议走OA了，等老板批', 'contracted'],
    ['先寄样品后签合同', 'contracted'],
    ['过完年再麻烦你报价', 'quoted'],
    ['听说合同签了', 'contracted'],
    ['我以为货款付了', 'fulfilling'],
    ['预付款到了我们就安排采购', 'fulfilling'],
    ['签不签合同都一样', 'contracted'],
    ['合同延期签', 'contracted'],
    ['谁要报价了', 'quoted'],
    ['何必再报价', 'quoted'],
    ['不见得要样品', 'sampling'],
  ])('does not act on %s', (text, signal) => {
    expect(customer(text)[signal]).not.toBe('advance');
  });

  it.each([
    ['没说不要样品啊，寄过来', 'sampling'],
    ['谁说不报价了？赶紧报', 'quoted'],
    ['样品别寄到公司，寄我家里', 'sampling'],
    ['无人机的电池报个价', 'quoted'],
    ['防水拒油面料报个价', 'quoted'],
  ])('still hears the wish in %s', (text, signal) => {
    expect(customer(text)).toHaveProperty(signal);
  });
});
