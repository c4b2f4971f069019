/** Two rows of one colleague become one: every table that names a colleague is looked at, also one that is made tomorrow. */
import { expect, it } from 'vitest';
import { GOES_ALONG, GOES_ONCE, mergeStaff, STAYS } from '../../src/crm/staff/merge-staff.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { schemas } from '../../src/persistence/schemas.ts';
import { anyTable, fullRow, type TableName, tableNames } from '../store/rows.ts';
import { describeDatabase } from '../support/services/database.ts';
import { type Office, openOffice } from './office.ts';

const listed = new Set<string>([...GOES_ALONG, ...GOES_ONCE, ...STAYS]);

/**
 * Columns of the machinery that name a colleague: a session ends by itself when its colleague is inactive, and the store
 * writes the marks of a customer anew with its owner.
 */
const MACHINERY = new Set(['page_session.staff_id', 'customer_mark.owner_id']);
/** Named alike, but a process. */
const PROCESSES = new Set([
  'schedule_tick.claimed_by',
  'inbox_event.lease_owner',
  'outbox_order.lease_owner',
  'shared_token.renewed_by',
]);

const namesAColleague = /staff|owner|supervisor|actor|submitter|insteadOf|^toId|(?:_by|By)$/;

it('every column of the core that names a colleague is said to go along, to go once, or to stay', () => {
  const found = tableNames.flatMap((table) =>
    Object.keys(schemas[table].options.columns)
      .filter((property) => namesAColleague.test(property))
      .map((property) => `${table}.${property}`),
  );
  expect(found.length).toBeGreaterThan(20);
  expect(found.filter((column) => !listed.has(column))).toEqual([]);
});

const split = (column: string) => column.split('.') as [TableName, string];

/** A row in every place that names the colleague. */
async function fillEverywhere(tx: Tx, staffId: string): Promise<void> {
  for (const [mark, column] of [...GOES_ALONG, ...GOES_ONCE, ...STAYS].entries()) {
    const [table, property] = split(column);
    if (column === 'serviceToken.id') continue;
    const id = property === 'id' ? staffId : tx.newId();
    await anyTable(tx, table).insert({ ...fullRow(table, id, mark + 1), [property]: staffId });
  }
}

const left = (office: Office, staffId: string) =>
  office.run(async (tx) => {
    const places: string[] = [];
    for (const column of listed) {
      const [table, property] = split(column);
      if ((await anyTable(tx, table).find({ [property]: staffId })) !== null) places.push(column);
    }
    return places;
  });

describeDatabase('two rows of one colleague', () => {
  it('no table keeps the one that went, but the log and what was said', async () => {
    await using office = await openOffice();
    const [from, into] = [await office.employ('李娜（钉钉）', { reads: false }), await office.employ('李娜')];
    await office.run((tx) => fillEverywhere(tx, from));
    const before = await left(office, from);
    expect(before.length).toBe(listed.size - 1);
    const merged = await office.run((tx) => mergeStaff(tx, { fromId: from, intoId: into, by: 'command' }));
    expect(merged).toMatchObject({ ok: true, into: { id: into } });
    expect(await left(office, from)).toEqual(['auditEntry.actorId', 'auditEntry.entityId', 'message.staffId']);
    // A code of the row that went joins nobody any more.
    const arrived = await left(office, into);
    expect([...GOES_ALONG, ...GOES_ONCE].filter((column) => !arrived.includes(column))).toEqual(['linkCode.staffId']);
    const [gone, stays] = await office.run(async (tx) => [await tx.staff.get(from), await tx.staff.get(into)] as const);
    expect(gone).toMatchObject({ active: false, supervisorId: null, name: '李娜（钉钉）（已合并）' });
    expect(stays).toMatchObject({ active: true, name: '李娜' });
    const [note] = await office.run((tx) => tx.auditEntry.list({ action: 'staff.merged' }));
    expect(note).toMatchObject({ entityId: into, detail: { by: 'command', fromId: from } });
  });

  it('what both have is not had twice: helping, places, supervisors, roles', async () => {
    await using office = await openOffice();
    const chen = await office.employ('陈总监');
    const from = await office.employ('李娜', { role: 'manager', supervisorId: chen, reads: false });
    const into = await office.employ('李娜', { supervisorId: from, reads: false });
    const below = await office.employ('小周', { supervisorId: from });
    const [hers, others] = [await office.customer('恒锐', from), await office.customer('明远', chen)];
    await office.run(async (tx) => {
      for (const [customerId, staffId] of [
        [hers, into],
        [others, from],
        [others, into],
      ] as const)
        await tx.collaborator.insert({ id: tx.newId(), customerId, staffId, addedAt: tx.now });
      for (const [staffId, leads] of [
        [from, true],
        [into, false],
      ] as const)
        await tx.staffDepartment.insert({ id: tx.newId(), staffId, departmentId: 'd1', leads });
      await tx.staffProfile.insert({
        id: from,
        phone: '1',
        email: 'a',
        region: '华东',
        jobRank: null,
        productLines: ['泵'],
        updatedAt: 1,
      });
      await tx.staffProfile.insert({
        id: into,
        phone: '2',
        email: null,
        region: null,
        jobRank: null,
        productLines: [],
        updatedAt: 1,
      });
      expect(await mergeStaff(tx, { fromId: from, intoId: into, by: 'command' })).toMatchObject({ ok: true });
      expect(await tx.staff.get(into)).toMatchObject({ role: 'manager', supervisorId: chen });
      expect(await tx.staff.get(below)).toMatchObject({ supervisorId: into });
      expect((await tx.collaborator.list({})).map(({ customerId, staffId }) => [customerId, staffId])).toEqual([
        [others, into],
      ]);
      expect((await tx.staffDepartment.list({})).map(({ staffId, leads }) => [staffId, leads])).toEqual([[into, true]]);
      expect(await tx.staffProfile.get(into)).toMatchObject({
        phone: '2',
        email: 'a',
        region: '华东',
        productLines: ['泵'],
      });
    });
  });

  it('is refused for who is one person already, not at work, a program, or, by a code, on the same platform', async () => {
    await using office = await openOffice();
    const [lina, wang] = [await office.employ('李娜'), await office.employ('王强')];
    const gone = await office.employ('走了', { active: false, reads: false });
    const boss = await office.employ('陈总', { role: 'admin', reads: false });
    const program = await office.employ('接口·ERP', { reads: false });
    await office.run((tx) =>
      tx.serviceToken.insert({
        id: program,
        tokenHash: 'h',
        createdAt: 1,
        expiresAt: null,
        lastUsedAt: null,
        revokedAt: null,
      }),
    );
    const merge = (fromId: string, intoId: string, by: 'code' | 'command') =>
      office.run(async (tx) => {
        const merged = await mergeStaff(tx, { fromId, intoId, by });
        return merged.ok ? 'ok' : merged.reason;
      });
    expect(await merge(lina, lina, 'command')).toBe('same_person');
    expect(await merge(lina, 'nobody', 'command')).toBe('not_found');
    expect(await merge(gone, lina, 'command')).toBe('inactive');
    expect(await merge(lina, gone, 'code')).toBe('inactive');
    expect(await merge(program, lina, 'command')).toBe('program');
    expect(await merge(wang, lina, 'code')).toBe('same_account');
    expect(await merge(boss, lina, 'code')).toBe('other_name');
    expect(await merge(wang, lina, 'command')).toBe('ok');
  });

  it('no column of the database that names a colleague has been forgotten', async () => {
    await using office = await openOffice();
    if (office.store.database.kind !== 'sqlite') return;
    const rows = await office.store.unitOfWork.read((session) =>
      session.query<{ tab: string; col: string }>(
        "SELECT m.name AS tab, i.name AS col FROM sqlite_master m JOIN pragma_table_info(m.name) i WHERE m.type = 'table'",
      ),
    );
    const known = new Set(
      tableNames.flatMap((table) =>
        Object.values(schemas[table].options.columns).map(
          (column) => `${schemas[table].options.tableName ?? ''}.${column?.name ?? ''}`,
        ),
      ),
    );
    const strange = rows
      .filter(({ col }) => namesAColleague.test(col))
      .map(({ tab, col }) => `${tab}.${col}`)
      .filter((column) => !known.has(column) && !MACHINERY.has(column) && !PROCESSES.has(column));
    expect(strange).toEqual([]);
  });
});
