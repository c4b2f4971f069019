/** A quote as it is typed: what the texts mean, which of price and discount follows, what is wrong and what it comes to. */
import { expect, it } from 'vitest';
import type { QuoteView } from '../../../sidebar-web/src/api/quotes.ts';
import {
  bodyOf,
  discountedPrice,
  discountOf,
  faultsOf,
  figuresOf,
  freeLine,
  lineOfProduct,
  typedOf,
} from '../../../sidebar-web/src/quote-draft.ts';

const housing = {
  id: 'p1',
  code: 'ZC',
  name: '轴承座',
  spec: null,
  unit: '套',
  productLine: null,
  currency: 'CNY',
  listMinor: 23_800,
  costMinor: 16_500,
  active: true,
};
const terms = { title: '报价', contactId: '', taxBp: 1300, taxIncluded: true, validDate: '', terms: '', remark: '' };

it('takes a product at its listed price', () => {
  const line = lineOfProduct(housing);
  expect(line).toMatchObject({ productId: 'p1', quantity: '1', price: '238', discount: '10' });
  expect(faultsOf(line)).toEqual({});
});

it.each([
  ['9.5', '226.1'],
  ['95', '226.1'],
  ['９.５', '226.1'],
  ['95折', '226.1'],
  ['8.88', '211.34'],
  ['100', '238'],
  ['101', null],
  ['便宜点', null],
])('a discount typed as %s makes the price %s', (discount, price) => {
  expect(discountedPrice({ discount, listMinor: 23_800 })).toBe(price);
});

it.each([
  ['226.1', '9.5'],
  ['1,190', ''],
  ['', ''],
  ['0', '0'],
])('a price typed as %j makes the discount %j', (price, discount) => {
  expect(discountOf({ price, listMinor: 23_800 })).toBe(discount);
  expect(discountOf({ price, listMinor: null })).toBe('');
});

it('names what does not fit, and tells the server nothing until it does', () => {
  const line = { ...freeLine(), quantity: '1.2345', price: '很贵' };
  expect(Object.keys(faultsOf(line))).toEqual(['name', 'quantity', 'price']);
  expect(bodyOf({ ...terms, lines: [line] })).toBeNull();
  expect(bodyOf({ ...terms, title: ' ', lines: [] })).toBeNull();
  const right = { ...line, name: ' 安装费 ', unit: '次', quantity: '2.5', price: '1.2万' };
  expect(bodyOf({ ...terms, lines: [right] })?.lines).toEqual([
    {
      productId: null,
      name: '安装费',
      spec: null,
      unit: '次',
      quantityMilli: 2500,
      priceMinor: 1_200_000,
      remark: null,
    },
  ]);
});

it('comes to the same as on the server, with what is half typed counted as nothing', () => {
  const lines = [{ ...lineOfProduct(housing), quantity: '3000', price: '226.1' }, freeLine()];
  expect(figuresOf({ ...terms, lines })).toMatchObject({
    lineMinor: [67_830_000, 0],
    grossMinor: 67_830_000,
    taxMinor: 7_803_451,
    discountBp: 500,
    marginBp: null,
  });
  expect(figuresOf({ ...terms, lines: lines.slice(0, 1) }).marginBp).toBe(1754);
});

it('reads back what the server keeps', () => {
  const endsAt = new Date(2026, 11, 7, 23, 59, 59).getTime();
  const kept = { quantityMilli: 2500, priceMinor: 22_610, listMinor: 23_800, costMinor: null, lineMinor: 56_525 };
  const line = { productId: 'p1', name: '轴承座', spec: 'HT250', unit: '套', remark: null, ...kept };
  const said = { title: '报价', taxBp: 600, taxIncluded: false, terms: '款到发货', remark: null };
  const typed = typedOf({ ...said, contact: null, validUntil: endsAt, lines: [line] } as unknown as QuoteView);
  expect(typed.lines[0]).toMatchObject({ quantity: '2.5', price: '226.1', discount: '9.5', spec: 'HT250' });
  const { listMinor: _, costMinor: __, lineMinor: ___, ...told } = line;
  expect(bodyOf(typed)).toEqual({ ...said, contactId: null, validUntil: endsAt, lines: [told] });
});
