/** The main job on DingTalk, where the robot hears only what colleagues say to it. */
import assert from 'node:assert/strict';
import { HOUR_MS } from '../../src/crm/calendar/spans.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, movesOf, settled, stageOf } from './flow.ts';

function dingtalkOf(sandbox: Sandbox) {
  assert.ok(sandbox.dingtalk, 'this flow needs DingTalk');
  return sandbox.dingtalk;
}

/** @聊单 in the internal deal group with the customer's words. */
const stageAdvance: Flow = {
  name: 'stage-advance:dingtalk',
  async play(sandbox) {
    const { platform, company } = dingtalkOf(sandbox);
    await platform.waitForConnection();
    assert.equal(platform.say(company.staff.lina, company.dealGroup, '沈厂长要报价').delivery, null);
    platform.mentionBot(company.staff.lina, company.dealGroup, '沈厂长说：帮我报下价，图纸发你了');
    const card = await platform.waitForCard(company.staff.lina, '报价发送');
    assert.match(card.text, /越丰 输送辊 200 支：需求确认 → 报价发送/);
    assert.match(card.text, /帮我报下价/);
    assert.equal(await stageOf(sandbox, company.deals.roller), 'quoted');
    assert.deepEqual(platform.cardsOf(company.dealGroup), []);
  },
};

/** A conversation pasted with names and times, in private: the card asks which deal, the choice moves it. */
const pastedRecord: Flow = {
  name: 'pasted-record:dingtalk',
  async play(sandbox) {
    const { platform, company } = dingtalkOf(sandbox);
    await platform.waitForConnection();
    const record = [
      '沈厂长 11-20 09:12',
      '图纸看过了吗',
      '李娜 11-20 09:13',
      '看过了，没问题',
      '沈厂长 11-20 09:15',
      '样品先寄两套过来吧',
    ];
    platform.sayToBot(company.staff.lina, record.join('\n'));
    const card = await platform.waitForCard(company.staff.lina, '这段话是哪个商机的');
    const label = card.buttons.find((button) => button.includes('越丰 输送辊'));
    assert.ok(label, `no button for the deal among ${card.buttons.join(', ')}`);
    const tap = await platform.tap(company.staff.lina, card.messageId, label);
    assert.ok(tap.ok && tap.cardChanged);
    // From 需求确认 to 样品交付 is two steps: the next card asks.
    const ask = await platform.waitForCard(company.staff.lina, '要推进到「样品交付」吗');
    assert.ok((await platform.tap(company.staff.lina, ask.messageId, '推进到「样品交付」')).ok);
    assert.equal(await stageOf(sandbox, company.deals.roller), 'sampling');
    const [move] = await movesOf(sandbox, company.deals.roller);
    assert.equal(move?.speakerName, '沈厂长');
  },
};

const hintCard: Flow = {
  name: 'hint-card:dingtalk',
  async play(sandbox) {
    const { platform, company } = dingtalkOf(sandbox);
    await platform.waitForConnection();
    platform.mentionBot(company.staff.wangqiang, company.dealGroup, '沈厂长问报价啥时候能出');
    const card = await platform.waitForCard(company.staff.lina, '要推进到「报价发送」吗');
    // Anybody could tap a card that is shown to them: only the owner and those above may decide.
    const tap = await platform.tap(company.staff.lina, card.messageId, '推进到「报价发送」');
    assert.ok(tap.ok && tap.cardChanged);
    assert.equal(await stageOf(sandbox, company.deals.roller), 'quoted');
    assert.deepEqual(platform.card(card.messageId).buttons, []);
  },
};

const undo: Flow = {
  name: 'undo:dingtalk',
  async play(sandbox) {
    const { platform, company } = dingtalkOf(sandbox);
    await platform.waitForConnection();
    platform.mentionBot(company.staff.lina, company.dealGroup, '沈厂长：麻烦报一下价格');
    const card = await platform.waitForCard(company.staff.lina, (shown) => shown.buttons.includes('撤销'));
    const tap = await platform.tap(company.staff.lina, card.messageId, '撤销');
    assert.ok(tap.ok && tap.cardChanged);
    assert.equal(await stageOf(sandbox, company.deals.roller), 'qualified');
    assert.match(platform.card(card.messageId).text, /已撤销/);
    assert.deepEqual(platform.card(card.messageId).buttons, []);
  },
};

const duplicateDelivery: Flow = {
  name: 'duplicate-delivery:dingtalk',
  async play(sandbox) {
    const { platform, company } = dingtalkOf(sandbox);
    await platform.waitForConnection();
    const { lina } = company.staff;
    const said = platform.mentionBot(lina, company.dealGroup, '沈厂长说：帮我报下价', { flaws: { copies: 5 } });
    const card = await platform.waitForCard(lina, '报价发送');
    await settled(sandbox);
    assert.equal((await movesOf(sandbox, company.deals.roller)).length, 1);
    assert.equal((await sandbox.app.look((tx) => tx.message.list({ externalId: said.messageId }))).length, 1);
    assert.equal(platform.cardsOf(lina).length, 1);
    // Connections come and go; what is said meanwhile is heard once.
    platform.gateway.disconnect();
    await platform.waitForConnection();
    platform.mentionBot(lina, company.dealGroup, '沈厂长：样品寄两套过来', { flaws: { copies: 2 } });
    await platform.waitForCard(lina, '报价发送 → 样品交付');
    await settled(sandbox);
    assert.equal((await movesOf(sandbox, company.deals.roller)).length, 2);
    assert.equal(platform.cardsOf(lina).filter(({ messageId }) => messageId !== card.messageId).length, 0);
  },
};

const forgedCallback: Flow = {
  name: 'forged-callback:dingtalk',
  sandbox: { dingtalk: { mode: 'webhook' } },
  async play(sandbox) {
    const { platform, company } = dingtalkOf(sandbox);
    assert.ok((await platform.checkCallback()).ok, 'the callback address cannot be saved');
    const words = (text: string) => platform.mentionBot(company.staff.lina, company.dealGroup, text);
    words('沈厂长：早');
    await settled(sandbox);
    const forgeries = [
      { forgedSignature: true },
      { missingSignature: true },
      { wrongToken: true },
      { signedAgoMs: 2 * HOUR_MS },
      { wrongCorp: true },
      { truncated: true },
      { oversize: true },
    ] as const;
    for (const flaws of forgeries)
      platform.mentionBot(company.staff.lina, company.dealGroup, '沈厂长说：帮我报下价', { flaws });
    for (const flaws of [
      { wrongOwner: true },
      { tampered: true },
      { padByte: 0 },
      { padByte: 33 },
      { wrongLength: true },
      { emptyEncrypt: true },
    ] as const)
      platform.push('user_leave_org', { userId: [company.staff.lina.userId] }, flaws);
    await settled(sandbox);
    const kept = await sandbox.app.look((tx) => tx.message.list({}));
    assert.deepEqual(
      kept.map(({ text }) => text),
      ['沈厂长：早'],
    );
    assert.equal(await stageOf(sandbox, company.deals.roller), 'qualified');
    const lina = await sandbox.app.look((tx) => tx.staff.find({ name: '李娜' }));
    assert.equal(lina?.active, true);
    // And an honest one still works, card and all.
    words('沈厂长说：帮我报下价');
    const card = await platform.waitForCard(company.staff.lina, (shown) => shown.buttons.includes('撤销'));
    assert.ok((await platform.tap(company.staff.lina, card.messageId, '撤销')).ok);
  },
};

interface HealthAnswer {
  readonly advice: readonly string[];
  readonly channels: readonly {
    readonly platform: string;
    readonly usage?: readonly { readonly kind: string; readonly used: number }[];
  }[];
}

/** The month's allowance: counted, warned of, and then saved for what was asked for and the evening's digest. */
const quota: Flow = {
  name: 'quota:dingtalk',
  sandbox: { dingtalk: { openApiPerMonth: 20 } },
  async play(sandbox) {
    const { platform, company } = dingtalkOf(sandbox);
    const { lina, chen } = company.staff;
    await platform.waitForConnection();
    const health = async () => (await (await fetch(`${sandbox.url}/health`)).json()) as HealthAnswer;
    for (let asked = 0; platform.quota.used('openApi') < 14; asked += 1) {
      assert.ok(asked < 20);
      platform.sayToBot(lina, '越丰');
      await settled(sandbox);
    }
    await platform.waitForText(chen, '超过每月 20 次的 70%');
    while (platform.quota.used('openApi') < 18) {
      platform.sayToBot(lina, '越丰');
      await settled(sandbox);
    }
    await platform.waitForText(chen, '超过每月 20 次的 90%');
    await settled(sandbox);
    const state = await health();
    const usage = state.channels
      .find(({ platform: name }) => name === 'dingtalk')
      ?.usage?.find(({ kind }) => kind === 'api');
    assert.equal(usage?.used, platform.quota.used('openApi'));
    assert.ok(state.advice.some((line) => line.includes('90%')));

    // Answers come in words over the conversation itself and cost no call; questions wait for the evening.
    const [calls, cards] = [platform.quota.used('openApi'), platform.cardsOf(lina).length];
    platform.sayToBot(lina, '越丰到哪一步了');
    await platform.waitForText(lina, '越丰 输送辊 200 支：需求确认');
    platform.mentionBot(lina, company.dealGroup, '沈厂长问报价啥时候能出');
    await settled(sandbox);
    assert.equal(platform.quota.used('openApi'), calls);
    assert.equal(platform.cardsOf(lina).length, cards);
    sandbox.advance(24 * HOUR_MS);
    await platform.waitForCard(lina, (card) => card.buttons.includes('推进到「报价发送」'));
  },
};

export const dingtalkFlows: readonly Flow[] = [
  stageAdvance,
  pastedRecord,
  hintCard,
  undo,
  duplicateDelivery,
  forgedCallback,
  quota,
].map((flow) => ({ sandbox: { dingtalk: {} }, ...flow }));
