// 提醒我 … to the bot: a task of the customer it names, told at the hour it says; what is no time or is over is said.

import { expect, it } from 'vitest';
import { receiveMessage } from '../../../src/crm/message/receive-message.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { ACCOUNT, openOffice, said } from '../office.ts';

const active = activate(1, starterDocument());
/** A Tuesday. */
const NOW = Date.parse('2026-11-24T10:20:00+08:00');

describeDatabase('a reminder asked of the bot', () => {
  it('is kept and told, of whose customer it is', async () => {
    await using office = await openOffice();
    const [lina, wang] = [await office.employ('李娜'), await office.employ('王强')];
    const customerId = await office.customer('宁波恒锐机电', lina);
    await office.run((tx) => tx.customer.update({ id: customerId }, { createdAt: 1 }));
    const say = async (who: string, text: string) => {
      const sender = { id: who, tenant: null, internal: true };
      const event = said('', who, text, { sender, chat: { id: who, kind: 'direct' } });
      await office.run((tx) => receiveMessage({ ...tx, now: NOW, active }, ACCOUNT, event));
      return (await office.texts()).at(-1)?.text;
    };
    expect(await say('李娜', '提醒我明天下午三点给恒锐打电话')).toBe(
      '好的，明天 15:00 提醒你：给恒锐打电话（宁波恒锐机电）',
    );
    const [task] = await office.run((tx) => tx.task.list({ ownerId: lina }));
    expect(task).toMatchObject({ title: '给恒锐打电话', customerId, dueAt: Date.parse('2026-11-25T15:00:00+08:00') });
    expect(await office.run((tx) => tx.taskRing.get(task?.id ?? ''))).toMatchObject({ ringAt: task?.dueAt });

    // Somebody else's customer: a matter of their own; at night it waits for the morning.
    expect(await say('王强', '记得提醒我 今晚九点 问恒锐的近况')).toMatch(
      /^好的，今天 21:00 提醒你：问恒锐的近况\n.*明天 08:30 提醒/,
    );
    expect(await office.run((tx) => tx.task.list({ ownerId: wang }))).toMatchObject([{ customerId: null }]);
    expect(await say('李娜', '提醒我给恒锐打电话')).toMatch('什么时候提醒你');
    expect(await say('李娜', '提醒我今天上午九点打电话')).toMatch('已经过了');
    expect(await say('李娜', '提醒我明天上午')).toMatch('提醒你做什么');
    expect(await office.run((tx) => tx.task.list({ ownerId: lina }))).toHaveLength(1);
  });
});
