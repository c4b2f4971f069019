/** A quote as customers read it, for tests of what it is written on. */
import type { QuoteDocument } from '../../../src/crm/quote/quote-document.ts';

export function quoteDocumentOf(given: Partial<QuoteDocument> = {}, lines = 2): QuoteDocument {
  return {
    ...{ company: '宁波正泰轴承科技有限公司', number: 'Q20261122-001', revision: 2, title: '轴承座与润滑脂' },
    ...{ customer: '苏州堃喆精密机械有限公司', contact: '王工', currency: 'CNY', taxBp: 1300, taxIncluded: true },
    seller: { name: '孙晓琳', phone: '138 1234 5678', email: null },
    lines: Array.from({ length: lines }, (_, at) => ({
      ...{ name: `外球面轴承 UCP${200 + at}`, spec: at % 2 === 0 ? 'DN50 PN16' : null, unit: '件' },
      ...{ quantityMilli: 2_500, priceMinor: 11_300, lineMinor: 28_250 },
    })),
    ...{ netMinor: 50_000, taxMinor: 6_500, grossMinor: 56_500, date: '2026-11-22', validUntil: '2026-12-22' },
    terms: '款到发货。\n质保一年。',
    watermark: '苏州堃喆精密机械有限公司 Q20261122-001 2026-11-23',
    ...given,
  };
}
