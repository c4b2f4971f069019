// Alerts to colleagues: one card with all of them, their hours, their wishes, the day's cap, and nothing twice.

import { expect, it } from 'vitest';
import { endAlerts } from '../../../src/crm/alert/end-alerts.ts';
import { decideTap } from '../../../src/crm/card/decide-tap.ts';
import { holdClock } from '../../../src/crm/clock/hold-clock.ts';
import type { CardActionKind } from '../../../src/crm/rows/cards.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { ACCOUNT, HOUR_MS, MINUTE_MS, openFloor, TUESDAY_TEN } from './floor.ts';

describeDatabase('alerts to colleagues', () => {
  it('are one card, with as many buttons as every platform has places for', async () => {
    await using floor = await openFloor();
    const lina = await floor.employ('李娜');
    const seen: [number, readonly string[]][] = [];
    for (const count of [1, 2, 3, 4, 8]) {
      for (let n = 0; n < count; n += 1)
        await floor.alert(await floor.deal(`轴承 ${count}.${n}`, lina), lina, { level: count });
      expect(await floor.show()).toBe(1);
      const card = (await floor.cards({ kind: 'alert' })).at(-1);
      const face = await floor.face(card);
      seen.push([count, face.buttons]);
      expect(face.words.includes('另有 2 条')).toBe(count === 8);
      floor.at += MINUTE_MS;
    }
    const [alone, two, three, four, eight] = seen.map(([, buttons]) => buttons);
    expect(alone).toEqual(['我来跟进', '推进到「报价发送」', '延 3 个工作日']);
    expect(two).toEqual(['我来跟进', '推进到「报价发送」', '我来跟进', '推进到「报价发送」']);
    expect(three).toHaveLength(6);
    expect(four).toEqual(Array(4).fill('我来跟进'));
    expect(eight).toEqual(Array(6).fill('我来跟进'));
    expect(await floor.show()).toBe(0);
    expect(await floor.cards({ kind: 'alert' })).toHaveLength(5);
  });

  it('above the cap of the day go onto the open card where it can grow, else into the digest; who wants the digest gets them there', async () => {
    await using floor = await openFloor();
    const [lina, hans] = [await floor.employ('李娜'), await floor.employ('韩松')];
    for (let n = 0; n < 7; n += 1) {
      await floor.alert(await floor.deal(`齿轮 ${n}`, lina), lina);
      await floor.show();
      floor.at += MINUTE_MS;
    }
    const cards = await floor.cards({ kind: 'alert', staffId: lina });
    expect(cards).toHaveLength(5);
    expect((await floor.face(cards.at(-1))).title).toBe('3 个商机停留太久');

    floor.updates = 'once';
    await floor.alert(await floor.deal('齿轮 8', lina), lina);
    await floor.show();
    const late = (await floor.cards({ kind: 'alert', staffId: lina })).at(-1);
    const [digest] = await floor.cards({ kind: 'digest', staffId: lina });
    expect(late?.digestId).toBe(digest?.id);
    expect((await floor.face(digest)).words).toContain('齿轮 8');

    await floor.run((tx) =>
      tx.staffPreference.insert({
        ...{ id: hans, quietFrom: null, quietTo: null, alerts: 'digest', morning: true, updatedAt: tx.now },
      }),
    );
    await floor.alert(await floor.deal('齿轮 9', hans), hans);
    await floor.show();
    expect((await floor.cards({ kind: 'alert', staffId: hans })).map(({ digestId }) => digestId !== null)).toEqual([
      true,
    ]);

    // The next day begins anew.
    floor.at += 24 * HOUR_MS;
    await floor.alert(await floor.deal('齿轮 10', lina), lina);
    await floor.show();
    expect((await floor.cards({ kind: 'alert', staffId: lina })).at(-1)?.digestId).toBeNull();
  });

  it('wait for the end of quiet hours and of leave, and come once', async () => {
    await using floor = await openFloor();
    const [lina, hans] = [await floor.employ('李娜'), await floor.employ('韩松')];
    const until = TUESDAY_TEN + 26 * HOUR_MS;
    await floor.run((tx) =>
      tx.leaveTime.insert({
        ...{ id: tx.newId(), staffId: hans, fromAt: tx.now - HOUR_MS, untilAt: until },
        ...{ createdBy: hans, createdAt: tx.now, endedAt: null },
      }),
    );
    floor.at = TUESDAY_TEN + 12 * HOUR_MS;
    const deal = await floor.deal('法兰', lina);
    for (const to of [lina, hans]) await floor.alert(deal, to);
    expect(await floor.show()).toBe(0);
    expect(await floor.cards({ kind: 'alert' })).toEqual([]);
    floor.at = Date.parse('2026-11-25T08:30:00+08:00');
    expect(await floor.show()).toBe(1);
    expect((await floor.cards({ kind: 'alert' })).map(({ staffId }) => staffId)).toEqual([lina]);
    floor.at = until;
    expect(await floor.show()).toBe(1);
    expect((await floor.alerts()).map(({ state }) => state)).toEqual(['shown', 'shown']);
  });

  it('say how the matter ended, also the one that was only waiting, and a later level takes the place of the earlier', async () => {
    await using floor = await openFloor();
    const [lina, chen] = [await floor.employ('李娜'), await floor.employ('陈总监', 'manager')];
    const deal = await floor.deal('阀体', lina);
    for (const to of [lina, chen]) await floor.alert(deal, to);
    await floor.show();
    await floor.alert(deal, lina, { level: 2 });
    await floor.show();
    const [first, second] = await floor.cards({ kind: 'alert', staffId: lina });
    expect([first?.status, first?.outcome]).toEqual(['closed', '又提醒了一次，请看新的卡片']);
    await floor.alert(deal, chen, { level: 3, showAt: floor.at + HOUR_MS });

    await floor.run((tx) => holdClock(tx, deal, lina, tx.now + HOUR_MS));
    expect((await floor.alerts()).every(({ state }) => state === 'over')).toBe(true);
    const [his] = await floor.cards({ kind: 'alert', staffId: chen });
    expect((await floor.face(his)).words).toContain('李娜正在跟进');
    expect((await floor.cards({ id: second?.id ?? '' }))[0]?.status).toBe('closed');
    floor.at += 2 * HOUR_MS;
    expect(await floor.show()).toBe(0);
    expect(await floor.run((tx) => endAlerts(tx, deal, '再来一次'))).toBe(0);
  });

  it('of somebody who reads nowhere go to who stands above them; with nobody there they wait', async () => {
    await using floor = await openFloor();
    const chen = await floor.employ('陈总监', 'manager');
    const gone = await floor.employ('周洋', 'sales', chen);
    await floor.run((tx) => tx.staff.update({ id: gone }, { active: false }));
    await floor.alert(await floor.deal('支架', gone), gone);
    expect(await floor.show()).toBe(1);
    expect((await floor.cards({ kind: 'alert' })).map(({ staffId }) => staffId)).toEqual([chen]);

    await floor.run((tx) => tx.staffIdentity.remove({ accountId: 'account-1' }));
    await floor.alert(await floor.deal('支架二', chen), chen);
    expect(await floor.show()).toBe(0);
    const [waiting] = await floor.alerts({ state: 'waiting' });
    expect(waiting?.showAt).toBe(floor.at + HOUR_MS);
  });
});

describeDatabase('taps on alerts', () => {
  it('are refused once the matter is over, also where the card could not be changed, and by who may not', async () => {
    await using floor = await openFloor();
    floor.updates = 'once';
    const chen = await floor.employ('陈总监', 'manager');
    const lina = await floor.employ('李娜', 'sales', chen);
    await floor.employ('韩松');
    const [first, second] = [await floor.deal('阀体', lina), await floor.deal('阀盖', lina)];
    for (const deal of [first, second]) for (const to of [lina, chen]) await floor.alert(deal, to);
    await floor.show();
    const tap = (person: string, deal: string, kind: CardActionKind) =>
      floor.run(async (tx) => {
        const staffId = person === '陈总监' ? chen : lina;
        const action = await tx.cardAction.find({ staffId, kind, targetId: deal });
        const tapper = { id: person, tenant: null, internal: true };
        const key = { eventId: tx.newId(), actionKey: action?.id ?? '', values: {}, messageId: 'm1', chatId: null };
        return (await decideTap(tx, ACCOUNT, { ...key, tapper })).notice;
      });
    expect(await tap('韩松', first, 'alert_follow')).toMatchObject({ tone: 'error' });
    expect(await tap('李娜', first, 'alert_follow')).toMatchObject({ tone: 'success' });
    expect(await tap('陈总监', first, 'alert_advance')).toMatchObject({ text: '李娜正在跟进，不用再处理。' });
    expect(await tap('陈总监', second, 'alert_advance')).toMatchObject({ tone: 'success' });
    const cards = await floor.cards({ kind: 'alert' });
    expect(cards.map(({ status, outcome }) => [status, outcome])).toEqual(
      Array(2).fill(['closed', '这些都有人处理了']),
    );
    const updates = await floor.database.unitOfWork.read((session) =>
      session.query<{ n: number | string }>(
        `SELECT COUNT(*) AS n FROM outbox_order WHERE payload LIKE '%card.update%'`,
      ),
    );
    // The one of the card that was tapped last is in the answer to the tap.
    expect(Number(updates[0]?.n)).toBe(1);
  });
});
