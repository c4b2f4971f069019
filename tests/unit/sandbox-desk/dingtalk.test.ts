/** DingTalk on the desk: what the robot hears, cards and their buttons, what a month costs, and what a stranger could do. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { carryOut } from '../../../sandbox/desk/commands.ts';
import { type Desk, openDesk } from '../../../sandbox/desk/desk.ts';
import { readView } from '../../../sandbox/desk/read-view.ts';
import type { CardJson, ChatView, MessageView } from '../../../sandbox/desk/view.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';

let sandbox: Sandbox;
let desk: Desk;
const GROUP = '越丰项目内部群';
const PRIVATE = '李娜和聊单的单聊';

beforeAll(async () => {
  sandbox = await startSandbox({ logLevel: 'silent', dingtalk: {} });
  desk = openDesk(sandbox);
  for (const platform of desk.platforms) platform.furnish();
  await sandbox.dingtalk?.platform.waitForConnection();
});

afterAll(() => sandbox.close());

async function chat(title: string): Promise<ChatView> {
  const { chats } = await readView(desk);
  const found = chats.find((one) => one.platform === 'dingtalk' && one.title === title);
  if (!found) throw new Error(`no chat ${title} among ${chats.map((one) => one.title).join(', ')}`);
  return found;
}
const view = async () => (await readView(desk)).platforms.find(({ key }) => key === 'dingtalk');
const newest = async (title: string) => (await chat(title)).messages.at(-1);
const said = async (title: string, words: string) =>
  (await chat(title)).messages.findLast(({ text, from }) => from !== 'bot' && text.includes(words));
const fate = (title: string, words: string) =>
  expect.poll(async () => (await said(title, words))?.fate?.summary, { timeout: 5000 });
const stage = () =>
  sandbox.app.look(async (tx) => (await tx.opportunity.get(sandbox.dingtalk?.company.deals.roller ?? ''))?.stage);

const say = async (title: string, text: string, toBot = false, personId = 'lina') =>
  carryOut(desk, 'say', { chatId: (await chat(title)).id, personId, text, toBot });
const tap = (message: MessageView | undefined, control: string, personId = 'lina') =>
  carryOut(desk, 'tap', { personId, messageId: message?.id, value: { control } });

const buttonsOf = (card: CardJson | null | undefined) => (card?.buttons ?? []) as { control: string; text: string }[];
const cardNamed = async (title: string, name: string) =>
  (await chat(title)).messages.findLast(({ card }) => String(card?.title ?? '').includes(name));

it('lists internal groups and private chats, each with the way its words take, and the month', async () => {
  const { chats } = await readView(desk);
  const paths = chats.filter(({ platform }) => platform === 'dingtalk').map(({ title, path }) => [title, path.name]);
  expect(Object.fromEntries(paths)).toEqual({
    越丰项目内部群: '群机器人',
    新项目讨论: '群机器人',
    李娜和聊单的单聊: '机器人单聊',
    王强和聊单的单聊: '机器人单聊',
    陈总监和聊单的单聊: '机器人单聊',
  });
  expect((await view())?.meters).toMatchObject([
    { label: '接口调用', limit: 5000, tone: 'quiet' },
    { label: '推送和回话', limit: 3000, tone: 'quiet' },
  ]);
  expect((await chat(GROUP)).matter).toMatchObject({ kind: 'customer', name: '绍兴越丰印染', ownerName: '李娜' });
});

it('hears nothing that is said without @, and costs nothing by it', async () => {
  await say(GROUP, '沈厂长说合同盖好章了');
  expect((await newest(GROUP))?.fate).toMatchObject({ progress: 'unheard', summary: '没有 @，听不到', delivery: null });
  expect((await view())?.meters?.map(({ used }) => used)).toEqual([0, 0]);
  expect(await stage()).toBe('qualified');
});

it('moves the deal by words with @, and takes the move back from the card', async () => {
  await say(GROUP, '客户说帮我报下价', true);
  await fate(GROUP, '报下价').toBe('已推进到「报价发送」');
  expect((await said(GROUP, '报下价'))?.text).toBe('@聊单 客户说帮我报下价');
  expect((await said(GROUP, '报下价'))?.fate?.delivery?.how).toBe('Stream 长连接');
  await expect.poll(() => cardNamed(PRIVATE, '今日进展'), { timeout: 5000 }).toBeDefined();
  const digest = await cardNamed(PRIVATE, '今日进展');
  expect(buttonsOf(digest?.card).map(({ text }) => text)).toEqual(['撤销']);
  const [undo] = buttonsOf(digest?.card);
  expect(await tap(digest, undo?.control ?? '', 'wangqiang')).toMatchObject({
    answer: { notice: { text: '这张卡片不是给他看的。' } },
  });
  expect(await tap(digest, '没有的按钮')).toMatchObject({
    answer: { notice: { text: '卡片刚更新过，这个按钮已经没有了。' } },
  });
  expect(await tap(digest, undo?.control ?? '')).toMatchObject({ ok: true });
  expect(await stage()).toBe('qualified');
  await expect.poll(async () => buttonsOf((await cardNamed(PRIVATE, '今日进展'))?.card)).toEqual([]);
});

it('answers the asker in private, and says so where they asked', async () => {
  await say(GROUP, '越丰到哪一步了', true);
  await fate(GROUP, '哪一步').toBe('聊单已私下回话');
  expect(await cardNamed(PRIVATE, '绍兴越丰印染')).toBeDefined();
  await say(PRIVATE, '今天要跟进谁');
  await fate(PRIVATE, '跟进谁').toBe('聊单已回话');
  await say(PRIVATE, '明天天气怎么样');
  await fate(PRIVATE, '天气').toBe('没有动作：没有说到报价、样品、合同、付款或售后');
});

it('asks whose words a pasted record is, counts it once although it came three times, and moves what is chosen', async () => {
  const record = (await chat(PRIVATE)).lines.find(({ label }) => label === '粘贴一段聊天记录');
  await carryOut(desk, 'trick', { trick: 'copies', on: true });
  await say(PRIVATE, record?.text ?? '');
  await carryOut(desk, 'trick', { trick: 'copies', on: false });
  await fate(PRIVATE, '沈厂长').toBe('已问是哪个商机');
  expect((await said(PRIVATE, '沈厂长'))?.fate?.delivery?.pushes).toBe(3);
  const asked = async () =>
    (await chat(PRIVATE)).messages.filter(({ card }) => String(card?.title ?? '').includes('哪个商机'));
  await expect.poll(async () => (await asked()).length, { timeout: 5000 }).toBe(1);
  const [card] = await asked();
  const choice = buttonsOf(card?.card).find(({ text }) => text.includes('越丰 输送辊'));
  await tap(card, choice?.control ?? '');
  await expect.poll(stage, { timeout: 5000 }).toBe('sampling');
});

it('loses its line and finds it again', async () => {
  expect(await carryOut(desk, 'disconnect', { platform: 'dingtalk' })).toMatchObject({ ok: true });
  expect(await carryOut(desk, 'disconnect', { platform: 'dingtalk' })).toMatchObject({ ok: false, status: 409 });
  await sandbox.dingtalk?.platform.waitForConnection({ timeoutMs: 10_000 });
  expect((await view())?.lines).toMatchObject([{ text: 'Stream', tone: 'good' }]);
});

it('turns a forged callback away, and the platform has nothing to complain about', async () => {
  const answer = await carryOut(desk, 'forge', { platform: 'dingtalk' });
  expect(answer).toMatchObject({ ok: true, answer: { notice: { tone: 'success' } } });
  expect((await readView(desk)).platforms.flatMap(({ complaints }) => complaints)).toEqual([]);
});

it('warns the manager when nine tenths of the month are gone', async () => {
  expect(await carryOut(desk, 'exhaust', { platform: 'dingtalk' })).toMatchObject({ ok: true });
  expect((await view())?.meters?.map(({ tone }) => tone)).toEqual(['bad', 'bad']);
  const warnings = async () =>
    (await chat('陈总监和聊单的单聊')).messages.filter(({ text }) => text.includes('90%')).length;
  await expect.poll(warnings, { timeout: 10_000 }).toBe(2);
});

it('refuses strangers in a chat, unknown chats and tools that this platform lacks', async () => {
  expect(await say(GROUP, '帮我报下价', true, 'chen')).toMatchObject({ ok: false, message: '这个人不在会话里。' });
  expect(await carryOut(desk, 'newcomer', { platform: 'dingtalk' })).toMatchObject({
    ok: false,
    message: '这个平台没有这个操作。',
  });
  expect(await tap(await cardNamed(PRIVATE, '今日进展'), 'x', 'nobody')).toMatchObject({ ok: false, status: 404 });
});
