/** Customers as pages list, show, make and change them. */
import { z } from 'zod';
import { foundCustomer, id, instant, pageOf, pageQuery, person } from './common.ts';
import { deal } from './deal.ts';

const short = (length: number) => z.string().trim().min(1).max(length);
const grade = short(10);
const tags = z.array(short(20)).max(20);
/** Digits, spaces and the signs that numbers are written with. */
const phone = z
  .string()
  .trim()
  .regex(/^\+?[\d\s()（）-]{5,30}$/, '电话只能有数字、空格、括号和横线');

const profile = z.object({
  grade: z.string().nullable(),
  region: z.string().nullable(),
  productLine: z.string().nullable(),
  industry: z.string().nullable(),
  source: z.string().nullable(),
  remark: z.string().nullable(),
  tags: z.array(z.string()),
});

export const contact = z.object({
  id,
  name: z.string(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  /** 138****1234 where `phoneMasked`. */
  phone: z.string().nullable(),
  phoneMasked: z.boolean(),
});
export type ContactView = z.infer<typeof contact>;

/** `GET /api/customers/:id`, and the answer to a change of it. */
export const customer = z.object({
  id,
  name: z.string(),
  owner: person,
  /** The colleague owns it. */
  own: z.boolean(),
  /** `work`: may change it and add to it; `manage`: may also rename it, merge it, give it away and choose who helps. */
  rights: z.object({ work: z.boolean(), manage: z.boolean() }),
  collaborators: z.array(person),
  profile,
  /** At most 50. */
  contacts: z.array(contact),
  /** Oldest first. */
  openDeals: z.array(deal),
  /** Newest first, at most 20. */
  closedDeals: z.array(deal),
  createdAt: instant,
  /** Said when it was just made with a `chat`: whether the chat is the customer's now. */
  chatLinked: z.boolean().optional(),
});
export type CustomerView = z.infer<typeof customer>;

export const customerLine = z.object({
  id,
  name: z.string(),
  owner: person,
  grade: z.string().nullable(),
  region: z.string().nullable(),
  tags: z.array(z.string()),
  openDeals: z.int(),
  createdAt: instant,
});
export type CustomerLineView = z.infer<typeof customerLine>;

/** `GET /api/customers?grade=&tag=&own=1&cursor=`: newest first; `own`: without those seen for another reason. */
export const customerListQuery = pageQuery.extend({
  grade: grade.optional(),
  tag: short(20).optional(),
  own: z.literal('1').optional(),
});
export const customerPage = pageOf(customerLine);

/** `GET /api/search?q=`. */
export const searchQuery = z.strictObject({ q: z.string().trim().min(1).max(100) });
/** At most 20; the best first. */
export const searchResult = z.object({ items: z.array(foundCustomer) });
export type SearchView = z.infer<typeof searchResult>;

/** `POST /api/customers` → 201 with the customer, or 409 with the duplicates. `chat`: as `GET /api/chat` was asked. */
export const newCustomerBody = z.strictObject({
  name: short(200),
  contactName: short(100).optional(),
  phone: phone.optional(),
  chat: z.strictObject({ platform: short(20), externalId: short(200) }).optional(),
  deal: z
    .strictObject({ name: short(200).optional(), amountMinor: z.int().nonnegative().max(1_000_000_000_000).optional() })
    .optional(),
  force: z.boolean().optional(),
});
export type NewCustomerBody = z.infer<typeof newCustomerBody>;

/** `PATCH /api/customers/:id`: what is not said stays; null empties. */
export const customerPatch = z.strictObject({
  name: short(200).optional(),
  grade: grade.nullable().optional(),
  tags: tags.optional(),
  region: short(60).nullable().optional(),
  productLine: short(60).nullable().optional(),
  industry: short(60).nullable().optional(),
  source: short(60).nullable().optional(),
  remark: short(1000).nullable().optional(),
});
export type CustomerPatch = z.infer<typeof customerPatch>;

/** `POST /api/customers/:id/contacts` → 201 with the contact. */
export const newContactBody = z.strictObject({
  name: short(100),
  phone: phone.optional(),
  title: short(60).optional(),
  email: z.email().max(120).optional(),
});
export type NewContactBody = z.infer<typeof newContactBody>;

/** `PATCH /api/contacts/:id` → the contact; what is not said stays, null empties. */
export const contactPatch = z.strictObject({
  name: short(100).optional(),
  phone: phone.nullable().optional(),
  title: short(60).nullable().optional(),
  email: z.email().max(120).nullable().optional(),
});
export type ContactPatch = z.infer<typeof contactPatch>;

/** `POST /api/contacts/:id/remove` → the customer it was of. */
export const removeContactBody = z.strictObject({});

/** `GET /api/marks`: what customers can be marked with, of the policy first, then in use. */
export const marks = z.object({
  /** The most important first. */
  grades: z.array(z.string()),
  tags: z.array(z.string()),
  regions: z.array(z.string()),
  productLines: z.array(z.string()),
  industries: z.array(z.string()),
  sources: z.array(z.string()),
});
export type MarksView = z.infer<typeof marks>;
