/** WeCom on the desk: each way the words take, who may speak where, and why words were not heard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { carryOut } from '../../../sandbox/desk/commands.ts';
import { type Desk, openDesk } from '../../../sandbox/desk/desk.ts';
import { readView } from '../../../sandbox/desk/read-view.ts';
import type { ChatView, DeskView } from '../../../sandbox/desk/view.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';

let sandbox: Sandbox;
let desk: Desk;

beforeAll(async () => {
  sandbox = await startSandbox({ logLevel: 'silent', wecom: {} });
  desk = openDesk(sandbox);
  for (const platform of desk.platforms) platform.furnish();
  await sandbox.wecom?.platform.waitForBot();
});

afterAll(() => sandbox.close());

const chatIn = (view: DeskView, title: string): ChatView => {
  const found = view.chats.find((chat) => chat.title === title);
  if (!found) throw new Error(`no chat ${title} among ${view.chats.map((chat) => chat.title).join(', ')}`);
  return found;
};
const chat = async (title: string): Promise<ChatView> => chatIn(await readView(desk), title);
const newest = async (title: string) => (await chat(title)).messages.at(-1);
const fate = (title: string) => expect.poll(async () => (await newest(title))?.fate?.summary, { timeout: 5000 });

async function say(title: string, speaker: string, text: string, toBot = false) {
  const view = await readView(desk);
  const personIds = view.people.filter(({ name }) => name === speaker).map(({ id }) => id);
  const { id: chatId, memberIds } = chatIn(view, title);
  const personId = personIds.find((id) => memberIds.includes(id)) ?? personIds.at(-1);
  return carryOut(desk, 'say', { chatId, personId, text, toBot });
}

async function act(name: 'forward' | 'take' | 'end' | 'invite', title: string) {
  return carryOut(desk, name, { chatId: (await chat(title)).id });
}

it('lists both platforms, each chat with the way its words take', async () => {
  const view = await readView(desk);
  expect(view.platforms.map(({ name }) => name)).toEqual(['飞书', '企业微信']);
  const paths = view.chats.filter(({ platform }) => platform === 'wecom').map(({ title, path }) => [title, path.name]);
  expect(Object.fromEntries(paths)).toEqual({
    泰利项目内部群: '智能机器人',
    林采购的客服会话: '微信客服',
    贺女士的客服会话: '微信客服',
    李娜的聊单应用: '聊单应用',
    李娜和智能机器人的单聊: '智能机器人',
    王强的聊单应用: '聊单应用',
    陈总监的聊单应用: '聊单应用',
    李娜和林采购的私聊: '成员私聊',
  });
});

describe('a service session', () => {
  const title = '林采购的客服会话';

  it('is given to its owner, who then may speak', async () => {
    expect((await chat(title)).status).toBeNull();
    expect(await say(title, '李娜', '样品今天顺丰寄出了，明天到')).toMatchObject({
      ok: false,
      status: 409,
      message: '会话没有分配给李娜，他不能在这里说话。',
    });
    expect(await say(title, '林采购', '上次的球阀阀体麻烦报个价')).toMatchObject({ ok: true });
    await fate(title).toBe('已推进到「报价发送」');
    await expect.poll(async () => (await chat(title)).status?.text).toBe('已分配给 李娜');
    expect((await newest(title))?.fate?.delivery?.how).toBe('签名 + 加密，响铃后拉取');
    await say(title, '李娜', '样品今天顺丰寄出了，明天到');
    await fate(title).toBe('已推进到「样品交付」');
    expect((await chat(title)).matter).toMatchObject({ kind: 'customer', name: '温州泰利阀门' });
  });

  it('is ended once', async () => {
    expect(await act('end', title)).toMatchObject({ ok: true });
    expect((await chat(title)).status?.text).toBe('会话已结束');
    expect(await act('end', title)).toMatchObject({ ok: false, status: 409 });
    expect(await act('take', title)).toMatchObject({ ok: false, message: '这个会话不在接待池里。' });
    expect(await act('invite', title)).toMatchObject({ ok: false, message: '这个平台没有这个操作。' });
  });
});

it('hears in the group what is said with @, and says why it hears nothing else', async () => {
  const title = '泰利项目内部群';
  await say(title, '王强', '林采购问样品什么时候寄');
  expect((await newest(title))?.fate).toMatchObject({ progress: 'unheard', summary: '没有 @，听不到' });
  await say(title, '王强', '林采购说：合同什么时候能签', true);
  const said = async () => (await chat(title)).messages.find(({ toBot }) => toBot);
  await expect.poll(async () => (await said())?.fate?.tone, { timeout: 5000 }).toBe('ask');
  expect((await said())?.text).toBe('@聊单 林采购说：合同什么时候能签');
  expect((await said())?.fate?.findings).toMatchObject([{ signal: '合同签订', verdict: 'hint' }]);
});

it('hands private words on once', async () => {
  const title = '李娜和林采购的私聊';
  await say(title, '林采购', '首款打过去了');
  expect((await newest(title))?.fate).toMatchObject({ progress: 'unheard', summary: '听不到' });
  expect(await act('forward', title)).toMatchObject({ ok: true });
  expect(await newest(title)).toMatchObject({ fate: { summary: '已转发给聊单应用' } });
  expect((await chat(title)).actions).toEqual([]);
  expect(await act('forward', title)).toMatchObject({ ok: false, message: '没有新的话可以转发。' });
  const handed = (await chat('李娜的聊单应用')).messages.findLast(({ from }) => from === 'lina');
  expect(handed?.text).toContain('首款打过去了');
  await expect
    .poll(async () => (await chat('李娜的聊单应用')).messages.findLast(({ from }) => from === 'lina')?.fate?.summary)
    .toBe('已问是哪个商机');
});

it('shows a colleague alone with the AI bot, who is answered there', async () => {
  const title = '李娜和智能机器人的单聊';
  const asked = async () => (await chat(title)).messages.findLast(({ from }) => from === 'lina');
  expect(await say(title, '李娜', '帮助')).toMatchObject({ ok: true });
  await expect.poll(async () => (await asked())?.fate?.summary, { timeout: 5000 }).toBe('聊单已回话');
  expect((await asked())?.fate?.delivery?.how).toBe('机器人长连接');
  // Something else that the bot said meanwhile counts as an answer too: the answer itself is waited for.
  await expect.poll(async () => (await newest(title))?.from, { timeout: 5000 }).toBe('bot');
});

it('brings a new contact and offers them to the colleague they added', async () => {
  const answer = await carryOut(desk, 'newcomer', { platform: 'wecom' });
  expect(answer).toMatchObject({ ok: true, answer: { notice: { text: '佛山顺捷机械的何经理加了王强的企业微信' } } });
  const app = async () => (await chat('王强的聊单应用')).messages.at(-1);
  await expect.poll(async () => (await app())?.summary, { timeout: 5000 }).toBe('新线索：何经理');
  const card = await app();
  const tap = { messageId: card?.id, value: { key: '建为客户' } };
  const others = await carryOut(desk, 'tap', { ...tap, personId: 'lina' });
  expect(others).toMatchObject({ answer: { notice: { text: '这张卡片不是发给他的，他看不到。' } } });
  expect(await carryOut(desk, 'tap', { ...tap, personId: 'ou_x' })).toMatchObject({ ok: false, status: 404 });
  expect(await carryOut(desk, 'tap', { ...tap, personId: 'wangqiang' })).toMatchObject({ ok: true });
  await expect.poll(async () => (await app())?.updates, { timeout: 5000 }).toBe(1);
});

it('turns a forged callback away, and the platform has nothing to complain about', async () => {
  const answer = await carryOut(desk, 'forge', { platform: 'wecom' });
  expect(answer).toMatchObject({ ok: true, answer: { notice: { tone: 'success' } } });
  expect((await readView(desk)).platforms.flatMap(({ complaints }) => complaints)).toEqual([]);
});
