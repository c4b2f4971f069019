// Whose customers a colleague sees: supervisors, led departments, and what the policy adds by role and rank.

import { expect, it } from 'vitest';
import { holds, scopeOf } from '../../src/crm/access/scope.ts';
import { maySee, mayWorkOn } from '../../src/crm/staff/rights.ts';
import type { Tx } from '../../src/crm/tx.ts';
import type { Sight } from '../../src/policy/schema/access.ts';
import { describeDatabase } from '../support/services/database.ts';
import { openStore, type Store } from './open-store.ts';
import { as } from './rows.ts';

interface Person {
  readonly under?: string;
  /** Departments by name; one with `*` is led. */
  readonly in?: string;
  readonly region?: string;
  readonly lines?: string[];
  readonly rank?: string;
  readonly active?: boolean;
}

/** People are called by their ids; departments are written parent/child. */
async function found(store: Store, people: Record<string, Person>, departments: readonly string[] = []): Promise<void> {
  await as(store, 't1', async (tx) => {
    for (const path of departments) {
      const [name = '', parent = null] = path.split('/').reverse();
      const row = { accountId: 'a1', externalId: name, name, parentExternalId: parent, removedAt: null };
      await tx.department.insert({ id: name, ...row });
    }
    for (const [
      id,
      { under = null, in: places, region = null, lines = [], rank = null, active = true },
    ] of Object.entries(people)) {
      await tx.staff.insert({ id, name: id, role: 'sales', supervisorId: under, active, createdAt: 1 });
      const contact = { phone: null, email: null, updatedAt: 1 };
      await tx.staffProfile.insert({ id, region, productLines: lines, jobRank: rank, ...contact });
      for (const place of places?.split(' ') ?? []) {
        const departmentId = place.replace('*', '');
        await tx.staffDepartment.insert({ id: tx.newId(), staffId: id, departmentId, leads: place.endsWith('*') });
      }
    }
  });
}

/** Whose customers `id` sees, where the policy lets salespeople see so much. */
function seenBy(
  store: Store,
  id: string,
  sales: Sight = 'own',
  ranks: { rank: string; sees: Sight }[] = [],
): Promise<string[]> {
  return as(store, 't1', async (given) => {
    const access = { roles: { sales, manager: 'all' as const }, ranks };
    const tx: Tx = { ...given, active: { ...given.active, policy: { ...given.active.policy, access } } };
    const staff = await tx.staff.get(id);
    if (!staff) throw new Error(`nobody called ${id}`);
    const scope = await scopeOf(tx, staff);
    const everybody = await tx.staff.list({});
    const seen = everybody.filter((other) => holds(scope, other.id)).map((other) => other.id);
    // The cards and the bot ask in another way and get the same answer.
    for (const other of everybody) expect(await maySee(tx, staff, other.id)).toBe(seen.includes(other.id));
    return seen;
  });
}

describeDatabase('access', () => {
  it('supervisors see all below them, however deep, and a ring of supervisors ends', async () => {
    await using store = await openStore();
    await found(store, { a: {}, b: { under: 'a' }, c: { under: 'b' }, d: {}, x: { under: 'y' }, y: { under: 'x' } });
    expect(await seenBy(store, 'a')).toEqual(['a', 'b', 'c']);
    expect(await seenBy(store, 'b')).toEqual(['b', 'c']);
    expect(await seenBy(store, 'c')).toEqual(['c']);
    expect(await seenBy(store, 'x')).toEqual(['x', 'y']);
  });

  it('who leads a department sees it with all below it, of its own platform alone; a member sees it when the policy says so', async () => {
    await using store = await openStore();
    await found(
      store,
      { a: { in: 'east*' }, b: { in: 'one' }, c: { in: 'deep' }, d: { in: 'west one' }, e: { in: 'west' } },
      ['east', 'east/one', 'one/deep', 'west'],
    );
    await as(store, 't1', async (tx) => {
      await tx.department.insert({
        id: 'alien',
        accountId: 'a2',
        externalId: 'alien',
        name: 'x',
        parentExternalId: 'east',
        removedAt: null,
      });
      await tx.staffDepartment.insert({ id: tx.newId(), staffId: 'e', departmentId: 'alien', leads: false });
    });
    expect(await seenBy(store, 'a')).toEqual(['a', 'b', 'c', 'd']);
    expect(await seenBy(store, 'b')).toEqual(['b']);
    expect(await seenBy(store, 'b', 'department')).toEqual(['b', 'c', 'd']);
  });

  it('the policy adds region, product line, both, or all, and a rank goes before the role', async () => {
    await using store = await openStore();
    await found(store, {
      a: { region: '华东', lines: ['阀门', '泵'], rank: '总监' },
      b: { region: '华东', lines: ['电机'] },
      c: { region: '华南', lines: ['泵'] },
      d: { region: '华东', lines: ['泵'] },
      e: {},
    });
    expect(await seenBy(store, 'a', 'region')).toEqual(['a', 'b', 'd']);
    expect(await seenBy(store, 'a', 'product_line')).toEqual(['a', 'c', 'd']);
    expect(await seenBy(store, 'a', 'region_product_line')).toEqual(['a', 'd']);
    expect(await seenBy(store, 'a', 'all')).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await seenBy(store, 'a', 'all', [{ rank: '总监', sees: 'own' }])).toEqual(['a']);
    expect(await seenBy(store, 'b', 'own', [{ rank: '总监', sees: 'all' }])).toEqual(['b']);
    expect(await seenBy(store, 'e', 'region')).toEqual(['e']);
  });

  it('a helper works on the customer they help with and on no other of its owner, until they leave', async () => {
    await using store = await openStore();
    await found(store, { owner: {}, helper: {}, other: {} });
    await as(store, 't1', async (tx) => {
      await tx.collaborator.insert({ id: 'c1', customerId: 'k1', staffId: 'helper', addedAt: 1 });
      const may = async (staffId: string, id: string) => {
        const staff = await tx.staff.get(staffId);
        return staff !== null && mayWorkOn(tx, staff, { id, ownerId: 'owner' });
      };
      expect([await may('helper', 'k1'), await may('helper', 'k2')]).toEqual([true, false]);
      expect([await may('owner', 'k2'), await may('other', 'k1')]).toEqual([true, false]);
      await tx.staff.update({ id: 'helper' }, { active: false });
      expect(await may('helper', 'k1')).toBe(false);
    });
  });

  it('who has left sees nothing; their customers are seen by those above', async () => {
    await using store = await openStore();
    await found(store, { a: {}, b: { under: 'a', active: false } });
    expect(await seenBy(store, 'b', 'all')).toEqual([]);
    expect(await seenBy(store, 'a')).toEqual(['a', 'b']);
  });
});
