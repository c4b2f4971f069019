/** A line for every operation of the API: who may do it, and a request that would do. A new operation adds its line here. */

import { insertProduct } from '../../../src/crm/product/product-desk.ts';
import type { QuoteStatus } from '../../../src/crm/rows/quotes.ts';
import type { OperationName } from '../../../src/http/contract/operations.ts';
import type { Company } from './company.ts';

/**
 * `anybody` who is signed in · `see`: whoever sees the customer · `work`: whoever may change it · `manage`: whoever may
 * rename, merge and give it away · `admin`: administrators, whatever the customer · `keeper`: managers and administrators ·
 * `writer`: 孙销售, whose it is, and nobody else of those who may change it ·
 * `over`: 孙销售 and whoever is above them · `asked`: 赵主管, who has to agree, and nobody else · `named`: both of them.
 */
export type Who = 'anybody' | 'see' | 'work' | 'manage' | 'admin' | 'keeper' | 'writer' | 'asked' | 'named' | 'over';

/** What is made anew for every try. */
export interface Made {
  readonly company: Company;
  /** 孙销售's customer, with a collaborator and one open deal in its first version. */
  readonly customerId: string;
  readonly dealId: string;
  readonly ownerId: string;
  /** A colleague who has nothing to do with it. */
  readonly strangerId: string;
  readonly contactId: string;
  /** Differs with every try. */
  readonly unique: string;
}

export interface Line {
  readonly who: Who;
  /** For `:id`; the customer of `/api/customers/:id…`, the deal of `/api/deals/:id…` unless told. */
  readonly id?: (made: Made) => string | Promise<string>;
  /** With its question mark. */
  readonly query?: (made: Made) => string;
  readonly body?: (made: Made) => object | Promise<object>;
}

const chat = (made: Made) => ({ platform: 'feishu', externalId: `oc_${made.unique}` });

/** A task of the owner's. */
const taskOf = async ({ company, customerId, ownerId }: Made): Promise<string> =>
  (await company.ask(ownerId, 'POST', '/api/tasks', { title: '寄样', customerId })).body.id;

const product = ({ unique }: Made) => ({ name: `轴承座 ${unique}`, code: unique });

const productOf = ({ company, unique }: Made): Promise<string> =>
  company.transact(async (tx) => (await insertProduct(tx, { name: `垫片 ${unique}`, unit: '件' })).id);

const quoteBody = { title: '轴承座', lines: [{ name: '轴承座', quantityMilli: 1_000, priceMinor: 10_000 }] };

/** A draft of the owner's, in its first version. */
const quoteOf = async ({ company, dealId, ownerId }: Made, body: object = quoteBody): Promise<string> =>
  (await company.ask(ownerId, 'POST', `/api/deals/${dealId}/quotes`, body)).body.id;

/** One that the owner has submitted: over half a million has to be agreed to. */
const submittedQuote = async (made: Made): Promise<string> => {
  const line = { name: '生产线', quantityMilli: 1_000, priceMinor: 60_000_000 };
  const id = await quoteOf(made, { title: '生产线', lines: [line] });
  await made.company.ask(made.ownerId, 'POST', `/api/quotes/${id}/submit`, { expectedVersion: 1 });
  return id;
};

/** The approval of it, which asks 赵主管 first. */
const approvalOf = async (made: Made): Promise<string> => {
  const subjectId = await submittedQuote(made);
  const row = await made.company.transact((tx) => tx.approval.find({ subjectId }));
  return row?.id ?? '';
};

/** One that stands where it could not be brought so quickly. */
const quoteIn = async (made: Made, status: QuoteStatus): Promise<string> => {
  const id = await quoteOf(made);
  await made.company.transact((tx) => tx.quote.update({ id }, { status }));
  return id;
};

/** By the try: the link of the quote that was made for it. */
const links = new Map<string, string>();

const linkedQuote = async (made: Made): Promise<string> => {
  const id = await quoteIn(made, 'approved');
  const { body } = await made.company.ask(made.ownerId, 'POST', `/api/quotes/${id}/links`, {});
  links.set(made.unique, body.quote.links[0].id);
  return id;
};

/** A file of the owner's. */
const fileOf = async ({ company, dealId, customerId, ownerId, unique }: Made): Promise<string> =>
  company.transact(async (tx) => {
    const file = { kind: 'other', name: `${unique}.txt`, mediaType: 'text/plain', bytes: 1, sha256: unique };
    const made = { uploadedBy: ownerId, createdAt: tx.now, removedAt: null };
    return (await tx.attachment.insert({ id: tx.newId(), opportunityId: dealId, customerId, ...file, ...made })).id;
  });

const removedFile = async (made: Made): Promise<string> => {
  const id = await fileOf(made);
  await made.company.transact((tx) => tx.attachment.update({ id }, { removedAt: tx.now }));
  return id;
};

/** Leave of the owner's, to come. */
const leaveOf = ({ company, ownerId }: Made): Promise<string> =>
  company.transact(async (tx) => {
    const days = { fromAt: tx.now + 1, untilAt: tx.now + 86_400_000, createdAt: tx.now, endedAt: null };
    return (await tx.leaveTime.insert({ id: tx.newId(), staffId: ownerId, createdBy: ownerId, ...days })).id;
  });

export const lines: Readonly<Partial<Record<OperationName, Line>>> = {
  me: { who: 'anybody' },
  myAccounts: { who: 'anybody' },
  makeLinkCode: { who: 'anybody', body: () => ({}) },
  today: { who: 'anybody' },
  pipeline: { who: 'anybody' },
  upcoming: { who: 'anybody' },
  overdue: { who: 'anybody', query: () => '?stage=qualified' },
  search: { who: 'anybody', query: () => '?q=恒锐' },
  customers: { who: 'anybody' },
  customer: { who: 'see' },
  timeline: { who: 'see' },
  addCustomer: { who: 'anybody', body: ({ unique }) => ({ name: `${unique}新公司`, force: true }) },
  changeCustomer: { who: 'work', body: () => ({ grade: 'A' }) },
  addContact: { who: 'work', body: () => ({ name: '陈工' }) },
  changeContact: { who: 'work', id: ({ contactId }) => contactId, body: () => ({ title: '采购' }) },
  removeContact: { who: 'work', id: ({ contactId }) => contactId, body: () => ({}) },
  mergeCustomers: {
    who: 'manage',
    body: async ({ company, ownerId, unique }) => ({
      otherId: (await company.customer(`${unique}另一行`, ownerId)).id,
    }),
  },
  giveCustomer: { who: 'manage', body: ({ strangerId }) => ({ staffId: strangerId }) },
  chooseHelpers: { who: 'manage', body: ({ strangerId }) => ({ add: [strangerId] }) },
  colleagues: { who: 'anybody', query: () => '?q=孙' },
  suggest: { who: 'anybody', query: () => '?q=恒锐' },
  marks: { who: 'anybody' },
  addActivity: { who: 'work', body: () => ({ text: '回访' }) },
  phrases: { who: 'anybody' },
  phraseUsed: { who: 'work', body: () => ({ title: '打招呼' }) },
  handInWords: { who: 'work', body: () => ({ text: '今天天气不错' }) },
  addDeal: { who: 'work', body: () => ({ name: '二期' }) },
  deal: { who: 'see' },
  moveDeal: { who: 'work', body: () => ({ toStage: 'quoted', expectedVersion: 1 }) },
  cancelWish: { who: 'work', body: () => ({}) },
  undoMove: {
    who: 'work',
    body: async ({ company, dealId, ownerId }) => {
      const wanted = { toStage: 'quoted', expectedVersion: 1 };
      const moved = await company.ask(ownerId, 'POST', `/api/deals/${dealId}/move`, wanted);
      return { changeId: moved.body.changes[0].id };
    },
  },
  changeDeal: {
    who: 'work',
    body: () => ({ amountMinor: 1_200_000, fields: { requirement: '500 套' }, expectedVersion: 1 }),
  },
  approvals: { who: 'anybody', query: () => '?box=to_decide' },
  approval: { who: 'see', id: approvalOf },
  decideApproval: { who: 'asked', id: approvalOf, body: () => ({ agree: true }) },
  commentApproval: { who: 'named', id: approvalOf, body: () => ({ text: '价格还能谈吗？' }) },
  transferApproval: {
    who: 'asked',
    id: approvalOf,
    body: async ({ company, unique }) => ({ to: await company.employ(`代批${unique}`) }),
  },
  withdrawApproval: { who: 'writer', id: approvalOf, body: () => ({}) },
  leave: { who: 'anybody' },
  takeLeave: { who: 'anybody', body: () => ({ fromAt: Date.now(), untilAt: Date.now() + 86_400_000 }) },
  cancelLeave: { who: 'over', id: leaveOf, body: () => ({}) },
  notices: { who: 'anybody' },
  changeNotices: { who: 'anybody', body: () => ({ morning: true }) },
  standIn: { who: 'anybody' },
  setStandIn: { who: 'anybody', body: () => ({ standIn: null }) },
  tasks: { who: 'see', id: ({ customerId }) => customerId },
  addTask: { who: 'work', body: ({ customerId }) => ({ title: '回电话', customerId }) },
  changeTask: { who: 'work', id: taskOf, body: () => ({ done: true, expectedVersion: 1 }) },
  removeTask: { who: 'work', id: taskOf, body: () => ({ expectedVersion: 1 }) },
  products: { who: 'anybody' },
  addProduct: { who: 'keeper', body: product },
  changeProduct: { who: 'keeper', id: productOf, body: () => ({ listMinor: 10_000 }) },
  importProducts: {
    who: 'keeper',
    body: ({ unique }) => ({
      fileName: '目录.csv',
      base64: Buffer.from(`名称,编号\n垫圈,D-${unique}`).toString('base64'),
      dry: false,
    }),
  },
  quotesOfDeal: { who: 'see' },
  addQuote: { who: 'work', body: () => quoteBody },
  quote: { who: 'see', id: (made) => quoteOf(made) },
  changeQuote: { who: 'work', id: (made) => quoteOf(made), body: () => ({ ...quoteBody, expectedVersion: 1 }) },
  submitQuote: { who: 'work', id: (made) => quoteOf(made), body: () => ({ expectedVersion: 1 }) },
  withdrawQuote: { who: 'writer', id: submittedQuote, body: () => ({ expectedVersion: 2 }) },
  reviseQuote: { who: 'work', id: (made) => quoteIn(made, 'rejected'), body: () => ({ expectedVersion: 1 }) },
  sendQuote: { who: 'work', id: (made) => quoteIn(made, 'approved'), body: () => ({ expectedVersion: 1 }) },
  acceptQuote: { who: 'work', id: (made) => quoteIn(made, 'sent'), body: () => ({ expectedVersion: 1 }) },
  removeQuote: { who: 'work', id: (made) => quoteOf(made), body: () => ({ expectedVersion: 1 }) },
  linkQuote: { who: 'work', id: (made) => quoteIn(made, 'approved'), body: () => ({}) },
  revokeQuoteLink: {
    who: 'work',
    id: (made) => linkedQuote(made),
    body: ({ unique }) => ({ linkId: links.get(unique) ?? '' }),
  },
  filesOfDeal: { who: 'see' },
  removeFile: { who: 'work', id: fileOf, body: () => ({}) },
  restoreFile: { who: 'work', id: removedFile, body: () => ({}) },
  chat: { who: 'anybody', query: () => '?platform=feishu&externalId=oc_1' },
  linkChat: {
    who: 'work',
    body: async (made) => {
      const { company, customerId } = made;
      const row = { customerId, leadId: null, opportunityId: null, addedByStaffId: null, ignored: false };
      const group = { kind: 'group' as const, name: null, external: true, accountId: company.accountId };
      await company.transact((tx) =>
        tx.chat.insert({ id: tx.newId(), ...group, ...row, externalId: chat(made).externalId, createdAt: tx.now }),
      );
      return { ...chat(made), customerId };
    },
  },
};
