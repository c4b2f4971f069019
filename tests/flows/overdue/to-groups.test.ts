// Alerts in a group: counts, not more often than every hour, never where outsiders read, and nothing lost without a group.

import { expect, it } from 'vitest';
import { takeBackGroupCard } from '../../../src/crm/alert/take-back.ts';
import { receiveBotMembership } from '../../../src/crm/chat/bot-membership.ts';
import { nameOutlets } from '../../../src/crm/chat/name-outlets.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { ACCOUNT, type Floor, HOUR_MS, MINUTE_MS, openFloor } from './floor.ts';

const GROUP = { toKind: 'group', level: 3 } as const;
const cardsOf = (floor: Floor) => floor.cards({ kind: 'group_alert' });

const bind = (floor: Floor, chatId: string) =>
  floor.run(async (tx) => {
    await tx.namedGroup.remove({ id: 'supervisors' });
    await tx.namedGroup.insert({ id: 'supervisors', chatId, boundBy: 'somebody', boundAt: tx.now });
  });

describeDatabase('alerts in the supervisors’ group', () => {
  it('wait for a group; the administrator is told once how to name one', async () => {
    await using floor = await openFloor();
    const lina = await floor.employ('李娜');
    await floor.employ('陈总监', 'admin');
    for (let n = 0; n < 3; n += 1) {
      await floor.alert(await floor.deal(`轴承 ${n}`, lina), 'supervisors', GROUP);
      expect(await floor.show()).toBe(0);
      floor.at += HOUR_MS;
    }
    const told = await floor.texts();
    expect(told).toHaveLength(1);
    expect(told[0]?.to).toBe('陈总监');
    expect(told[0]?.text).toMatch(/还没有说哪个群是主管群。.*绑定 主管群.*都留着/);

    await bind(floor, await floor.group('华东主管'));
    floor.at += HOUR_MS;
    expect(await floor.show()).toBe(1);
    const [card] = await cardsOf(floor);
    expect([card?.addressId, card?.staffId]).toEqual(['华东主管', '']);
    const face = await floor.face(card);
    expect(face.title).toBe('3 个商机停留太久');
    expect(face.words).toContain('{"label":"需求确认","value":"3 个"}');
    expect(face.words).not.toMatch(/轴承|李娜/);
    expect(face.buttons).toEqual([]);
  });

  it('are no longer sent where the bot was taken out, which is told', async () => {
    await using floor = await openFloor();
    await floor.employ('陈总监', 'admin');
    await bind(floor, await floor.group('华东主管'));
    const by = { id: '王强', tenant: null, internal: true };
    const chat = { id: '华东主管', kind: 'group' } as const;
    await floor.run((tx) =>
      receiveBotMembership(tx, ACCOUNT, {
        type: 'bot_removed',
        eventId: 'e1',
        chat,
        by,
        chatName: null,
        external: false,
        at: tx.now,
      }),
    );
    expect(await floor.run((tx) => tx.namedGroup.get('supervisors'))).toBeNull();
    expect((await floor.texts()).map(({ text }) => text)).toEqual([expect.stringMatching(/发不到主管群.*绑定 主管群/)]);
  });

  it('are one card an hour: it grows where it can, else the next ones wait for the next', async () => {
    await using floor = await openFloor();
    const lina = await floor.employ('李娜');
    await bind(floor, await floor.group('华东主管'));
    const another = async (name: string) => {
      await floor.alert(await floor.deal(name, lina), 'supervisors', GROUP);
      return floor.show();
    };
    expect(await another('一')).toBe(1);
    floor.at += 10 * MINUTE_MS;
    expect(await another('二')).toBe(1);
    expect(await cardsOf(floor)).toHaveLength(1);
    expect((await floor.face((await cardsOf(floor))[0])).title).toBe('2 个商机停留太久');

    floor.updates = 'once';
    expect(await another('三')).toBe(0);
    floor.at += 49 * MINUTE_MS;
    expect(await floor.show()).toBe(0);
    floor.at += MINUTE_MS;
    expect(await floor.show()).toBe(1);
    expect(await cardsOf(floor)).toHaveLength(2);
  });

  it('name people where the policy says so', async () => {
    await using floor = await openFloor();
    floor.active = activate(1, `${starterDocument()}\nalerts: { group: names }\n`);
    const lina = await floor.employ('李娜');
    await bind(floor, await floor.group('华东主管'));
    await floor.alert(await floor.deal('轴承座 500 套', lina), 'supervisors', GROUP);
    await floor.show();
    expect((await floor.face((await cardsOf(floor))[0])).words).toMatch(/轴承座 500 套（.*李娜）：需求确认，已停留/);
  });

  it('go nowhere once an outsider is there, or the card cannot go out; they come again when the group is named anew', async () => {
    await using floor = await openFloor();
    const lina = await floor.employ('李娜');
    await floor.employ('陈总监', 'manager');
    const first = await floor.group('华东主管');
    await bind(floor, first);
    await floor.run((tx) => tx.chat.update({ id: first }, { external: true }));
    await floor.alert(await floor.deal('轴承', lina), 'supervisors', GROUP);
    expect(await floor.show()).toBe(0);
    expect((await floor.texts()).at(-1)?.text).toMatch(/主管群里有公司以外的人/);

    await bind(floor, await floor.group('全国主管'));
    floor.at += HOUR_MS;
    expect(await floor.show()).toBe(1);
    const [lost] = await cardsOf(floor);
    await floor.run((tx) => takeBackGroupCard(tx, lost?.id ?? ''));
    expect(await floor.run((tx) => tx.namedGroup.get('supervisors'))).toBeNull();
    expect((await floor.texts()).at(-1)?.text).toMatch(/发不到主管群.*绑定 主管群/);
    expect((await floor.alerts()).map(({ state }) => state)).toEqual(['waiting']);
    const told = (await floor.texts()).length;
    floor.at += HOUR_MS;
    expect(await floor.show()).toBe(0);
    expect(await floor.texts()).toHaveLength(told);

    await bind(floor, await floor.group('西南主管'));
    floor.at += HOUR_MS;
    expect(await floor.show()).toBe(1);
    expect((await cardsOf(floor)).at(-1)?.addressId).toBe('西南主管');
  });
});

describeDatabase('a group that can only be written to', () => {
  it('is the supervisors’ when the settings call it so, and takes no other’s place', async () => {
    await using floor = await openFloor();
    const lina = await floor.employ('李娜');
    const outlets = [
      { name: '销售日报群', chatId: 'webhook:销售日报群' },
      { name: '主管群', chatId: 'webhook:主管群' },
    ];
    await floor.run((tx) => nameOutlets(tx, ACCOUNT, outlets));
    await floor.alert(await floor.deal('轴承', lina), 'supervisors', GROUP);
    expect(await floor.show()).toBe(1);
    expect((await cardsOf(floor))[0]?.addressId).toBe('webhook:主管群');

    const chosen = await floor.group('华东主管');
    await bind(floor, chosen);
    await floor.run((tx) => nameOutlets(tx, ACCOUNT, outlets));
    expect((await floor.run((tx) => tx.namedGroup.get('supervisors')))?.chatId).toBe(chosen);
  });
});
