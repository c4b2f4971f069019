/** What each operation of the API does: one use case, shown as the contract says. Handlers read through the desk alone. */
import { setImmediate } from 'node:timers/promises';
import { type Desk, type Done, done, refused } from '../../../crm/access/desk.ts';
import { addActivity, changeCustomer } from '../../../crm/customer/change-customer.ts';
import { customerOfChat, linkChatTo } from '../../../crm/customer/chat-customer.ts';
import { addContact, seesPhones } from '../../../crm/customer/contacts.ts';
import { createCustomerAt } from '../../../crm/customer/create-customer.ts';
import { handInWords } from '../../../crm/customer/hand-in-words.ts';
import { createNameDirectory } from '../../../crm/customer/name-directory.ts';
import { listCustomers, openCustomer, readTimeline } from '../../../crm/customer/open-customer.ts';
import { searchCustomers } from '../../../crm/customer/search-customers.ts';
import { today } from '../../../crm/customer/today.ts';
import { factsOf } from '../../../crm/opportunity/deal-facts.ts';
import type { CustomerView } from '../../contract/customer.ts';
import { dealHandlers } from './deal-handlers.ts';
import { dealView } from './deal-view.ts';
import type { Handlers } from './handling.ts';
import { contactView, customerLineView, customerView } from './present.ts';
import { taskHandlers } from './task-handlers.ts';
import { taskView } from './task-view.ts';
import { happeningView, placeMark, readPlaceMark } from './timeline-view.ts';

const PAGE = 30;

export function createHandlers(context: { readonly platformOf: (accountId: string) => string | null }): Handlers {
  const names = createNameDirectory(() => setImmediate());
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

    today: async (desk) => {
      const { leads, deals, waiting, customerNames, facts, due, laterTasks } = await today(desk);
      const own = new Map([[desk.me.id, desk.me.name]]);
      return done({
        leads: leads.map(({ id, name, createdAt }) => ({ id, name, createdAt })),
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
      const items = found.map(({ customer, ownerName, visible }) => ({
        id: visible ? customer.id : null,
        name: customer.name,
        ownerName,
        mine: visible,
      }));
      return done({ items });
    },

    customers: async (desk, { query }) => {
      const page = await listCustomers(desk, query.limit ?? PAGE, query.cursor ?? null);
      const last = page.items.at(-1);
      const items = page.items.map((line) => customerLineView(page.names, line));
      return done({ items, next: page.more && last ? last.customer.id : null });
    },

    customer: (desk, { id }) => shown(desk, id),

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
      const view = await shown(desk, made.value.customer.id);
      return view.ok && chat ? done({ ...view.value, chatLinked: made.value.chatLinked }) : view;
    },

    changeCustomer: async (desk, { id, body }) => {
      const changed = await changeCustomer(desk, id, body);
      return changed.ok ? shown(desk, id) : changed;
    },

    addContact: async (desk, { id, body }) => {
      const added = await addContact(desk, id, body);
      if (!added.ok) return added;
      const customer = await desk.see.customer(id);
      return done(contactView(added.value, customer !== null && seesPhones(desk, customer.ownerId)));
    },

    addActivity: async (desk, { id, body }) => {
      const added = await addActivity(desk, id, body);
      if (!added.ok) return added;
      return done({
        kind: 'activity',
        id: added.value.id,
        at: added.value.at,
        by: desk.me.name,
        text: added.value.text,
      });
    },

    handInWords: async (desk, { id, body }) => {
      const result = await handInWords(desk, id, body.text);
      if (!result.ok) return result;
      const { outcome, text, deal, ownerName } = result.value;
      const people = new Map(deal ? [[deal.ownerId, ownerName]] : []);
      const facts = deal && (await factsOf(desk.tx, [deal])).get(deal.id);
      return done({ outcome, text, deal: deal && dealView(desk.tx, people, deal, facts ?? undefined) });
    },

    ...dealHandlers,
    ...taskHandlers,

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

async function shown(desk: Desk, id: string): Promise<Done<CustomerView>> {
  const opened = await openCustomer(desk, id);
  return opened.ok ? done(customerView(desk.tx, desk.me.id, opened.value)) : opened;
}
