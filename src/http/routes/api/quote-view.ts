/** Products and quotes as the contract shows them: what things cost only to who may see it. */
import type { QuoteInList, QuotePicture } from '../../../crm/quote/quote-picture.ts';
import type { ProductRow, QuoteLinkRow } from '../../../crm/rows/quotes.ts';
import type { ProductView } from '../../contract/product.ts';
import type { QuoteLinkView, QuoteSummaryView, QuoteView } from '../../contract/quote.ts';

export function productView(row: ProductRow, costs: boolean): ProductView {
  const { id, code, name, spec, unit, productLine, currency, listMinor, costMinor, active } = row;
  return {
    ...{ id, code, name, spec, unit, productLine, currency, listMinor, active },
    costMinor: costs ? costMinor : null,
  };
}

export function quoteSummaryView({ quote, customerName, ownerName }: QuoteInList): QuoteSummaryView {
  const { id, number, revision, status, title, currency, grossMinor, validUntil, createdAt, sentAt, seenAt } = quote;
  return {
    ...{ id, number, revision, status, title, currency, grossMinor, validUntil, createdAt, sentAt, seenAt },
    dealId: quote.opportunityId,
    customer: { id: quote.customerId, name: customerName },
    owner: { id: quote.ownerId, name: ownerName },
  };
}

export function quoteView(picture: QuotePicture): QuoteView {
  const { quote, deal, contact, lines, figures, costs, revisions, approvalId, willNeed, rights, offer } = picture;
  const { taxBp, taxIncluded, terms, remark, submittedAt, decidedAt, closedAt, version } = quote;
  const { netMinor, taxMinor, grossMinor, discountBp } = figures;
  return {
    ...quoteSummaryView(picture),
    ...{ taxBp, taxIncluded, terms, remark, submittedAt, decidedAt, closedAt, version, approvalId, rights },
    ...{ netMinor, taxMinor, grossMinor, discountBp, dealName: deal.name },
    contact: contact && { id: contact.id, name: contact.name },
    lines: lines.map((line, index) => ({
      productId: line.productId,
      name: line.name,
      spec: line.spec,
      unit: line.unit,
      quantityMilli: line.quantityMilli,
      priceMinor: line.priceMinor,
      listMinor: line.listMinor,
      costMinor: costs ? line.costMinor : null,
      lineMinor: figures.lineMinor[index] ?? 0,
      remark: line.remark,
    })),
    marginBp: costs ? figures.marginBp : null,
    profitMinor: costs ? figures.profitMinor : null,
    links: picture.links.map(({ link, by, live }) => linkView(link, by, live)),
    offer: offer && { stage: offer.stage, dealVersion: deal.version },
    revisions: revisions.map(({ id, revision, status }) => ({ id, revision, status })),
    willNeed: willNeed.map(({ step, reasons, people }) => ({ step, reasons: [...reasons], people: [...people] })),
  };
}

function linkView(link: QuoteLinkRow, by: string, live: boolean): QuoteLinkView {
  const { id, createdAt, expiresAt, revokedAt, firstOpenedAt, lastOpenedAt, opened } = link;
  return { id, by, createdAt, expiresAt, revokedAt, live, firstOpenedAt, lastOpenedAt, opened };
}
