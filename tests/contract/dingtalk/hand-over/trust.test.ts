/** What a hand-over may do in the product: the code says who asks, the page's chat opens nothing that they may not touch. */
import { expect, it } from 'vitest';
import type { Person } from '../../../../sandbox/dingtalk/world.ts';
import { movesOf, settled, stageOf } from '../../../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../../../sandbox/start.ts';
import { useSandbox } from '../../../support/sandbox.ts';

const REPORTED = '报价单发过去了';
const line = { speakerName: '王强', text: REPORTED, sentAt: 1_800_000_000_000 };
const open = useSandbox();

async function scene() {
  const sandbox = await open({ dingtalk: {} });
  if (!sandbox.dingtalk) throw new Error('these tests are about DingTalk');
  const { platform, company } = sandbox.dingtalk;
  const post = async (person: Person, body: object) => {
    const response = await fetch(`${sandbox.url}/api/hand-over/dingtalk`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code: platform.signInCode(person), ...body }),
    });
    await settled(sandbox);
    return { status: response.status, body: await response.json() };
  };
  const chatId = company.dealGroup.conversationId;
  return { sandbox, platform, ...company, chatId, post, stage: () => stageOf(sandbox, company.deals.roller) };
}

const chatsOf = (sandbox: Sandbox) => sandbox.app.look((tx) => tx.chat.list({}));
const taken = { status: 202, body: { messages: 1 } };

it('moves the deal of the chat for its owner, and for somebody above them', async () => {
  for (const who of ['lina', 'chen'] as const) {
    const { staff, chatId, post, stage } = await scene();
    expect(await post(staff[who], { chatId, lines: [line] })).toEqual(taken);
    expect(await stage()).toBe('quoted');
  }
});

it('is a record handed over in private where the colleague may not act for the owner of the chat', async () => {
  const { platform, staff, chatId, post, stage } = await scene();
  expect(await post(staff.wangqiang, { chatId, lines: [line] })).toEqual(taken);
  expect(await stage()).toBe('qualified');
  expect(await platform.waitForText(staff.wangqiang)).toContain('你名下还没有进行中的商机');
});

it('asks which deal is meant where the chat is unknown, and keeps no row of a chat that somebody made up', async () => {
  const { sandbox, platform, staff, post, stage } = await scene();
  const before = (await chatsOf(sandbox)).length;
  expect(await post(staff.lina, { chatId: 'cidInvented==', lines: [line] })).toEqual(taken);
  await platform.waitForCard(staff.lina, '这段话是哪个商机的');
  expect(await stage()).toBe('qualified');
  expect(await chatsOf(sandbox)).toHaveLength(before);
});

it('does nothing for a colleague who was taken out of the CRM', async () => {
  const { sandbox, staff, chatId, post, stage } = await scene();
  await sandbox.app.transact(async (tx) => {
    const chen = await tx.staff.find({ name: '陈总监' });
    if (!chen) throw new Error('who is 陈总监?');
    await tx.staff.update({ id: chen.id }, { active: false });
  });
  await post(staff.chen, { chatId, lines: [line] });
  expect(await stage()).toBe('qualified');
});

it('reads a line that reports the customer as the words of the customer', async () => {
  const { sandbox, staff, deals, chatId, post } = await scene();
  await post(staff.lina, { chatId, lines: [{ ...line, text: '沈厂长说：帮我报下价，图纸发你了' }] });
  expect(await movesOf(sandbox, deals.roller)).toMatchObject([{ toStage: 'quoted', speakerName: '沈厂长' }]);
});

it('takes only what it knows, in full', async () => {
  const { staff, chatId, post, stage } = await scene();
  const refused = { status: 400, body: { code: 'bad_request' } };
  const bad: readonly object[] = [
    { messageIds: ['om_1'] },
    { chatId, lines: [] },
    { chatId, lines: Array.from({ length: 21 }, () => line) },
    { chatId, lines: [{ ...line, text: '长'.repeat(4001) }] },
    { chatId, lines: [{ ...line, text: '' }] },
    { chatId, lines: [{ ...line, speaker: { id: 'shen', internal: false } }] },
    { chatId, lines: [{ ...line, sentAt: -1 }] },
    { chatId, lines: [line], vouched: true },
    { chatId, lines: [line], messageIds: ['om_1'] },
    { lines: [line] },
  ];
  for (const body of bad)
    expect(await post(staff.lina, body), JSON.stringify(body).slice(0, 80)).toMatchObject(refused);
  expect(await stage()).toBe('qualified');
});

it('refuses somebody without a code of ours, and words sent to a platform that reads messages itself', async () => {
  const { sandbox, staff, chatId, post } = await scene();
  const invented = await post(staff.lina, { code: 'invented', chatId, lines: [line] });
  expect(invented).toMatchObject({ status: 401, body: { code: 'sign_in' } });
  const feishu = await fetch(`${sandbox.url}/api/hand-over/feishu`, {
    method: 'POST',
    body: JSON.stringify({ code: 'x', chatId, lines: [line] }),
  });
  expect(feishu.status).toBe(400);
});
