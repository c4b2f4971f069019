/** Rows as the contract shows them. */
import type { CustomerLine, KnownContact } from '../../../crm/access/readable.ts';
import { maskPhone } from '../../../crm/customer/normal-name.ts';
import type { CustomerPicture } from '../../../crm/customer/open-customer.ts';
import type { DealPicture } from '../../../crm/opportunity/deal-desk.ts';
import { stageName } from '../../../crm/opportunity/pipeline.ts';
import type { OpportunityRow, StageChangeRow } from '../../../crm/rows/deals.ts';
import type { Tx } from '../../../crm/tx.ts';
import type { PersonView, StageView } from '../../contract/common.ts';
import type { ContactView, CustomerLineView, CustomerView } from '../../contract/customer.ts';
import type { DealPageView, DealView, StageChangeView } from '../../contract/deal.ts';

export type Names = ReadonlyMap<string, string>;

export const personView = (names: Names, id: string): PersonView => ({ id, name: names.get(id) ?? '已离开的同事' });

const stageView = (tx: Tx, key: string): StageView => ({ key, name: stageName(tx.active.policy.pipeline, key) });

export function dealView(tx: Tx, names: Names, deal: OpportunityRow): DealView {
  const { id, customerId, name, status, amountMinor, currency, lostReason, createdAt, closedAt, version } = deal;
  return {
    ...{ id, customerId, name, status, amountMinor, currency, lostReason, createdAt, closedAt, version },
    owner: personView(names, deal.ownerId),
    stage: stageView(tx, deal.stage),
    since: deal.stageEnteredAt,
  };
}

export function changeView(tx: Tx, names: Names, deal: OpportunityRow, change: StageChangeRow): StageChangeView {
  const { id, cause, quote, speakerName, at } = change;
  return {
    ...{ id, cause, quote, speakerName, at },
    dealId: deal.id,
    dealName: deal.name,
    from: stageView(tx, change.fromStage),
    to: stageView(tx, change.toStage),
    by: change.staffId === null ? null : personView(names, change.staffId).name,
    undone: change.undoneAt !== null,
    undoable:
      change.undoneAt === null &&
      change.opportunityVersion === deal.version &&
      change.undoableUntil !== null &&
      tx.now <= change.undoableUntil,
  };
}

export function dealPageView(tx: Tx, { deal, customerName, changes, names }: DealPicture): DealPageView {
  return {
    deal: dealView(tx, names, deal),
    customer: { id: deal.customerId, name: customerName },
    changes: changes.map((change) => changeView(tx, names, deal, change)),
  };
}

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
    openDeals: picture.open.map((deal) => dealView(tx, names, deal)),
    closedDeals: picture.closed.map((deal) => dealView(tx, names, deal)),
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
