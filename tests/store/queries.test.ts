/** The questions that are more than equality: right answers, and only about the company that asks. */
import { expect, it } from 'vitest';
import type { Tx } from '../../src/crm/tx.ts';
import { describeDatabase } from '../support/services/database.ts';
import { NOW, openStore } from './open-store.ts';
import { anyTable, as, fullRow, type TableName } from './rows.ts';

const put = (tx: Tx, name: TableName, id: string, given: object) =>
  anyTable(tx, name).insert({ ...fullRow(name, id, 1), ...given, id });

/** The same story in two companies: one deal, three messages, two moves of which one was undone, two cards. */
async function tell(tx: Tx): Promise<void> {
  await put(tx, 'opportunity', 'deal', { ownerId: 'lina', customerId: 'c', status: 'open', createdAt: NOW });
  await put(tx, 'opportunity', 'lost', { ownerId: 'lina', customerId: 'c', status: 'lost', createdAt: NOW });
  for (const n of [1, 2, 3])
    await put(tx, 'message', `m${n}`, { chatId: 'chat', externalId: `om_${n}`, sentAt: NOW + n, text: `第${n}句` });
  const move = { opportunityId: 'deal', undoneAt: null };
  await put(tx, 'stageChange', 's1', { ...move, cause: 'signal', at: NOW, opportunityVersion: 2, messageId: 'm1' });
  await put(tx, 'stageChange', 's2', { ...move, cause: 'undo', at: NOW + 1, opportunityVersion: 3, messageId: null });
  await put(tx, 'stageChange', 's3', { ...move, cause: 'manual', at: NOW + 2, opportunityVersion: 4, messageId: null });
  const decided = { opportunityId: 'deal', leadId: null, ruleKey: 'quote', verdict: 'advance', outcome: 'advanced' };
  await put(tx, 'signalDecision', 'd1', { ...decided, at: NOW, label: 'undone' });
  await put(tx, 'signalDecision', 'd2', { ...decided, at: NOW + 5, label: null });
  await put(tx, 'signalDecision', 'd3', {
    ...decided,
    at: NOW + 9,
    leadId: 'lead',
    opportunityId: null,
    outcome: 'asked',
    label: null,
  });
  // Not counted: a question nobody has answered (d3), a hint, and what was only noted.
  const asked = { ...decided, opportunityId: 'other', outcome: 'asked' };
  await put(tx, 'signalDecision', 'd4', { ...asked, at: NOW + 10, label: 'confirmed' });
  await put(tx, 'signalDecision', 'd5', { ...asked, at: NOW + 11, label: 'ignored' });
  await put(tx, 'signalDecision', 'd6', { ...asked, at: NOW + 12, verdict: 'hint', label: 'ignored' });
  await put(tx, 'signalDecision', 'd7', { ...decided, at: NOW + 13, outcome: 'cooldown', label: null });
  const card = { staffId: 'lina', digestId: null, createdAt: NOW + 1 };
  await put(tx, 'card', 'c1', { ...card, kind: 'ask' });
  await put(tx, 'card', 'c2', { ...card, kind: 'digest' });
  await put(tx, 'card', 'c3', { ...card, kind: 'ask', digestId: 'c2' });
}

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

describeDatabase('queries', () => {
  it('answer from the rows of one company', async () => {
    await using store = await openStore();
    for (const tenant of ['t1', 't2']) await as(store, tenant, tell);
    await as(store, 't1', async ({ queries }) => {
      expect(ids(await queries.openOpportunities('c'))).toEqual(['deal']);
      expect(ids(await queries.recentMessages('chat', 2, { id: 'm3', sentAt: NOW + 3 }))).toEqual(['m1', 'm2']);
      expect(ids(await queries.recentMessages('chat', 2))).toEqual(['m2', 'm3']);
      expect(ids(await queries.movesOf('lina', NOW, NOW + 3))).toEqual(['s1', 's3']);
      expect(ids(await queries.movesOf('lina', NOW + 1, NOW + 2))).toEqual([]);
      expect(await queries.pushesSince('lina', NOW)).toBe(1);
      expect(await queries.pushesSince('lina', NOW + 2)).toBe(0);
      expect((await queries.lastAct({ opportunityId: 'deal' }, 'quote', NOW))?.id).toBe('d2');
      expect((await queries.lastAct({ leadId: 'lead' }, 'quote', NOW))?.id).toBe('d3');
      expect(await queries.lastAct({ opportunityId: 'deal' }, 'quote', NOW + 6)).toBeNull();
      expect(await queries.ruleRecord('quote', 10)).toEqual({ judged: 4, wrong: 2 });
      expect(await queries.ruleRecord('quote', 1)).toEqual({ judged: 1, wrong: 1 });
    });
  });

  it('find nothing in a company that has nothing', async () => {
    await using store = await openStore();
    await as(store, 't1', tell);
    await as(store, 't2', async ({ queries }) => {
      expect(await queries.openOpportunities('c')).toEqual([]);
      expect(await queries.recentMessages('chat', 5)).toEqual([]);
      expect(await queries.movesOf('lina', 0, NOW + 9)).toEqual([]);
      expect(await queries.pushesSince('lina', 0)).toBe(0);
      expect(await queries.lastAct({ opportunityId: 'deal' }, 'quote', 0)).toBeNull();
      expect(await queries.ruleRecord('quote', 10)).toEqual({ judged: 0, wrong: 0 });
    });
  });
});
