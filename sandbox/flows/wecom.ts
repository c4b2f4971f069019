/** The main job on WeCom: each way in which a customer's words reach us, and what comes back. */
import assert from 'node:assert/strict';
import { HOUR_MS } from '../../src/crm/calendar/spans.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, movesOf, settled, stageOf } from './flow.ts';

function wecomOf(sandbox: Sandbox) {
  assert.ok(sandbox.wecom, 'this flow needs WeCom');
  return sandbox.wecom;
}

/** Words typed to the app by a colleague: the card asks which deal, the choice moves it. */
const stageAdvance: Flow = {
  name: 'stage-advance:wecom',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    platform.sayToApp(company.staff.lina, '帮我报下价，图纸发你了');
    const card = await platform.waitForCard(company.staff.lina, '这段话是哪个商机的');
    const tap = await platform.tap(company.staff.lina, card.messageId, '就是它', { choose_deal: company.deals.valve });
    assert.ok(tap.ok);
    await settled(sandbox);
    assert.equal(await stageOf(sandbox, company.deals.valve), 'quoted');
    const [move] = await movesOf(sandbox, company.deals.valve);
    assert.equal(move?.quote, '帮我报下价，图纸发你了');
    // The answer to a tap carries nothing here: the card's new face follows at once.
    const shown = await platform.waitForCard(
      company.staff.lina,
      (one) => one.messageId === card.messageId && one.updates > 0,
    );
    assert.match(shown.text, /泰利 球阀阀体 首批/);
    assert.deepEqual(shown.buttons, []);
  },
};

/** A customer writes to the service account: the session goes to the owner, both sides' words are heard, the deal moves. */
const kf: Flow = {
  name: 'stage-advance:wecom-kf',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    platform.kf.customerSays(company.customers.lin, company.service, '你好，上次的球阀阀体麻烦报个价');
    const session = () => platform.kf.sessions.of(company.service.openKfId, company.customers.lin.externalUserId);
    await platform.journal.until(() => session().state === 3, { what: 'the session to be given to a person' });
    assert.equal(session().servicer, 'lina');
    await settled(sandbox);
    assert.equal(await stageOf(sandbox, company.deals.valve), 'quoted');
    platform.kf.staffAnswers(company.staff.lina, company.customers.lin, company.service, '样品今天顺丰寄出了，明天到');
    await untilStage(sandbox, company.deals.valve, 'sampling');
  },
};

/** @聊单 by a colleague in the internal deal group. */
const bot: Flow = {
  name: 'stage-advance:wecom-bot',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    await platform.waitForBot();
    platform.mentionBot(company.staff.lina, company.dealGroup, '林采购说：麻烦报个价');
    await untilStage(sandbox, company.deals.valve, 'quoted');
    assert.deepEqual(platform.cardsOf(company.dealGroup), []);
  },
};

/** What customer and colleague say to each other in private: heard where the company pays for the archive and both agreed. */
const archive: Flow = {
  name: 'stage-advance:wecom-archive',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    platform.say(company.customers.lin, company.staff.lina, '帮我报下价');
    await settled(sandbox);
    assert.equal(await stageOf(sandbox, company.deals.valve), 'qualified', 'words without consent were heard');
    platform.agreeToArchive(company.customers.lin, company.staff.lina);
    platform.say(company.customers.lin, company.staff.lina, '麻烦报个价，图纸发你了');
    await platform.quiet();
    // Notices come at most every 15 s.
    sandbox.advance(20_000);
    await untilStage(sandbox, company.deals.valve, 'quoted');
    const [move] = await movesOf(sandbox, company.deals.valve);
    assert.equal(move?.quote, '麻烦报个价，图纸发你了');
  },
};

const hintCard: Flow = {
  name: 'hint-card:wecom',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    platform.kf.customerSays(company.customers.lin, company.service, '报价啥时候能出');
    const card = await platform.waitForCard(company.staff.lina, '要推进到「报价发送」吗');
    assert.ok((await platform.tap(company.staff.lina, card.messageId, '推进到「报价发送」')).ok);
    await settled(sandbox);
    assert.equal(await stageOf(sandbox, company.deals.valve), 'quoted');
    await platform.waitForCard(
      company.staff.lina,
      (one) => one.messageId === card.messageId && one.buttons.length === 0,
    );
  },
};

/** A card changes once here, so the day's progress comes in the evening; its 撤销 works. */
const undo: Flow = {
  name: 'undo:wecom',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    platform.kf.customerSays(company.customers.lin, company.service, '麻烦报个价');
    await untilStage(sandbox, company.deals.valve, 'quoted');
    sandbox.advance(24 * HOUR_MS);
    const card = await platform.waitForCard(company.staff.lina, '今日进展');
    assert.match(card.text, /需求确认 → 报价发送/);
    assert.ok((await platform.tap(company.staff.lina, card.messageId, '撤销')).ok);
    await settled(sandbox);
    assert.equal(await stageOf(sandbox, company.deals.valve), 'qualified');
    await platform.waitForCard(company.staff.lina, '已撤销');
  },
};

/** A new contact is offered to the colleague who was added. */
const newLead: Flow = {
  name: 'new-lead:wecom',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    await bookImported(sandbox);
    platform.addContact(company.customers.he, company.staff.wangqiang, {});
    const card = await platform.waitForCard(company.staff.wangqiang, '贺女士');
    assert.ok((await platform.tap(company.staff.wangqiang, card.messageId, '建为客户')).ok);
    await settled(sandbox);
    const [customer] = await sandbox.app.look((tx) => tx.customer.list({ name: '贺女士' }));
    assert.ok(customer);
  },
};

/** A record forwarded to the app, as WeCom lets it through: pasted with names and times. */
const forwardedRecord: Flow = {
  name: 'forwarded-record:wecom',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    const said = [
      platform.say(company.customers.lin, company.staff.lina, '图纸看过了吗'),
      platform.say(company.staff.lina, company.customers.lin, '看过了，没问题'),
      platform.say(company.customers.lin, company.staff.lina, '样品先寄两套过来吧'),
    ];
    platform.forward(
      company.staff.lina,
      said.map(({ messageId }) => messageId),
      'app',
    );
    const card = await platform.waitForCard(company.staff.lina, '这段话是哪个商机的');
    assert.match(card.text, /样品先寄两套过来/);
    assert.ok(
      (await platform.tap(company.staff.lina, card.messageId, '就是它', { choose_deal: company.deals.valve })).ok,
    );
    await settled(sandbox);
    // Two stages at once from 需求确认: that is asked, not done.
    const ask = await platform.waitForCard(company.staff.lina, '要推进到「样品交付」吗');
    assert.ok((await platform.tap(company.staff.lina, ask.messageId, '推进到「样品交付」')).ok);
    await settled(sandbox);
    assert.equal(await stageOf(sandbox, company.deals.valve), 'sampling');
  },
};

const duplicateDelivery: Flow = {
  name: 'duplicate-delivery:wecom',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    platform.sayToApp(company.staff.lina, '帮我报下价', { flaws: { copies: 4 } });
    const card = await platform.waitForCard(company.staff.lina, '这段话是哪个商机的');
    await settled(sandbox);
    assert.equal(platform.cardsOf(company.staff.lina).length, 1);
    const choice = { choose_deal: company.deals.valve };
    await platform.tap(company.staff.lina, card.messageId, '就是它', choice, { copies: 3 });
    platform.kf.customerSays(company.customers.lin, company.service, '麻烦报个价');
    platform.kf.ring(company.service.openKfId);
    platform.kf.ring(company.service.openKfId);
    await settled(sandbox);
    assert.equal((await movesOf(sandbox, company.deals.valve)).length, 1);
  },
};

const forgedCallback: Flow = {
  name: 'forged-callback:wecom',
  async play(sandbox) {
    const { platform, company } = wecomOf(sandbox);
    const inbox = () =>
      sandbox.app.database.unitOfWork.read((session) => session.query<{ id: string }>('SELECT id FROM inbox_event'));
    await settled(sandbox);
    const before = (await inbox()).length;
    for (const flaws of FORGERIES) platform.sayToApp(company.staff.lina, '帮我报下价', { flaws });
    await settled(sandbox);
    assert.equal((await inbox()).length, before);
    assert.deepEqual(platform.cardsOf(company.staff.lina), []);
  },
};

const FORGERIES = [
  { forgedSignature: true },
  { missingSignature: true },
  { wrongToken: true },
  { wrongReceiveId: true },
  { wrongCorp: true },
  { unencrypted: true },
  { tampered: true },
  { padByte: 0 },
  { padByte: 33 },
  { wrongLength: true },
  { emptyEncrypt: true },
  { entityBomb: true },
  { truncated: true },
  { notUtf8: true },
  { oversize: true },
] as const;

/** Whoever is in the address book when it is first read is a customer of old, not a new one. */
export async function bookImported(sandbox: Sandbox): Promise<void> {
  const until = Date.now() + 10_000;
  while (!(await sandbox.app.look((tx) => tx.job.find({ name: 'contacts', status: 'done' })))) {
    assert.ok(Date.now() < until, 'the address books were not read');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function untilStage(sandbox: Sandbox, dealId: string, stage: string): Promise<void> {
  const until = Date.now() + 10_000;
  while ((await stageOf(sandbox, dealId)) !== stage) {
    assert.ok(Date.now() < until, `the deal did not reach ${stage}, it is in ${await stageOf(sandbox, dealId)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await settled(sandbox);
}

export const wecomFlows: readonly Flow[] = [
  stageAdvance,
  kf,
  bot,
  archive,
  hintCard,
  undo,
  newLead,
  forwardedRecord,
  duplicateDelivery,
  forgedCallback,
].map((flow) => ({ ...flow, sandbox: { wecom: {} } }));
