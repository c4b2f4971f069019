// Few cards, and buttons that only the right person can use, once.

import { expect, it } from 'vitest';
import { movesOf, settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const DAY_MS = 86_400_000;

async function speak(sandbox: Sandbox, text: string): Promise<void> {
  sandbox.platform.say(sandbox.company.customers.zhou, sandbox.company.chats.hengrui, text);
  await settled(sandbox);
}

/** Many customers of 李娜 asking at once: each is a question of its own. */
async function askManyQuestions(sandbox: Sandbox, count: number): Promise<void> {
  const { platform, company, app } = sandbox;
  for (let i = 1; i <= count; i += 1) {
    const person = platform.world.addPerson({ name: `客户${i}`, company: `公司${i}` });
    const chat = platform.world.createGroup({ name: `第${i}家公司`, members: [company.staff.lina, person] });
    platform.addBotToGroup(chat, company.staff.lina);
    platform.say(person, chat, '你好');
    await settled(sandbox);
    await app.transact(async (tx) => {
      const row = await tx.chat.find({ externalId: chat.chatId });
      expect(row?.leadId).toBeTruthy();
    });
  }
}

describeDatabase('cards', () => {
  const open = useSandbox();

  it('routine moves of a day share one card, which is updated and not sent again', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    await speak(sandbox, '帮我报下价');
    await speak(sandbox, '样品先寄两套过来');
    await speak(sandbox, '样品认可了，出合同吧');
    const cards = platform.cardsOf(company.staff.lina);
    expect(cards).toHaveLength(1);
    expect(cards[0]?.text).toMatch(/样品交付 → 合同签订[\s\S]*报价发送 → 样品交付[\s\S]*需求确认 → 报价发送/);
    // Only the last move can still be taken back.
    expect(cards[0]?.buttons).toEqual(['撤销']);
    expect(platform.journal.complaints).toEqual([]);
  });

  it('a new day has a card of its own', async () => {
    const sandbox = await open();
    await speak(sandbox, '帮我报下价');
    sandbox.advance(DAY_MS);
    await speak(sandbox, '样品先寄两套过来');
    expect(sandbox.platform.cardsOf(sandbox.company.staff.lina)).toHaveLength(2);
  });

  it('above the cap of a day, questions join the digest and can be answered there', async () => {
    const sandbox = await open({ platform: { receiverQps: 0 } });
    const { platform, company } = sandbox;
    await askManyQuestions(sandbox, 7);
    const cards = platform.cardsOf(company.staff.lina);
    expect(cards.filter((card) => card.text.includes('新线索'))).toHaveLength(5);
    const digest = cards.find((card) => card.text.includes('今日进展'));
    expect(digest?.text).toContain('第6家公司');
    expect(digest?.text).toContain('第7家公司');
    const tap = await platform.tap(company.staff.lina, digest?.messageId ?? '', '建为客户');
    expect(tap).toMatchObject({ ok: true, toast: { content: '已建为客户' } });
    // The matter is gone from the card; the customer it became can be chosen for the next one.
    expect(platform.card(digest?.messageId ?? '').text).not.toContain('客户6');
  });

  it('a tap by somebody it is not for is refused, privately and without effect', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    await speak(sandbox, '报价啥时候能出');
    const card = await platform.waitForCard(company.staff.lina, '要推进到');
    // Somebody else gets hold of the card in a shared chat.
    platform.world.message(card.messageId);
    platform.world.p2pChat(company.staff.lina).memberIds.add(company.staff.wangqiang.openId);
    platform.world.p2pChat(company.staff.lina).memberIds.add(company.customers.zhou.openId);
    const colleague = await platform.tap(company.staff.wangqiang, card.messageId, '推进到「报价发送」');
    expect(colleague).toMatchObject({
      ok: true,
      cardChanged: false,
      toast: { type: 'error', content: expect.stringContaining('李娜') },
    });
    const customer = await platform.tap(company.customers.zhou, card.messageId, '推进到「报价发送」');
    expect(customer).toMatchObject({ ok: true, cardChanged: false, toast: { type: 'error' } });
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('qualified');

    platform.world.p2pChat(company.staff.lina).memberIds.add(company.staff.chen.openId);
    const manager = await platform.tap(company.staff.chen, card.messageId, '推进到「报价发送」');
    expect(manager).toMatchObject({ ok: true, cardChanged: true });
    expect(platform.card(card.messageId).text).toContain('陈总监已改到「报价发送」');
  });

  it('taps at the same moment decide once; the others are told how it ended', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    await speak(sandbox, '报价啥时候能出');
    const card = await platform.waitForCard(company.staff.lina, '要推进到');
    const taps = await Promise.all(
      [1, 2, 3].map(() =>
        platform.tap(company.staff.lina, card.messageId, '推进到「报价发送」', {}, { flaws: { copies: 2 } }),
      ),
    );
    expect(taps.filter((tap) => tap.ok).length).toBeGreaterThan(0);
    expect(await movesOf(sandbox, company.deals.bearing)).toHaveLength(1);
  });

  it('undo ends with the next working day, and says so', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    await speak(sandbox, '帮我报下价');
    const card = await platform.waitForCard(company.staff.lina, '今日进展');
    sandbox.advance(12 * DAY_MS);
    const tap = await platform.tap(company.staff.lina, card.messageId, '撤销');
    expect(tap).toMatchObject({ ok: true, toast: { type: 'warning' } });
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
  });

  it('ignoring is a label on the decision that asked', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    await speak(sandbox, '报价啥时候能出');
    const card = await platform.waitForCard(company.staff.lina, '要推进到');
    await platform.tap(company.staff.lina, card.messageId, '忽略');
    const [decision] = await app.look((tx) => tx.signalDecision.list({}));
    expect(decision).toMatchObject({ outcome: 'asked', label: 'ignored' });
  });
});
