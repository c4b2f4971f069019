/** Customers with what is known of them, their contacts, and the chats with them. */
import { normalName } from '../../../src/crm/customer/normal-name.ts';
import type { Bulk } from './bulk.ts';
import type { Chance } from './chance.ts';
import { companyName, personName } from './names.ts';
import type { People } from './people.ts';
import type { Size } from './size.ts';
import type { Steps } from './steps.ts';

export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly createdAt: number;
  /** Their chats; most have one, some none. */
  readonly chats: readonly string[];
}

/** The large one is the salesperson's. */
export interface Customers {
  readonly all: readonly Customer[];
  readonly large: Customer;
}

const TAGS = ['老客户', '展会', '转介绍', '价格敏感', '技术型', '年度框架', '竞品在用', '需出口'];
const INDUSTRIES = ['机械', '汽车', '电子', '贸易', '医疗'];

export async function seedCustomers(
  bulk: Bulk,
  size: Size,
  people: People,
  accountId: string,
  chance: Chance,
  steps: Steps,
): Promise<Customers> {
  const { ids: staff, regionOf, measured } = people;
  const made = steps(size.customers);
  const others = staff.filter((id) => !people.ofHead.includes(id));
  const largeAt = Math.floor(size.customers / 3);
  const all = Array.from({ length: size.customers }, (_, n): Customer => {
    const { id, at: createdAt } = made.next();
    const large = n === largeAt;
    const chats = large ? 3 : chance.percent(60) ? 1 : 0;
    return {
      ...{ id, createdAt, name: companyName(chance) },
      // One department looks after customers of the first year only: the newest of all are others'.
      ownerId: large ? measured.salesperson : chance.pick(n < size.customers / 2 ? staff : others),
      chats: Array.from({ length: chats }, () => made.next().id),
    };
  });
  await bulk.put(
    'customer',
    all.map(({ id, name, ownerId, createdAt }) => ({ id, name, ownerId, createdAt, withdrawnAt: null })),
  );
  const profiles = all.map(({ id, name, ownerId, createdAt }) => ({
    ...{ id, normalName: normalName(name), region: regionOf.get(ownerId) ?? null, updatedAt: createdAt },
    grade: chance.percent(70) ? chance.pick(['A', 'B', 'C', 'D']) : null,
    productLine: null,
    industry: chance.pick(INDUSTRIES),
    source: null,
    remark: null,
    tags: chance.percent(50) ? [chance.pick(TAGS)] : [],
  }));
  await bulk.put('customerProfile', profiles);
  const ownerOf = new Map(all.map(({ id, ownerId }) => [id, ownerId]));
  await bulk.putMarks(profiles.map(({ id, grade, tags }) => ({ id, grade, tags, ownerId: ownerOf.get(id) ?? '' })));
  await seedContacts(bulk, all, accountId, chance, made.next);
  await bulk.put(
    'chat',
    all.flatMap(({ id: customerId, name, ownerId, createdAt, chats }) =>
      chats.map((id) => ({
        ...{ id, accountId, externalId: `oc_${id}`, customerId, createdAt },
        kind: 'group' as const,
        name: `${name} 项目群`,
        external: true,
        addedByStaffId: ownerId,
        leadId: null,
        opportunityId: null,
        ignored: false,
      })),
    ),
  );
  const helped = all.filter(() => chance.percent(5));
  await bulk.put(
    'collaborator',
    helped.map(({ id, createdAt }) => ({
      ...{ id: made.next().id, customerId: id, staffId: chance.pick(staff), addedAt: createdAt },
    })),
  );
  const large = all[largeAt];
  if (!large) throw new Error('a company without customers');
  return { all, large };
}

async function seedContacts(
  bulk: Bulk,
  customers: readonly Customer[],
  accountId: string,
  chance: Chance,
  next: () => { readonly id: string },
): Promise<void> {
  const contacts = customers.flatMap(({ id: customerId, ownerId, createdAt }) =>
    Array.from({ length: chance.percent(30) ? 2 : 1 }, () => ({
      ...{ id: next().id, customerId, ownerId, createdAt, name: personName(chance) },
    })),
  );
  await bulk.put(
    'contact',
    contacts.map(({ ownerId, ...contact }) => contact),
  );
  await bulk.put(
    'contactProfile',
    contacts.map(({ id, createdAt }, n) => ({
      ...{ id, phone: `13${String(100_000_000 + n * 7)}`, title: '采购', email: null, updatedAt: createdAt },
    })),
  );
  const known = contacts.filter(() => chance.percent(50)).map((contact) => ({ contact, id: next().id }));
  await bulk.put(
    'contactIdentity',
    known.map(({ id, contact: { id: contactId, name } }) => ({
      ...{ id, accountId, externalId: `on_${contactId}`, name, contactId, leadId: null },
    })),
  );
  // What address books say: mostly the person's name, now and then a company's.
  await bulk.put(
    'contactFollow',
    known.map(({ id: contactIdentityId, contact: { ownerId: staffId, name, createdAt } }) => ({
      ...{ id: next().id, contactIdentityId, staffId, addedAt: createdAt, updatedAt: createdAt, removedAt: null },
      remark: chance.percent(80) ? name : companyName(chance),
      company: null,
      tags: [],
    })),
  );
}
