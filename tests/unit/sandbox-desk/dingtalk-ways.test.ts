/** DingTalk on the desk by its other ways: callbacks instead of the stream, and messages with links where cards cannot be made. */
import { afterEach, expect, it } from 'vitest';
import { saidBy } from '../../../sandbox/console/markdown.ts';
import { carryOut } from '../../../sandbox/desk/commands.ts';
import { type Desk, openDesk } from '../../../sandbox/desk/desk.ts';
import { readView } from '../../../sandbox/desk/read-view.ts';
import { BUTTON_TEMPLATE } from '../../../sandbox/dingtalk/index.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';

let sandbox: Sandbox;

afterEach(() => sandbox.close());

async function open(mode: 'stream' | 'webhook'): Promise<Desk> {
  sandbox = await startSandbox({ logLevel: 'silent', dingtalk: { mode } });
  await sandbox.dingtalk?.platform.waitForConnection();
  const desk = openDesk(sandbox);
  for (const platform of desk.platforms) platform.furnish();
  return desk;
}

const stage = () =>
  sandbox.app.look(async (tx) => (await tx.opportunity.get(sandbox.dingtalk?.company.deals.roller ?? ''))?.stage);

async function messagesIn(desk: Desk, title: string) {
  const { chats } = await readView(desk);
  const found = chats.find((one) => one.platform === 'dingtalk' && one.title === title);
  return { chatId: found?.id, messages: found?.messages ?? [] };
}

it('brings words and turns forgeries away over callbacks', async () => {
  const desk = await open('webhook');
  const { chatId } = await messagesIn(desk, '越丰项目内部群');
  await carryOut(desk, 'say', { chatId, personId: 'lina', text: '客户说帮我报下价', toBot: true });
  await expect.poll(stage, { timeout: 5000 }).toBe('quoted');
  const { messages } = await messagesIn(desk, '越丰项目内部群');
  expect(messages.at(-1)?.fate?.delivery?.how).toBe('签名 + 加密');
  const answer = await carryOut(desk, 'forge', { platform: 'dingtalk' });
  expect(answer).toMatchObject({ answer: { notice: { tone: 'success', text: expect.stringContaining('HTTP 401') } } });
  const view = (await readView(desk)).platforms.find(({ key }) => key === 'dingtalk');
  expect(view?.lines[0]?.text).toBe('Webhook');
  expect(view?.complaints).toEqual([]);
});

it('shows links in place of buttons when the template is gone, and a link says what the button meant', async () => {
  const desk = await open('stream');
  sandbox.dingtalk?.platform.cards.removeTemplate(BUTTON_TEMPLATE);
  const { chatId } = await messagesIn(desk, '越丰项目内部群');
  await carryOut(desk, 'say', { chatId, personId: 'lina', text: '客户说帮我报下价', toBot: true });
  const digest = async () =>
    (await messagesIn(desk, '李娜和聊单的单聊')).messages.find(({ text }) => text.includes('今日进展'));
  await expect.poll(digest, { timeout: 5000 }).toBeDefined();
  const shown = await digest();
  expect(shown).toMatchObject({ from: 'bot', card: null, markdown: true });
  const [link = ''] = /dtmd:[^)]+/.exec(shown?.text ?? '') ?? [];
  const home = await messagesIn(desk, '李娜和聊单的单聊');
  await carryOut(desk, 'say', { chatId: home.chatId, personId: 'lina', text: saidBy(link) });
  await expect.poll(stage, { timeout: 5000 }).toBe('qualified');
});
