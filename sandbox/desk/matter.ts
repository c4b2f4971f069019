/** Whose words the CRM takes a chat's words for, and who its people are. */
import type { Rows } from './rows.ts';
import type { DealView, MatterView } from './view.ts';
import { ROLES } from './words.ts';

const NOBODY = { ownerName: null, dealIds: [], chosenDealId: null } as const;

/** A colleague's private chat is about the deals they own. */
export function staffMatter(deals: readonly DealView[], name: string): MatterView {
  const own = deals.filter((deal) => deal.ownerName === name && deal.status === 'open');
  return { kind: 'staff', name, ownerName: name, dealIds: own.map(({ id }) => id), chosenDealId: null, note: null };
}

/** `chatKey`: the chat as the CRM knows it. `outsiderId`: whose customer it is when the CRM does not know the chat. */
export function chatMatter(
  rows: Rows,
  deals: readonly DealView[],
  chat: { readonly chatKey: string; readonly outsiderId?: string; readonly unknown: string },
): MatterView {
  const row = rows.chats.find(({ externalId }) => externalId === chat.chatKey);
  const nameOf = (id: string | undefined) => rows.staff.get(id ?? '')?.name ?? null;
  if (row?.ignored) return { kind: 'ignored', name: null, note: '这个会话与客户无关，里面的话不保存', ...NOBODY };
  const person = rows.identities.get(chat.outsiderId ?? '');
  const contact = rows.contacts.get(person?.contactId ?? '');
  const customer = rows.customers.get(row?.customerId ?? contact?.customerId ?? '');
  if (customer) {
    const shown = new Set(deals.map(({ id }) => id));
    const own = rows.deals.filter(({ customerId, id }) => customerId === customer.id && shown.has(id));
    return {
      kind: 'customer',
      name: customer.name,
      ownerName: nameOf(customer.ownerId),
      dealIds: own.map(({ id }) => id),
      chosenDealId: row?.opportunityId ?? null,
      note: null,
    };
  }
  const lead = rows.leads.get(row?.leadId ?? person?.leadId ?? '');
  if (lead) return { ...NOBODY, kind: 'lead', name: lead.name, ownerName: nameOf(lead.ownerId), note: null };
  return { kind: 'none', name: null, note: chat.unknown, ...NOBODY };
}

/** 销售, 主管; null for people without a role. */
export function titleOf(rows: Rows, externalId: string): string | null {
  const identity = rows.staffIdentities.find((one) => one.externalId === externalId);
  return ROLES[rows.staff.get(identity?.staffId ?? '')?.role ?? ''] ?? null;
}
