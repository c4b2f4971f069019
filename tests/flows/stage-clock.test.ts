// Wherever a deal or lead is made, moved, closed, put back or handed over, its clock follows; what is said and noted begins a new round.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { noteAbout } from '../../src/crm/ask/take-note.ts';
import { convertLead } from '../../src/crm/lead/convert-lead.ts';
import { receiveMessage } from '../../src/crm/message/receive-message.ts';
import { advanceStage } from '../../src/crm/opportunity/advance-stage.ts';
import { openDeal } from '../../src/crm/opportunity/open-deal.ts';
import { undoStage } from '../../src/crm/opportunity/undo-stage.ts';
import { handOver } from '../../src/crm/staff/hand-over.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { starterDocument } from '../../src/policies.ts';
import { type Firm, HOUR, MONDAY, openFirm, PEOPLE, policyWith } from '../store/clock/firm.ts';
import { describeDatabase } from '../support/services/database.ts';
import { said } from './office.ts';

const ACCOUNT = 'a-1';
const at = (local: string) => Date.parse(`2026-11-${local}:00+08:00`);
const local = (instant: number | null | undefined) =>
  instant == null ? instant : new Date(instant + 8 * HOUR).toISOString().slice(8, 16);

describeDatabase('the clock of a deal', () => {
  let firm: Firm;
  let tenantId: string;
  beforeAll(async () => {
    firm = await openFirm(policyWith(1, { signals: parse(starterDocument()).signals }));
  });
  afterAll(() => firm[Symbol.asyncDispose]());

  async function begin(): Promise<void> {
    firm.now = MONDAY;
    tenantId = await firm.newCompany();
    await within((tx) =>
      tx.staffIdentity.insert({ id: 'i', accountId: ACCOUNT, externalId: 'lina', staffId: PEOPLE.sales }),
    );
  }
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => firm.within(tenantId, work);

  /** Somebody writes in the customers' group: 周工 of the customer, or Li Na. */
  async function says(when: string, who: 'zhou' | 'lina', text: string): Promise<void> {
    firm.now = at(when);
    const sender = { id: who, tenant: null, internal: who === 'lina' };
    const chatName = '宁波恒锐';
    await within((tx) => receiveMessage(tx, ACCOUNT, said('group', who, text, { sender, sentAt: firm.now, chatName })));
  }
  const clocks = () => within((tx) => tx.stageClock.list({}));
  async function only() {
    const [clock, ...more] = await clocks();
    expect(more).toEqual([]);
    return (
      clock && { subject: clock.subject, stage: clock.stage, from: local(clock.fromAt), next: local(clock.nextAt) }
    );
  }
  async function adopted(): Promise<string> {
    await begin();
    await says('23T10:00', 'zhou', '你好，想了解一下');
    const [lead] = await within((tx) => tx.lead.list({}));
    const deal = await within((tx) => convertLead(tx, lead?.id ?? ''));
    return deal?.id ?? '';
  }
  async function move(dealId: string, toStage: string): Promise<string> {
    return within(async (tx) => {
      const opportunity = await tx.opportunity.get(dealId);
      if (!opportunity) throw new Error('no such deal');
      const by = { cause: 'manual', staffId: PEOPLE.sales, evidence: null, accountId: ACCOUNT } as const;
      const moved = await advanceStage(tx, { opportunity, toStage, ...by });
      if (!moved.ok) throw new Error(moved.reason);
      return moved.change.id;
    });
  }

  it('a lead waits for an answer, and again when the customer writes once more; as a deal it counts anew', async () => {
    await begin();
    await says('23T10:00', 'zhou', '你好，想了解一下');
    expect(await only()).toEqual({ subject: 'lead', stage: 'lead', from: '23T10:00', next: '23T12:00' });
    // Asking again makes it no less late.
    await says('23T10:30', 'zhou', '在吗');
    expect(await only()).toMatchObject({ next: '23T12:00' });
    await says('23T11:00', 'lina', '您好，在的');
    expect(await only()).toMatchObject({ from: '23T11:00', next: null });
    await says('23T14:00', 'zhou', '你们主要做什么');
    expect(await only()).toMatchObject({ from: '23T14:00', next: '23T16:00' });
    firm.now = at('23T15:00');
    const [lead] = await within((tx) => tx.lead.list({}));
    await within((tx) => convertLead(tx, lead?.id ?? ''));
    expect(await only()).toEqual({ subject: 'deal', stage: 'contacted', from: '23T15:00', next: '24T15:00' });
  });

  it('follows the deal through its stages, back, to its end and back again', async () => {
    const deal = await adopted();
    firm.now = at('23T11:00');
    const first = await move(deal, 'qualified');
    expect(await only()).toMatchObject({ stage: 'qualified', from: '23T11:00', next: '26T11:00' });
    await says('23T14:00', 'zhou', '好的，收到');
    await says('23T14:00', 'lina', '不客气');
    expect(await only()).toMatchObject({ from: '23T14:00', next: '26T14:00' });
    firm.now = at('23T15:00');
    await within((tx) => undoStage(tx, { changeId: first, staffId: PEOPLE.sales }));
    // Not since it was entered: they have talked since.
    expect(await only()).toMatchObject({ stage: 'contacted', from: '23T14:00', next: '24T14:00' });
    const lost = await move(deal, 'lost');
    expect(await clocks()).toEqual([]);
    await within((tx) => undoStage(tx, { changeId: lost, staffId: PEOPLE.sales }));
    expect(await only()).toMatchObject({ stage: 'contacted', from: '23T14:00' });
  });

  it('words and notes end what was told; within a minute nothing is written', async () => {
    await adopted();
    firm.now = at('24T10:00');
    await firm.sweep(tenantId);
    await says('24T10:30', 'zhou', '好的，收到');
    const alerts = await within((tx) => tx.alert.list({}));
    expect(new Set(alerts.map(({ state, outcome }) => `${state} ${outcome}`))).toEqual(
      new Set(['over 客户有新消息，重新计时']),
    );
    const [before] = await clocks();
    firm.now += 59_000;
    await within(async (tx) => {
      const chat = { sender: { id: 'zhou', tenant: null, internal: false }, sentAt: firm.now };
      await receiveMessage(tx, ACCOUNT, said('group', 'zhou', '嗯嗯', chat));
    });
    expect(await clocks()).toEqual([before]);
    firm.now = at('24T16:00');
    const customerId = before?.customerId ?? '';
    await within(async (tx) => {
      const [owner] = await tx.opportunity.list({ customerId });
      const staff = await tx.staff.get(owner?.ownerId ?? '');
      if (staff) await noteAbout(tx, staff, customerId, '电话沟通了规格');
    });
    expect(await only()).toMatchObject({ from: '24T16:00', next: '25T16:00' });
  });

  it('a quote is to go out within a day; sent by words or in the CRM, three days count from then', async () => {
    const deal = await adopted();
    firm.now = at('23T11:00');
    await move(deal, 'quoted');
    expect(await only()).toMatchObject({ stage: 'quoted', from: '23T11:00', next: '24T11:00' });
    await says('23T15:00', 'zhou', '好的，收到');
    expect(await only()).toMatchObject({ from: '23T11:00', next: '24T11:00' });
    await says('23T16:00', 'lina', '报价单发您邮箱了');
    expect(await only()).toMatchObject({ from: '23T16:00', next: '26T16:00' });
    await says('24T09:30', 'zhou', '好的，收到');
    expect(await only()).toMatchObject({ from: '24T09:30', next: '27T09:30' });
  });

  it('whoever takes a deal over has the whole time, and the owner of before is told no more', async () => {
    await adopted();
    firm.now = at('24T10:00');
    await firm.sweep(tenantId);
    firm.now = at('24T11:00');
    const [owner] = await within((tx) => tx.opportunity.list({}));
    const fromId = owner?.ownerId ?? '';
    await within((tx) => handOver(tx, { fromId, toId: PEOPLE.engineer, actorId: null }));
    expect(await only()).toMatchObject({ from: '24T11:00', next: '25T11:00' });
    const alerts = await within((tx) => tx.alert.list({}));
    expect(new Set(alerts.map(({ state, outcome }) => `${state} ${outcome}`))).toEqual(new Set(['over 已交接给周工']));
  });

  it('with several deals the words belong to the one that the chat is about', async () => {
    const first = await adopted();
    const [known] = await within((tx) => tx.opportunity.list({}));
    const { customerId = '', ownerId = '' } = known ?? {};
    const second = await within((tx) => openDeal(tx, { customerId, name: '二期', ownerId }));
    await within((tx) => tx.chat.update({ customerId }, { opportunityId: second.id }));
    await says('23T11:00', 'zhou', '好的，收到');
    const from = async (id: string) => local((await firm.clock(tenantId, id))?.fromAt);
    expect([await from(first), await from(second.id)]).toEqual(['23T10:00', '23T11:00']);
    await within((tx) => tx.chat.update({ customerId }, { opportunityId: null }));
    await says('23T14:00', 'zhou', '好的，收到');
    expect([await from(first), await from(second.id)]).toEqual(['23T14:00', '23T14:00']);
  });
});
