/** Colleagues are greeted once: whom, when, and what the card says. */
import { expect, it } from 'vitest';
import { cardAsText } from '../../src/crm/card/faces/as-text.ts';
import { drawCard } from '../../src/crm/card/faces/draw-card.ts';
import { countUngreeted, greetEverybody, greetNewcomers, SET_UP, spareGreetings } from '../../src/crm/staff/greet.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { NOW } from '../store/open-store.ts';
import { describeDatabase } from '../support/services/database.ts';
import { type Office, openOffice } from './office.ts';

/** The transaction at another hour, or of accounts in another state. */
const like = (tx: Tx, given: Partial<Tx>): Tx => ({ ...tx, ...given });
const at = (time: string) => Date.parse(`${time}:00+08:00`);

const leaving = (office: Office) =>
  office.store.unitOfWork.read(async (session) => {
    const rows = await session.query<{ available_at: number | string }>(
      'SELECT available_at FROM outbox_order ORDER BY id',
    );
    return rows.map((row) => Number(row.available_at));
  });

const setUp = (tx: Tx) => tx.setting.insert({ id: SET_UP, value: 'true', updatedAt: tx.now });

describeDatabase('greeting', () => {
  it('reaches everybody who is at work and on a connected account, once', async () => {
    await using office = await openOffice();
    const lina = await office.employ('李娜');
    await office.employ('王强');
    await office.employ('已离职', { active: false });
    await office.employ('不在平台', { reads: false });
    expect(await office.run(countUngreeted)).toBe(2);
    expect(await office.run((tx) => greetEverybody(like(tx, { runsShort: () => true })))).toBe(0);
    expect(await office.run((tx) => greetEverybody(like(tx, { guideOf: () => null })))).toBe(0);
    expect(await office.run(greetEverybody)).toBe(2);
    expect(await office.run(greetEverybody)).toBe(0);
    expect((await office.cards({ kind: 'greeting' })).length).toBe(2);
    expect((await leaving(office)).length).toBe(2);
    // It is no question that waits for them, and takes nothing from the day's cards.
    const pushes = await office.run((tx) => tx.queries.pushesSince(lina, 0));
    expect(pushes).toBe(0);
  });

  it.each([
    ['on a working morning before nine', '2026-11-23T07:00', '2026-11-23T09:00'],
    ['within working hours', '2026-11-23T14:00', 'at once'],
    ['in the evening', '2026-11-23T21:00', '2026-11-24T09:00'],
    ['on a Friday night', '2026-11-27T23:30', '2026-11-30T09:00'],
    ['on a Saturday', '2026-11-28T10:00', '2026-11-30T09:00'],
    ['in a holiday week', '2026-10-02T10:00', '2026-10-08T09:00'],
  ])('a newcomer found %s hears at an hour at which people work', async (_, found, heard) => {
    await using office = await openOffice();
    await office.employ('新同事');
    await office.run(setUp);
    expect(await office.run((tx) => greetNewcomers(like(tx, { now: at(found) })))).toBe(1);
    const [leaves] = await leaving(office);
    expect(leaves).toBe(heard === 'at once' ? NOW : at(heard));
  });

  it('newcomers wait until set-up is finished', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    expect(await office.run(greetNewcomers)).toBe(0);
    await office.run(setUp);
    expect(await office.run(greetNewcomers)).toBe(1);
  });

  it('whom nobody wanted greeted hears nothing by itself, and only when somebody sends it after all', async () => {
    await using office = await openOffice();
    await office.employ('李娜');
    await office.run(setUp);
    await office.run(spareGreetings);
    await office.employ('新同事');
    expect(await office.run(greetNewcomers)).toBe(1);
    expect(await office.run(countUngreeted)).toBe(1);
    expect(await office.run(greetEverybody)).toBe(1);
    expect(await office.run(greetEverybody)).toBe(0);
  });

  it('says what is theirs, how words arrive, and whom to follow up first; supervisors hear one line more', async () => {
    await using office = await openOffice();
    const chen = await office.employ('陈总监');
    const lina = await office.employ('李娜', { supervisorId: chen });
    const customer = await office.customer('宁波恒锐', lina);
    for (const name of ['一号', '二号', '三号', '四号']) await office.deal(customer, name, lina, 'qualified');
    await office.run(greetEverybody);
    const faces = await office.run(async (tx) => {
      const cards = await tx.card.list({ kind: 'greeting' });
      const drawn = await Promise.all(
        cards.map(async (card) => [card.staffId, cardAsText(await drawCard(tx, card))] as const),
      );
      return new Map(drawn);
    });
    const hers = faces.get(lina) ?? '';
    expect(hers).toMatch(/^【李娜，你好，我是聊单】/);
    expect(hers).toMatch(/你的客户：1 位\n/);
    expect(hers).toMatch(
      /客户的话怎么到我这里：\n· 把客户的话发给我。\n今天先跟进：\n1\. .*\n2\. .*\n3\. .*\n发“帮助”/,
    );
    expect(hers).not.toMatch(/4\. |你带团队|页面在哪里/);
    const his = faces.get(chen) ?? '';
    expect(his).toMatch(/你名下还没有客户\n发“新建客户/);
    expect(his).toMatch(/你带团队.*绑定 主管群/);
    expect(his).not.toMatch(/今天先跟进/);
  });
});
