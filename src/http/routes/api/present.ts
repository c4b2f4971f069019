/** Rows as the contract shows them. */
import type { CustomerLine, KnownContact } from '../../../crm/access/readable.ts';
import { maskPhone } from '../../../crm/customer/normal-name.ts';
import type { CustomerPicture } from '../../../crm/customer/open-customer.ts';
import type { Tx } from '../../../crm/tx.ts';
import type { ContactView, CustomerLineView, CustomerView } from '../../contract/customer.ts';
import { dealView } from './deal-view.ts';
import { type Names, personView } from './names.ts';

/** `whole`: the phone may be read by whoever asks. */
export function contactView({ contact, profile }: KnownContact, whole: boolean): ContactView {
  const phone = profile?.phone ?? null;
  return {
    id: contact.id,
    name: contact.name,
    title: profile?.title ?? null,
    email: profile?.email ?? null,
    phone: phone === null || whole ? phone : maskPhone(phone),
    phoneMasked: phone !== null && !whole,
  };
}

export function customerView(tx: Tx, staffId: string, picture: CustomerPicture): CustomerView {
  const { customer, profile, names } = picture;
  return {
    id: customer.id,
    name: customer.name,
    owner: personView(names, customer.ownerId),
    own: customer.ownerId === staffId,
    rights: picture.rights,
    collaborators: picture.collaboratorIds.map((id) => personView(names, id)),
    profile: {
      grade: profile?.grade ?? null,
      region: profile?.region ?? null,
      productLine: profile?.productLine ?? null,
      industry: profile?.industry ?? null,
      source: profile?.source ?? null,
      remark: profile?.remark ?? null,
      tags: [...(profile?.tags ?? [])],
    },
    contacts: picture.contacts.map((contact) => contactView(contact, picture.phones)),
    openDeals: picture.open.map((deal) => dealView(tx, names, deal, picture.facts.get(deal.id))),
    closedDeals: picture.closed.map((deal) => dealView(tx, names, deal, picture.facts.get(deal.id))),
    createdAt: customer.createdAt,
  };
}

export function customerLineView(names: Names, { customer, profile, openDeals }: CustomerLine): CustomerLineView {
  return {
    id: customer.id,
    name: customer.name,
    owner: personView(names, customer.ownerId),
    grade: profile?.grade ?? null,
    region: profile?.region ?? null,
    tags: [...(profile?.tags ?? [])],
    openDeals,
    createdAt: customer.createdAt,
  };
}
