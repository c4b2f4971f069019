/** Asking the bot, on every platform: the answer comes to the person who asked, within their rights. On WeCom a card without buttons is a text. */
import assert from 'node:assert/strict';
import { type Flow, settled } from './flow.ts';

const feishu: Flow = {
  name: 'ask:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const { lina, wangqiang } = company.staff;
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价，规格书发你了');
    await platform.waitForCard(lina, '报价发送');
    // In the customer's own group: the answer is private, and the customer sees nothing of it.
    platform.say(lina, company.chats.hengrui, '上次报价多少', { mention: ['bot'] });
    const quote = await platform.waitForCard(lina, (card) => card.text.includes('商机金额 ¥71,400'));
    assert.match(quote.text, /宁波恒锐机电/);
    assert.match(quote.text, /帮我报下价/);
    assert.deepEqual(platform.cardsOf(company.chats.hengrui), []);

    platform.sayToBot(lina, '我今天要跟进谁');
    const agenda = await platform.waitForCard(lina, '今天要跟进的');
    assert.match(agenda.text, /明远 传动轴 年度订单/);

    // Somebody else's customer: name and owner, nothing more.
    platform.sayToBot(wangqiang, '恒锐上次报价多少');
    const refused = await platform.waitForCard(wangqiang, '由李娜负责');
    assert.doesNotMatch(refused.text, /71,400|周工|帮我报下价|轴承座/);

    platform.sayToBot(lina, '记一下 恒锐 周五带样品上门');
    await platform.waitForText(lina, '已记到「宁波恒锐机电」');
    platform.sayToBot(lina, 'nbhr');
    await platform.waitForCard(lina, '周五带样品上门');
    platform.sayToBot(lina, '帮助');
    await platform.waitForText(lina, '问客户');
  },
};

const wecom: Flow = {
  name: 'ask:wecom',
  sandbox: { wecom: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom);
    const { platform, company } = sandbox.wecom;
    const { lina, wangqiang } = company.staff;
    platform.sayToApp(lina, '谁负责泰利');
    await platform.waitForText(lina, '负责人：李娜');
    // Several customers are near: one question back, and its answer on the same card.
    platform.sayToApp(lina, '新建客户 泰利电机');
    await platform.waitForText(lina, '已新建客户「泰利电机」');
    platform.sayToApp(lina, '泰利到哪一步了');
    const question = await platform.waitForCard(lina, '你说的是哪个客户');
    const taili = await sandbox.app.look((tx) => tx.customer.find({ name: '温州泰利阀门' }));
    assert.ok(taili);
    const tap = await platform.tap(lina, question.messageId, '就是它', { choose_customer: taili.id });
    assert.ok(tap.ok);
    await platform.waitForCard(lina, (card) => card.messageId === question.messageId && card.text.includes('球阀阀体'));

    // To the AI bot, in the deal group and in private.
    await platform.waitForBot();
    platform.mentionBot(wangqiang, company.dealGroup, '样品到哪一步了');
    await platform.waitForText(wangqiang, '由李娜负责');
    assert.deepEqual(platform.cardsOf(company.dealGroup), []);
    platform.sayToBot(lina, '泰利阀门的样品到哪一步了');
    await platform.waitForText(lina, '还没到「样品交付」');
  },
};

const dingtalk: Flow = {
  name: 'ask:dingtalk',
  sandbox: { dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.dingtalk);
    const { platform, company } = sandbox.dingtalk;
    const { lina, wangqiang } = company.staff;
    await platform.waitForConnection();
    platform.mentionBot(lina, company.dealGroup, '到哪一步了');
    await platform.waitForCard(lina, (card) => card.text.includes('越丰 输送辊 200 支：需求确认'));
    assert.deepEqual(platform.cardsOf(company.dealGroup), []);
    platform.mentionBot(wangqiang, company.dealGroup, '上次报价多少');
    const refused = await platform.waitForCard(wangqiang, '由李娜负责');
    assert.doesNotMatch(refused.text, /输送辊|沈厂长|52,000/);

    // A group learns whose it is, and from then on the customer's words said there count.
    platform.mentionBot(lina, company.freeGroup, '绑定 恒锐');
    await platform.waitForText(lina, '已归到「宁波恒锐机电」');
    platform.mentionBot(lina, company.freeGroup, '周工说：麻烦报个价');
    await platform.waitForCard(lina, '需求确认 → 报价发送');
    await settled(sandbox);
    platform.sayToBot(lina, '今天要跟进谁');
    await platform.waitForCard(lina, '今天要跟进的');
  },
};

export const askFlows: readonly Flow[] = [feishu, wecom, dingtalk];
