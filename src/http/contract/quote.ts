/** Quotes as pages write, show and send them. Money in fen, rates in basis points, quantities in thousandths, instants in ms. */
import { z } from 'zod';
import { id, instant, person, stage } from './common.ts';
import { minor } from './product.ts';

const short = (length: number) => z.string().trim().min(1).max(length);

const quoteStatus = z.enum([
  'draft',
  'submitted',
  'approved',
  'rejected',
  'withdrawn',
  'sent',
  'accepted',
  'expired',
  'replaced',
]);
export type QuoteStatusView = z.infer<typeof quoteStatus>;

const lineBody = z.strictObject({
  productId: id.nullable().optional(),
  name: short(200),
  spec: short(200).nullable().optional(),
  unit: short(20).default('件'),
  quantityMilli: z.int().min(1).max(1_000_000_000_000),
  /** Per unit, as offered. */
  priceMinor: minor,
  remark: short(200).nullable().optional(),
});
export type QuoteLineBody = z.input<typeof lineBody>;

/** What a quote says. `PUT /api/quotes/:id` with `expectedVersion` replaces a draft's whole content; list prices and costs are the catalogue's. */
export const quoteBody = z.strictObject({
  title: short(200),
  contactId: id.nullable().optional(),
  taxBp: z.int().min(0).max(3000).default(1300),
  taxIncluded: z.boolean().default(true),
  validUntil: instant.nullable().optional(),
  terms: short(2000).nullable().optional(),
  remark: short(1000).nullable().optional(),
  lines: z.array(lineBody).max(200),
});
export type QuoteBody = z.input<typeof quoteBody>;
export const quoteChangeBody = quoteBody.extend({ expectedVersion: z.int().positive() });

const quoteLine = z.object({
  productId: id.nullable(),
  name: z.string(),
  spec: z.string().nullable(),
  unit: z.string(),
  quantityMilli: z.int(),
  priceMinor: z.int(),
  listMinor: z.int().nullable(),
  /** Null where it is not known or the colleague may not see costs. */
  costMinor: z.int().nullable(),
  lineMinor: z.int(),
  remark: z.string().nullable(),
});
export type QuoteLineView = z.infer<typeof quoteLine>;

/** In lists. */
export const quoteSummary = z.object({
  id,
  number: z.string(),
  revision: z.int(),
  status: quoteStatus,
  title: z.string(),
  currency: z.string(),
  grossMinor: z.int(),
  dealId: id,
  customer: z.object({ id, name: z.string() }),
  owner: person,
  validUntil: instant.nullable(),
  createdAt: instant,
  sentAt: instant.nullable(),
  seenAt: instant.nullable(),
});
export type QuoteSummaryView = z.infer<typeof quoteSummary>;

/** An address under which the customer reads it; the address itself is told once, to whoever made it. */
const quoteLink = z.object({
  id,
  by: z.string(),
  createdAt: instant,
  expiresAt: instant,
  /** Neither revoked nor over. */
  live: z.boolean(),
  revokedAt: instant.nullable(),
  firstOpenedAt: instant.nullable(),
  lastOpenedAt: instant.nullable(),
  /** Openings within a minute of one another are one. */
  opened: z.int(),
});
export type QuoteLinkView = z.infer<typeof quoteLink>;

/** `GET /api/quotes/:id`, and the answer to every change of one. */
export const quote = quoteSummary.extend({
  dealName: z.string(),
  contact: person.nullable(),
  taxBp: z.int(),
  taxIncluded: z.boolean(),
  terms: z.string().nullable(),
  remark: z.string().nullable(),
  lines: z.array(quoteLine),
  netMinor: z.int(),
  taxMinor: z.int(),
  /** Null: a cost is missing, or the colleague may not see costs. */
  marginBp: z.int().nullable(),
  profitMinor: z.int().nullable(),
  discountBp: z.int(),
  version: z.int(),
  /** All revisions, newest first. */
  revisions: z.array(z.object({ id, revision: z.int(), status: quoteStatus })),
  submittedAt: instant.nullable(),
  decidedAt: instant.nullable(),
  closedAt: instant.nullable(),
  /** The approval it is in or was in last. */
  approvalId: id.nullable(),
  /** Before submitting: why it will need agreement and whose, step by step; empty when none is needed. */
  willNeed: z.array(z.object({ step: z.string(), reasons: z.array(z.string()), people: z.array(z.string()) })),
  /** Newest first. */
  links: z.array(quoteLink),
  /** Accepted, and the deal not yet where that leads: a move that may be made, by `POST /api/deals/:id/move`. */
  offer: z.object({ stage, dealVersion: z.int() }).nullable(),
  rights: z.object({
    edit: z.boolean(),
    /** A draft goes altogether. */
    remove: z.boolean(),
    /** A link for the customer. */
    link: z.boolean(),
    /** `GET /api/quotes/:id/pdf` and `/xlsx`. */
    paper: z.boolean(),
    submit: z.boolean(),
    withdraw: z.boolean(),
    revise: z.boolean(),
    send: z.boolean(),
    accept: z.boolean(),
  }),
});
export type QuoteView = z.infer<typeof quote>;

/** `POST /api/deals/:id/quotes` (→ 201, a draft) · `GET /api/deals/:id/quotes` → list, newest first. */
export const quoteList = z.object({ items: z.array(quoteSummary) });
/**
 * `POST /api/quotes/:id/submit` · `/withdraw` · `/revise` (→ 201, a new draft) · `/send` (it has gone out to the customer) ·
 * `/accept` (the customer takes it), each with `expectedVersion`.
 */
export const quoteVersionBody = z.strictObject({ expectedVersion: z.int().positive() });

/** `POST /api/quotes/:id/remove`: a draft that was never submitted. */
export const removedQuote = z.object({ dealId: id });

/**
 * `POST /api/quotes/:id/links` with `{}`: the address for the customer. Answered 200 and not 201, so that no answer with
 * the address in it is kept for a repeated call. `url`: whole where PUBLIC_URL is known, else relative to the root of the
 * installation.
 */
export const madeQuoteLink = z.object({ url: z.string(), quote });
export type MadeQuoteLinkView = z.infer<typeof madeQuoteLink>;
/** `POST /api/quotes/:id/revoke`: nobody reads it under this address any more. */
export const revokeLinkBody = z.strictObject({ linkId: id });
