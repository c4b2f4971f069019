/** The pages beside the chat, as their requests: who this is, adding a customer, what a colleague may see, and a hand-over. */
import assert from 'node:assert/strict';
import { finishHandOver, handOver } from '../../src/crm/staff/hand-over.ts';
import type { ChatView } from '../../src/http/contract/chat.ts';
import type { CustomerView } from '../../src/http/contract/customer.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, movesOf, settled, stageOf } from './flow.ts';
import { bookImported } from './wecom.ts';

interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** A page that somebody has signed in on: it holds the session's cookie and says that it is ours. */
type Page = <T>(method: 'GET' | 'POST', path: string, body?: object) => Promise<Answer<T>>;

async function openPage(sandbox: Sandbox, platform: string, code: string): Promise<Page> {
  let cookie = '';
  const ask: Page = async <T>(method: string, path: string, body?: object) => {
    const response = await fetch(new URL(path, sandbox.url), {
      method,
      headers: { 'x-liaodan': '1', 'content-type': 'application/json', cookie },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const [given] = response.headers.getSetCookie();
    if (given) cookie = given.split(';')[0] ?? '';
    return { status: response.status, body: (await response.json()) as T };
  };
  const signedIn = await ask('POST', '/api/session', { platform, code });
  assert.equal(signedIn.status, 200, `signing in on ${platform} was refused: ${JSON.stringify(signedIn.body)}`);
  return ask;
}

const chatPath = (platform: string, externalId: string) =>
  `/api/chat?platform=${platform}&externalId=${encodeURIComponent(externalId)}`;

/** Unknown, added with what the form was filled with, and known from then on. */
async function addFromChat(page: Page, chat: { platform: string; externalId: string }, name: string): Promise<string> {
  const before = await page<ChatView>('GET', chatPath(chat.platform, chat.externalId));
  assert.equal(before.body.state, 'unknown');
  const made = await page<CustomerView>('POST', '/api/customers', { name, chat, deal: {} });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.equal(made.body.chatLinked, true);
  const after = await page<ChatView>('GET', chatPath(chat.platform, chat.externalId));
  assert.deepEqual(after.body, { state: 'known', customerId: made.body.id, name });
  const [deal] = made.body.openDeals;
  assert.ok(deal, 'the customer has no deal');
  return deal.id;
}

const addOnFeishu: Flow = {
  name: 'add-customer:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const { wangqiang } = company.staff;
    platform.addBotToGroup(company.chats.newcomer, wangqiang);
    platform.say(company.customers.sun, company.chats.newcomer, '你好，我们做注塑件的');
    await settled(sandbox);
    const page = await openPage(sandbox, 'feishu', platform.signInCode(wangqiang));
    const chat = { platform: 'feishu', externalId: company.chats.newcomer.chatId };
    const dealId = await addFromChat(page, chat, '东莞佳盛塑胶');
    platform.say(company.customers.sun, company.chats.newcomer, '先报个价给我吧');
    await platform.waitForCard(wangqiang, '初步接触 → 报价发送');
    assert.equal(await stageOf(sandbox, dealId), 'quoted');
  },
};

const addOnWecom: Flow = {
  name: 'add-customer:wecom',
  sandbox: { wecom: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom);
    const { platform, company } = sandbox.wecom;
    await bookImported(sandbox);
    platform.addContact(company.customers.he, company.staff.wangqiang, {});
    await platform.waitForCard(company.staff.wangqiang, '贺女士');
    const page = await openPage(sandbox, 'wecom', platform.signInCode(company.staff.wangqiang));
    await addFromChat(page, { platform: 'wecom', externalId: company.customers.he.externalUserId }, '贺女士的店');
  },
};

const addOnDingtalk: Flow = {
  name: 'add-customer:dingtalk',
  sandbox: { dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.dingtalk);
    const { platform, company } = sandbox.dingtalk;
    await platform.waitForConnection();
    // The robot knows a group by the first word said to it.
    platform.mentionBot(company.staff.lina, company.freeGroup, '大家好，这个群谈鸿达的项目');
    await settled(sandbox);
    const page = await openPage(sandbox, 'dingtalk', platform.signInCode(company.staff.lina));
    const chat = { platform: 'dingtalk', externalId: company.freeGroup.conversationId };
    const dealId = await addFromChat(page, chat, '永康鸿达五金');
    platform.mentionBot(company.staff.lina, company.freeGroup, '吴经理说：帮我报下价');
    await platform.waitForCard(company.staff.lina, '初步接触 → 报价发送');
    assert.equal(await stageOf(sandbox, dealId), 'quoted');
  },
};

/** The owner and those above see everything; others learn a name and whose it is, and no more. */
const rights: Flow = {
  name: 'rights',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const { lina, wangqiang, chen } = company.staff;
    const deal = await sandbox.app.look((tx) => tx.opportunity.get(company.deals.bearing));
    assert.ok(deal);
    const path = `/api/customers/${deal.customerId}`;
    const pages = await Promise.all(
      [lina, chen, wangqiang].map((person) => openPage(sandbox, 'feishu', platform.signInCode(person))),
    );
    const answers = await Promise.all(pages.map((page) => page('GET', path)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 404],
    );
    const [, , stranger] = pages;
    assert.ok(stranger);
    const move = { toStage: 'quoted', expectedVersion: deal.version, reason: '替她推进' };
    assert.equal((await stranger('POST', `/api/deals/${deal.id}/move`, move)).status, 404);
    const seen = await stranger<ChatView>('GET', chatPath('feishu', company.chats.hengrui.chatId));
    assert.deepEqual(seen.body, { state: 'others', name: '宁波恒锐机电', ownerName: '李娜' });
    assert.equal((await fetch(new URL(path, sandbox.url))).status, 401);
    assert.equal(await stageOf(sandbox, deal.id), 'qualified');
    const looks = await sandbox.app.look((tx) => tx.auditEntry.list({ entityId: deal.customerId }));
    assert.ok(looks.length > 0, 'the look of a supervisor left no trace');
  },
};

/** Everything goes to the colleague who takes over; the history stays. */
const handover: Flow = {
  name: 'handover',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const { lina, wangqiang } = company.staff;
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价，规格书发你了');
    await platform.waitForCard(lina, '报价发送');
    const ids = await sandbox.app.look(async (tx) => {
      const [from, to] = [await tx.staff.find({ name: lina.name }), await tx.staff.find({ name: wangqiang.name })];
      assert.ok(from && to);
      return { fromId: from.id, toId: to.id, actorId: null };
    });
    const step = await sandbox.app.transact((tx) => handOver(tx, ids));
    assert.ok(step.ok && !step.more);
    await sandbox.app.transact((tx) => finishHandOver(tx, ids, step.moved));
    await platform.waitForText(wangqiang, '李娜');
    const deal = await sandbox.app.look((tx) => tx.opportunity.get(company.deals.bearing));
    assert.ok(deal);
    const path = `/api/customers/${deal.customerId}`;
    const [before, after] = await Promise.all(
      [lina, wangqiang].map((person) => openPage(sandbox, 'feishu', platform.signInCode(person))),
    );
    assert.ok(before && after);
    assert.equal((await before('GET', path)).status, 404);
    const seen = await after<CustomerView>('GET', path);
    assert.equal(seen.body.own, true);
    assert.equal(await stageOf(sandbox, deal.id), 'quoted');
    assert.equal((await movesOf(sandbox, deal.id)).length, 1);
    // The customer's next words reach the one who has it now.
    platform.say(company.customers.zhou, company.chats.hengrui, '样品寄两套过来');
    await platform.waitForCard(wangqiang, '报价发送 → 样品交付');
  },
};

export const pageFlows: readonly Flow[] = [addOnFeishu, addOnWecom, addOnDingtalk, rights, handover];
