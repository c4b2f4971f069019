/** When somebody goes: whoever stands above them is told, and everything passes to another with its history. */
import { expect, it } from 'vitest';
import type { StaffLeftEvent } from '../../src/channel/event.ts';
import { openCard } from '../../src/crm/card/open-card.ts';
import { addMoved, finishHandOver, type HandOver, handOver, nothingMoved } from '../../src/crm/staff/hand-over.ts';
import { staffLeft } from '../../src/crm/staff/staff-left.ts';
import { NOW } from '../store/open-store.ts';
import { describeDatabase } from '../support/services/database.ts';
import { ACCOUNT, type Office, openOffice } from './office.ts';

const textsTo = async (office: Office, name: string): Promise<string[]> => {
  const rows = await office.store.unitOfWork.read((session) =>
    session.query<{ payload: string }>('SELECT payload FROM outbox_order ORDER BY id'),
  );
  return rows
    .map(({ payload }) => JSON.parse(payload) as { kind: string; to?: { id: string }; text?: string })
    .filter(({ kind, to }) => kind === 'text.send' && to?.id === name)
    .map(({ text }) => text ?? '');
};

/** 李娜, who has everything, below 陈总监; 王强, who takes it. */
async function openTeam() {
  const office = await openOffice();
  const chen = await office.employ('陈总监', { role: 'manager' });
  const lina = await office.employ('李娜', { supervisorId: chen });
  const wang = await office.employ('王强', { supervisorId: chen });
  const customer = await office.customer('恒锐机电', lina);
  const deal = await office.deal(customer, '恒锐 轴承座', lina, 'quoted');
  const won = await office.deal(customer, '恒锐 老订单', lina, 'fulfilling');
  const group = await office.group('恒锐群', { addedBy: lina, customerId: customer });
  await office.run(async (tx) => {
    await tx.opportunity.update({ id: won }, { status: 'won', closedAt: NOW });
    const activity = {
      customerId: customer,
      opportunityId: deal,
      staffId: lina,
      kind: 'note',
      text: '谈了价格',
    } as const;
    await tx.activity.insert({ id: tx.newId(), ...activity, at: NOW, createdAt: NOW });
    await openCard(tx, {
      kind: 'ask',
      staffId: lina,
      accountId: ACCOUNT,
      subject: `opportunity:${deal}`,
      data: { opportunityId: deal, toStage: 'sampling', why: '客户问样品' },
      actions: [{ kind: 'advance', targetId: deal }, { kind: 'ignore' }],
    });
  });
  return { office, chen, lina, wang, customer, deal, won, group };
}

async function handOverAll({ office }: { office: Office }, input: HandOver) {
  let moved = nothingMoved;
  for (let more = true; more; ) {
    const step = await office.run((tx) => handOver(tx, input));
    if (!step.ok) return step;
    moved = addMoved(moved, step.moved);
    more = step.more;
  }
  await office.run((tx) => finishHandOver(tx, input, moved));
  return { ok: true as const, moved };
}

describeDatabase('a hand-over', () => {
  it('moves customers, open deals, leads, chats and questions, keeps what happened, and tells who received it', async () => {
    const team = await openTeam();
    await using office = team.office;
    const { lina, wang, customer, deal, won, group } = team;
    const result = await handOverAll(team, { fromId: lina, toId: wang, actorId: null });
    expect(result).toEqual({ ok: true, moved: { customers: 1, deals: 1, leads: 0, chats: 1, cards: 1 } });
    await office.run(async (tx) => {
      expect(await tx.customer.get(customer)).toMatchObject({ ownerId: wang });
      expect(await tx.opportunity.get(deal)).toMatchObject({ ownerId: wang, stage: 'quoted', status: 'open' });
      expect(await tx.opportunity.get(won)).toMatchObject({ ownerId: lina });
      expect(await tx.chat.get(group)).toMatchObject({ addedByStaffId: wang });
      expect(await tx.activity.list({ customerId: customer })).toMatchObject([{ staffId: lina, text: '谈了价格' }]);
      expect(await tx.auditEntry.list({ action: 'customer.owner', entityId: customer })).toMatchObject([
        { action: 'customer.owner', detail: { from: lina, to: wang } },
      ]);
      expect(await tx.auditEntry.find({ action: 'staff.handed_over' })).toMatchObject({ entityId: lina });
    });
    const cards = await office.cards({ kind: 'ask' });
    expect(cards.map(({ staffId, status, outcome }) => ({ staffId, status, outcome }))).toEqual([
      { staffId: lina, status: 'closed', outcome: '已交接给王强' },
      { staffId: wang, status: 'open', outcome: null },
    ]);
    await office.tap('王强', cards[1], 'advance');
    expect(await office.run((tx) => tx.opportunity.get(deal))).toMatchObject({ stage: 'sampling', ownerId: wang });
    expect(await textsTo(office, '王强')).toEqual([
      expect.stringContaining('李娜 名下的1 位客户、1 个进行中的商机已交接给你'),
    ]);
  });

  it('of more than one step goes on where it stopped', async () => {
    const team = await openTeam();
    await using office = team.office;
    const { lina, wang } = team;
    await office.run(async (tx) => {
      for (let i = 0; i < 620; i += 1)
        await tx.customer.insert({
          id: tx.newId(),
          name: `客户${i}`,
          ownerId: lina,
          createdAt: NOW,
          withdrawnAt: null,
        });
    });
    const input = { fromId: lina, toId: wang, actorId: null };
    expect(await office.run((tx) => handOver(tx, input))).toMatchObject({ moved: { customers: 500 }, more: true });
    expect(await office.run((tx) => handOver(tx, input))).toMatchObject({
      moved: { customers: 121, deals: 0 },
      more: false,
    });
    expect(await office.run((tx) => tx.customer.list({ ownerId: lina }))).toEqual([]);
  });

  it('is refused to oneself and to who has left', async () => {
    const team = await openTeam();
    await using office = team.office;
    const { lina, wang } = team;
    await office.run((tx) => tx.staff.update({ id: wang }, { active: false }));
    const asked = (toId: string) => office.run((tx) => handOver(tx, { fromId: lina, toId, actorId: null }));
    expect(await asked(lina)).toEqual({ ok: false, reason: 'same_person' });
    expect(await asked(wang)).toEqual({ ok: false, reason: 'taker_inactive' });
    expect(await asked('nobody')).toEqual({ ok: false, reason: 'not_found' });
  });

  it('is asked of the supervisor when somebody leaves who has something, once', async () => {
    const team = await openTeam();
    await using office = team.office;
    const left = (id: string): StaffLeftEvent => ({
      type: 'staff_left',
      eventId: id,
      person: { id, tenant: null, internal: true },
      at: NOW,
    });
    for (const name of ['李娜', '李娜', '王强']) await office.run((tx) => staffLeft(tx, ACCOUNT, left(name)));
    const [text, ...more] = await textsTo(office, '陈总监');
    expect(more).toEqual([]);
    expect(text).toContain('李娜 已离职或停用，名下还有1 位客户、1 个进行中的商机');
    expect(text).toContain('npm run crm -- staff handover 李娜');
    expect(await office.run((tx) => tx.staff.get(team.lina))).toMatchObject({ active: false });
  });
});
