/** What colleagues do with a customer: change it, its people and its notes, merge it, hand it over, choose who helps. */
import { type Desk, type Done, done } from '../../../crm/access/desk.ts';
import { changeContact, removeContact } from '../../../crm/customer/change-contact.ts';
import { addActivity, changeCustomer } from '../../../crm/customer/change-customer.ts';
import { addContact, seesPhones } from '../../../crm/customer/contacts.ts';
import { chooseHelpers, giveCustomer } from '../../../crm/customer/give-customer.ts';
import { marksInUse } from '../../../crm/customer/marks.ts';
import { mergeCustomers } from '../../../crm/customer/merge-customers.ts';
import { openCustomer } from '../../../crm/customer/open-customer.ts';
import type { FoundCustomer } from '../../../crm/customer/search-customers.ts';
import { type NameSources, suggestNames } from '../../../crm/customer/suggest-names.ts';
import { findColleagues } from '../../../crm/staff/find-colleagues.ts';
import type { FoundCustomerView } from '../../contract/common.ts';
import type { CustomerView } from '../../contract/customer.ts';
import type { Handlers } from './handling.ts';
import { contactView, customerView } from './present.ts';

type Handled =
  | 'changeCustomer'
  | 'addContact'
  | 'changeContact'
  | 'removeContact'
  | 'addActivity'
  | 'marks'
  | 'mergeCustomers'
  | 'giveCustomer'
  | 'chooseHelpers'
  | 'colleagues'
  | 'suggest';

export function customerHandlers(names: NameSources): Pick<Handlers, Handled> {
  return {
    changeCustomer: async (desk, { id, body }) => {
      const changed = await changeCustomer(desk, id, body);
      return changed.ok ? customerShown(desk, id) : changed;
    },

    addContact: async (desk, { id, body }) => {
      const added = await addContact(desk, id, body);
      if (!added.ok) return added;
      const customer = await desk.see.customer(id);
      return done(contactView(added.value, customer !== null && seesPhones(desk, customer.ownerId)));
    },

    changeContact: async (desk, { id, body }) => {
      const changed = await changeContact(desk, id, body);
      if (!changed.ok) return changed;
      return done(contactView(changed.value, seesPhones(desk, changed.value.customer.ownerId)));
    },

    removeContact: async (desk, { id }) => {
      const removed = await removeContact(desk, id);
      return removed.ok ? customerShown(desk, removed.value.id) : removed;
    },

    addActivity: async (desk, { id, body: { how, ...noted } }) => {
      const added = await addActivity(desk, id, { ...noted, kind: how });
      if (!added.ok) return added;
      const { at, text, kind } = added.value;
      return done({ kind: 'activity', id: added.value.id, at, by: desk.me.name, how: kind, text });
    },

    marks: async (desk) => {
      const { grades, tags, regions, productLines, industries, sources } = await marksInUse(desk);
      return done({
        grades: [...grades],
        tags: [...tags],
        regions: [...regions],
        productLines: [...productLines],
        industries: [...industries],
        sources: [...sources],
      });
    },

    mergeCustomers: async (desk, { id, body }) => {
      const merged = await mergeCustomers(desk, id, body);
      if (!merged.ok) return merged;
      if (merged.value.state === 'asked') return done(merged.value);
      const view = await customerShown(desk, merged.value.customerId);
      return view.ok ? done({ state: 'merged', customer: view.value, moved: merged.value.moved }) : view;
    },

    giveCustomer: async (desk, { id, body }) => {
      const given = await giveCustomer(desk, id, body);
      if (!given.ok) return given;
      const { customer, ownerName } = given.value;
      // Who has given it away may not see it any more.
      const view = await customerShown(desk, customer.id);
      return done({ owner: { id: customer.ownerId, name: ownerName }, customer: view.ok ? view.value : null });
    },

    chooseHelpers: async (desk, { id, body }) => {
      const chosen = await chooseHelpers(desk, id, body);
      return chosen.ok ? customerShown(desk, id) : chosen;
    },

    colleagues: async (desk, { query }) => {
      const found = await findColleagues(desk, query.q ?? '');
      return done({
        items: found.map(({ staff, departments }) => ({
          id: staff.id,
          name: staff.name,
          departments: [...departments],
        })),
      });
    },

    suggest: async (desk, { query }) => {
      const found = await suggestNames(desk, names, query.q);
      return done({
        items: found.map(({ name, customer }) => ({ name, customer: customer && foundView(customer) })),
      });
    },
  };
}

/** The customer all round, as whoever asks may see it. */
export async function customerShown(desk: Desk, id: string): Promise<Done<CustomerView>> {
  const opened = await openCustomer(desk, id);
  return opened.ok ? done(customerView(desk.tx, desk.me.id, opened.value)) : opened;
}

export const foundView = ({ customer, ownerName, visible }: FoundCustomer): FoundCustomerView => ({
  id: visible ? customer.id : null,
  name: customer.name,
  ownerName,
  mine: visible,
});
