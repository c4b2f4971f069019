/** The main job on Feishu, story by story. */
import assert from 'node:assert/strict';
import { type Flow, movesOf, settled, stageOf } from './flow.ts';

const stageAdvance: Flow = {
  name: 'stage-advance:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    platform.say(company.customers.zhou, company.chats.hengrui, '早');
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价，规格书发你了');
    const card = await platform.waitForCard(company.staff.lina, '报价发送');
    assert.match(card.text, /恒锐 轴承座 3000 套：需求确认 → 报价发送/);
    assert.match(card.text, /帮我报下价/);
    assert.equal(await stageOf(sandbox, company.deals.bearing), 'quoted');
    const [move] = await movesOf(sandbox, company.deals.bearing);
    assert.equal(move?.cause, 'signal');
    assert.equal(move?.speakerName, '周工');
    // Nothing about the pipeline is ever shown where the customer reads along.
    assert.deepEqual(platform.cardsOf(company.chats.hengrui), []);
  },
};

const hintCard: Flow = {
  name: 'hint-card:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    platform.say(company.customers.zhou, company.chats.hengrui, '报价啥时候能出');
    const card = await platform.waitForCard(company.staff.lina, '要推进到「报价发送」吗');
    assert.equal(await stageOf(sandbox, company.deals.bearing), 'qualified');
    const tap = await platform.tap(company.staff.lina, card.messageId, '推进到「报价发送」');
    assert.ok(tap.ok && tap.cardChanged && tap.toast?.type === 'success');
    assert.equal(await stageOf(sandbox, company.deals.bearing), 'quoted');
    assert.deepEqual(platform.card(card.messageId).buttons, []);

    platform.say(company.customers.zhou, company.chats.hengrui, '样品什么时候可以寄');
    const second = await platform.waitForCard(company.staff.lina, '要推进到「样品交付」吗');
    const ignored = await platform.tap(company.staff.lina, second.messageId, '忽略');
    assert.ok(ignored.ok);
    assert.match(platform.card(second.messageId).text, /已忽略/);
    assert.equal(await stageOf(sandbox, company.deals.bearing), 'quoted');
  },
};

const undo: Flow = {
  name: 'undo:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    platform.say(company.customers.zhou, company.chats.hengrui, '麻烦报一下价格，谢谢');
    const card = await platform.waitForCard(company.staff.lina, (shown) => shown.buttons.includes('撤销'));
    const other = await platform.tap(company.staff.wangqiang, card.messageId, '撤销');
    assert.deepEqual(other, { ok: false, reason: 'not_a_member' });
    const tap = await platform.tap(company.staff.lina, card.messageId, '撤销');
    assert.ok(tap.ok && tap.toast?.type === 'success');
    assert.equal(await stageOf(sandbox, company.deals.bearing), 'qualified');
    assert.match(platform.card(card.messageId).text, /已撤销/);
    assert.deepEqual(platform.card(card.messageId).buttons, []);
  },
};

const severalDeals: Flow = {
  name: 'several-deals:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    platform.say(company.customers.han, company.chats.mingyuan, '样品先寄两套过来');
    const card = await platform.waitForCard(company.staff.lina, '说的是哪个商机');
    const tap = await platform.tap(company.staff.lina, card.messageId, '就是它', {
      choose_deal: company.deals.housing,
    });
    assert.ok(tap.ok && tap.toast?.type === 'success');
    assert.equal(await stageOf(sandbox, company.deals.housing), 'sampling');
    assert.equal(await stageOf(sandbox, company.deals.shaft), 'contacted');
    // Remembered: the next words of this chat need no question.
    platform.say(company.customers.han, company.chats.mingyuan, '样品认可了，出合同吧');
    await platform.waitForCard(company.staff.lina, '样品交付 → 合同签订');
    assert.equal(await stageOf(sandbox, company.deals.housing), 'contracted');
  },
};

const newLead: Flow = {
  name: 'new-lead:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    platform.addBotToGroup(company.chats.newcomer, company.staff.wangqiang);
    platform.say(company.customers.sun, company.chats.newcomer, '你好，我们做注塑件的');
    const card = await platform.waitForCard(
      company.staff.wangqiang,
      (shown) => shown.text.includes('孙小姐') && shown.text.includes('东莞佳盛'),
    );
    assert.match(card.text, /我们做注塑件的/);
    // The first real request turns the lead into customer, contact and deal by itself.
    platform.say(company.customers.sun, company.chats.newcomer, '先报个价给我吧');
    await platform.waitForCard(company.staff.wangqiang, '初步接触 → 报价发送');
    const [customer] = await sandbox.app.look((tx) => tx.customer.list({ name: '东莞佳盛 询价' }));
    assert.ok(customer);
    const [deal] = await sandbox.app.look((tx) => tx.opportunity.list({ customerId: customer.id }));
    assert.equal(deal?.stage, 'quoted');
    await settled(sandbox);
    assert.match(platform.card(card.messageId).text, /已转为客户/);
  },
};

const duplicateDelivery: Flow = {
  name: 'duplicate-delivery:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const said = platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价', {
      flaws: { copies: 5, spacedJson: true, splitBody: true },
    });
    await platform.waitForCard(company.staff.lina, '报价发送');
    await settled(sandbox);
    assert.equal((await movesOf(sandbox, company.deals.bearing)).length, 1);
    const kept = await sandbox.app.look((tx) => tx.message.list({ externalId: said.messageId }));
    assert.equal(kept.length, 1);
    assert.equal(platform.cardsOf(company.staff.lina).length, 1);
  },
};

const forgedCallback: Flow = {
  name: 'forged-callback:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const flaws = [
      'forgedSignature',
      'missingSignature',
      'wrongToken',
      'wrongTenant',
      'wrongApp',
      'unencrypted',
      'brokenPadding',
      'truncated',
      'notUtf8',
      'deepJson',
      'oversize',
    ] as const;
    // The first honest event pins the company's key, if the platform has not told it yet.
    platform.say(company.customers.zhou, company.chats.hengrui, '早');
    await settled(sandbox);
    for (const flaw of flaws)
      platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价', { flaws: { [flaw]: true } });
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价', { flaws: { staleSeconds: 3600 } });
    await settled(sandbox);
    const kept = await sandbox.app.look((tx) => tx.message.list({}));
    assert.deepEqual(
      kept.map((message) => message.text),
      ['早'],
    );
    assert.equal(await stageOf(sandbox, company.deals.bearing), 'qualified');
  },
};

const longConnection: Flow = {
  name: 'long-connection:feishu',
  sandbox: { mode: 'websocket' },
  async play(sandbox) {
    const { platform, company } = sandbox;
    await platform.waitForConnection();
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价', { flaws: { fragments: 3 } });
    const card = await platform.waitForCard(company.staff.lina, (shown) => shown.buttons.includes('撤销'));
    platform.misbehave.dropConnections();
    await platform.waitForConnection({ timeoutMs: 10_000 });
    const tap = await platform.tap(company.staff.lina, card.messageId, '撤销');
    assert.ok(tap.ok && tap.cardChanged);
    assert.equal(await stageOf(sandbox, company.deals.bearing), 'qualified');
  },
};

export const feishuFlows: readonly Flow[] = [
  stageAdvance,
  hintCard,
  undo,
  severalDeals,
  newLead,
  duplicateDelivery,
  forgedCallback,
  longConnection,
];
