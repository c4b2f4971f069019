// Many chats of one salesperson at once, on all lanes: nothing is set aside, nothing is counted twice.

import { expect, it } from 'vitest';
import { settled } from '../../sandbox/flows/flow.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const CHATS = 12;

describeDatabase('a crowd', () => {
  const open = useSandbox();

  it('of strangers and of chats about one deal: one lead each, one move, one digest, no more cards than the cap', async () => {
    const sandbox = await open({ platform: { receiverQps: 0 } });
    const { platform, company, app } = sandbox;
    const [deal] = await app.look((tx) => tx.opportunity.list({ id: company.deals.bearing }));
    const groups = Array.from({ length: CHATS }, (_, i) => {
      const person = platform.world.addPerson({ name: `客户${i}`, company: `公司${i}` });
      const chat = platform.world.createGroup({ name: `第${i}群`, members: [company.staff.lina, person] });
      platform.addBotToGroup(chat, company.staff.lina);
      return { person, chat };
    });
    await settled(sandbox);
    // Half of the chats are about the one deal of 恒锐, the others are of strangers.
    await app.transact(async (tx) => {
      for (const { chat } of groups.slice(0, CHATS / 2))
        await tx.chat.update({ externalId: chat.chatId }, { customerId: deal?.customerId ?? '' });
    });
    for (const text of ['你好', '帮我报下价', '报价啥时候能出', '合同什么时候能签'])
      for (const { person, chat } of groups) platform.say(person, chat, text, { flaws: { copies: 2 } });
    await settled(sandbox, 25_000);
    expect(await app.database.inbox.dead(5)).toEqual([]);
    const { leads, moves, cards, messages } = await app.look(async (tx) => ({
      leads: await tx.lead.list({}),
      moves: await tx.stageChange.list({ opportunityId: company.deals.bearing }),
      cards: await tx.card.list({}),
      messages: await tx.message.list({}),
    }));
    expect(messages).toHaveLength(CHATS * 4);
    expect(leads.map(({ status }) => status)).toEqual(Array(CHATS / 2).fill('converted'));
    expect(moves.map(({ toStage }) => toStage)).toEqual(['quoted']);
    expect(cards.filter(({ kind }) => kind === 'digest')).toHaveLength(1);
    expect(cards.filter(({ kind, digestId }) => kind !== 'digest' && digestId === null).length).toBeLessThanOrEqual(5);
  });
});
