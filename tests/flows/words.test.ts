// Whose words are kept, whose are dropped, and words that a colleague hands over.

import { expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const PASTED = `宁波恒锐 × 海川精密的聊天记录
—————  2026-11-20  —————
周工 10:22
图纸收到了吗
李娜 10:25
收到了，您看要报多少套的
周工 10:26
3000套，今天能报个价吗`;

async function storedTexts(sandbox: Sandbox): Promise<string[]> {
  return (await sandbox.app.look((tx) => tx.message.list({}))).map((message) => message.text);
}

describeDatabase('words', () => {
  const open = useSandbox();

  it('a chat that belongs to no customer leaves nothing behind', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    company.chats.team.botIn = true;
    platform.say(company.staff.lina, company.chats.team, '恒锐那边催报价了，合同也快签了');
    await settled(sandbox);
    expect(await storedTexts(sandbox)).toEqual([]);
    const rows = await app.database.unitOfWork.read((session) =>
      session.query<{ payload: string }>('SELECT payload FROM inbox_event'),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => row.payload === '')).toBe(true);
  });

  it('a record pasted to the bot is read line by line, and the card asks which deal it is', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    platform.sayToBot(company.staff.lina, PASTED);
    const card = await platform.waitForCard(company.staff.lina, '这段话是哪个商机的');
    expect(card.text).toContain('3000套，今天能报个价吗');
    await platform.tap(company.staff.lina, card.messageId, '就是它', { choose_deal: company.deals.bearing });
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
    expect(await storedTexts(sandbox)).toEqual([]);
  });

  it('words without anything in them get a friendly answer', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    platform.sayToBot(company.staff.lina, '今天天气不错');
    expect(await platform.waitForText(company.staff.lina)).toContain('没有改动商机');
  });

  it('a forwarded record reaches the deal of the chosen customer', async () => {
    const sandbox = await open();
    const { platform, company } = sandbox;
    const outside = platform.world.createGroup({
      name: '没有机器人的群',
      members: [company.staff.lina, company.customers.zhou],
    });
    const first = platform.say(company.customers.zhou, outside, '样品先寄两套过来');
    platform.forward(company.staff.lina, [first.messageId]);
    const card = await platform.waitForCard(company.staff.lina, '这段话是哪个商机的');
    await platform.tap(company.staff.lina, card.messageId, '就是它', { choose_deal: company.deals.housing });
    expect(await stageOf(sandbox, company.deals.housing)).toBe('sampling');
  });

  it('an internal group asks which customer it is about, once the bot is in', async () => {
    const sandbox = await open();
    const { platform, company, app } = sandbox;
    const chat = platform.world.createGroup({
      name: '恒锐内部讨论',
      members: [company.staff.lina, company.staff.wangqiang],
    });
    platform.addBotToGroup(chat, company.staff.lina);
    const card = await platform.waitForCard(company.staff.lina, '「恒锐内部讨论」是哪个客户的');
    const [hengrui] = await app.look((tx) => tx.customer.list({ name: '宁波恒锐机电' }));
    await platform.tap(company.staff.lina, card.messageId, '归到这个客户', { link_chat: hengrui?.id ?? '' });
    platform.say(company.staff.lina, chat, '周工说麻烦报个价', { mention: ['bot'] });
    await platform.waitForCard(company.staff.lina, '需求确认 → 报价发送');
  });

  it('加入聊单 on a message: the server reads it again itself, and only for members', async () => {
    const sandbox = await open();
    const { platform, company, url } = sandbox;
    const said = platform.say(company.customers.zhou, company.chats.hengrui, '麻烦报个价', {
      flaws: { forgedSignature: true },
    });
    const post = (code: string, messageIds: readonly string[]) =>
      fetch(`${url}/api/hand-over/feishu`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, messageIds }),
      });
    const denied = await post(platform.signInCode(company.staff.chen), [said.messageId]);
    expect(denied.status).toBe(403);
    const accepted = await post(platform.signInCode(company.staff.lina), [said.messageId]);
    expect(accepted.status).toBe(202);
    await settled(sandbox);
    expect(await stageOf(sandbox, company.deals.bearing)).toBe('quoted');
    expect((await post('no-such-code', [said.messageId])).status).toBe(401);
    expect((await post('x', [])).status).toBe(400);
  });
});
