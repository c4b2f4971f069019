/** What each operation of the API does: one use case, shown as the contract says. Handlers read through the desk alone. */
import { setImmediate } from 'node:timers/promises';
import { type Desk, done, refused } from '../../../crm/access/desk.ts';
import { customerOfChat, linkChatTo } from '../../../crm/customer/chat-customer.ts';
import { createCustomerAt } from '../../../crm/customer/create-customer.ts';
import { handInWords } from '../../../crm/customer/hand-in-words.ts';
import { createNameDirectory } from '../../../crm/customer/name-directory.ts';
import { listCustomers, readTimeline } from '../../../crm/customer/open-customer.ts';
import { searchCustomers } from '../../../crm/customer/search-customers.ts';
import { companyNames } from '../../../crm/customer/suggest-names.ts';
import { today } from '../../../crm/customer/today.ts';
import { factsOf } from '../../../crm/opportunity/deal-facts.ts';
import { approvalHandlers } from './approval-handlers.ts';
import { awayHandlers } from './away-handlers.ts';
import { customerHandlers, customerShown, foundView } from './customer-handlers.ts';
import { dealHandlers } from './deal-handlers.ts';
import { dealView } from './deal-view.ts';
import { fileHandlers } from './file-handlers.ts';
import type { Handlers } from './handling.ts';
import { meHandlers } from './me-handlers.ts';
import { overdueHandlers } from './overdue-handlers.ts';
import { phraseHandlers } from './phrase-handlers.ts';
import { customerLineView } from './present.ts';
import { productHandlers } from './product-handlers.ts';
import { quoteHandlers } from './quote-handlers.ts';
import { taskHandlers } from './task-handlers.ts';
import { taskView } from './task-view.ts';
import { happeningView, placeMark, readPlaceMark } from './timeline-view.ts';

const PAGE = 30;

export function createHandlers(context: {
  readonly platformOf: (accountId: string) => string | null;
  readonly publicUrl: string | null;
}): Handlers {
  const breathe = () => setImmediate();
  const names = createNameDirectory(breathe);
  const companies = createNameDirectory(breathe, companyNames(breathe));
  const isHere = (desk: Desk, platform: string) => context.platformOf(desk.accountId) === platform;
  return {
    me: async ({ tx, me, accountId }) =>
      done({
        staff: { id: me.id, name: me.name, role: me.role },
        platform: context.platformOf(accountId) ?? '',
        stages: tx.active.policy.pipeline.stages.map(({ key, name, responsible = null }) => ({
          key,
          name,
          responsible,
        })),
        lostReasons: [...tx.active.policy.pipeline.lostReasons],
      }),

    ...meHandlers,
    ...overdueHandlers,

    today: async (desk) => {
      const { leads, responses, deals, waiting, customerNames, facts, due, laterTasks } = await today(desk);
      const own = new Map([[desk.me.id, desk.me.name]]);
      return done({
        leads: leads.map(({ id, name, createdAt }) => {
          const { dueAt = null, respondedAt = null } = responses.get(id) ?? {};
          return { id, name, createdAt, respondBy: dueAt, respondedAt };
        }),
        deals: deals.map(({ deal, touchedAt }) => ({
          deal: dealView(desk.tx, own, deal, facts.get(deal.id)),
          customerName: customerNames.get(deal.customerId) ?? '',
          touchedAt,
        })),
        tasks: due.map(taskView),
        laterTasks,
        openCards: waiting,
      });
    },

    search: async (desk, { query }) => {
      const found = await searchCustomers(desk, names, query.q);
      return done({ items: found.map(foundView) });
    },

    customers: async (desk, { query: { limit = PAGE, cursor = null, own, ...marked } }) => {
      const page = await listCustomers(desk, limit, cursor, { ...marked, own: own !== undefined });
      const last = page.items.at(-1);
      const items = page.items.map((line) => customerLineView(page.names, line));
      return done({ items, next: page.more && last ? last.customer.id : null });
    },

    customer: (desk, { id }) => customerShown(desk, id),

    timeline: async (desk, { id, query }) => {
      const before = query.cursor === undefined ? null : readPlaceMark(query.cursor);
      if (query.cursor !== undefined && before === null) return refused('bad_request', 'cursor：不是上一页给出的值');
      const page = await readTimeline(desk, id, query.limit ?? PAGE, before);
      if (!page.ok) return page;
      const { items, names: people, more } = page.value;
      const last = items.at(-1);
      return done({
        items: items.map((happening) => happeningView(desk.tx, people, happening)),
        next: more && last ? placeMark(last) : null,
      });
    },

    addCustomer: async (desk, { body: { chat, ...wanted } }) => {
      const externalId = chat && isHere(desk, chat.platform) ? chat.externalId : null;
      const made = await createCustomerAt(desk, wanted, externalId);
      if (!made.ok) return made;
      const view = await customerShown(desk, made.value.customer.id);
      return view.ok && chat ? done({ ...view.value, chatLinked: made.value.chatLinked }) : view;
    },

    handInWords: async (desk, { id, body }) => {
      const result = await handInWords(desk, id, body.text);
      if (!result.ok) return result;
      const { outcome, text, deal, ownerName } = result.value;
      const people = new Map(deal ? [[deal.ownerId, ownerName]] : []);
      const facts = deal && (await factsOf(desk.tx, [deal])).get(deal.id);
      return done({ outcome, text, deal: deal && dealView(desk.tx, people, deal, facts ?? undefined) });
    },

    ...customerHandlers({ customers: names, companies }),
    ...dealHandlers,
    ...taskHandlers,
    ...phraseHandlers,
    ...productHandlers,
    ...quoteHandlers(context.publicUrl),
    ...approvalHandlers,
    ...awayHandlers,
    ...fileHandlers,

    chat: async (desk, { query: { platform, externalId } }) =>
      done(
        isHere(desk, platform)
          ? await customerOfChat(desk, externalId)
          : { state: 'unknown', chatName: null, contactName: null, company: null },
      ),

    linkChat: async (desk, { body: { platform, externalId, customerId } }) =>
      isHere(desk, platform)
        ? linkChatTo(desk, externalId, customerId)
        : refused('forbidden', '你是从另一个平台登录的，请在那个会话旁边打开聊单。'),
  };
}
