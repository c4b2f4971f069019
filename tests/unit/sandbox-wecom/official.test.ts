/** The vendor's own packages on the emulator: the AI bot's client, and the crypto of callbacks. */
import { type TemplateCard, WecomCrypto, WSClient, type WSClientOptions } from '@wecom/aibot-node-sdk';
import { decrypt, getSignature } from '@wecom/crypto';
import { expect, onTestFinished, test } from 'vitest';
import type { ListeningWecomEmulator } from '../../../sandbox/wecom/index.ts';
import { AES_KEY, BUTTON_CARD, CORP, field, standIn, startEmulator, TOKEN } from './support.ts';

/** The end of a test may come before the acknowledgement; what people saw is what counts. */
const cutShort = () => {};
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

function clientOf(emulator: ListeningWecomEmulator, options: Partial<WSClientOptions> = {}): WSClient {
  const paces = { heartbeatInterval: 100, reconnectInterval: 20, logger: quiet };
  const client = new WSClient({ botId: 'BOT', secret: 'bot secret', wsUrl: emulator.botUrl, ...paces, ...options });
  onTestFinished(() => {
    client.removeAllListeners();
    client.on('error', () => {});
    client.disconnect();
  });
  client.on('error', () => {});
  return client;
}

async function office() {
  const emulator = await startEmulator();
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const team = emulator.world.createGroup({ name: '销售部', members: [lina], botIn: true });
  const client = clientOf(emulator);
  client.on('message.text', (frame) => {
    const words = `已记下：${frame.body?.text?.content}`;
    const id = String(frame.body?.msgid);
    const first = client.replyStream(frame, id, '想一想', false);
    first.then(() => client.replyStream(frame, id, words, true)).catch(cutShort);
  });
  client.connect();
  await emulator.waitForBot();
  return { emulator, lina, team, client };
}

test('hears and answers, in private and in a group', async () => {
  const { emulator, lina, team } = await office();
  emulator.sayToBot(lina, '在吗');
  expect(await emulator.waitForText(lina, '已记下')).toBe('已记下：在吗');
  emulator.mentionBot(lina, team, '报价');
  expect(await emulator.waitForText(team, '已记下')).toBe('已记下：@聊单助手 报价');
  expect(emulator.journal.complaints).toEqual([]);
});

test('welcomes, sends a card, changes it when it is tapped, uploads a file', async () => {
  const { emulator, lina, client } = await office();
  client.on('event.enter_chat', (frame) => {
    client.replyWelcome(frame, { msgtype: 'text', text: { content: '欢迎' } }).catch(cutShort);
  });
  client.on('event.template_card_event', (frame) => {
    const face = { ...BUTTON_CARD, replace_text: '已推进' } as TemplateCard;
    client.updateTemplateCard(frame, face).catch(cutShort);
  });
  emulator.openBotChat(lina);
  await emulator.waitForText(lina, '欢迎');
  emulator.sayToBot(lina, '在吗');
  await client.sendMessage('lina', { msgtype: 'template_card', template_card: BUTTON_CARD as TemplateCard });
  const card = await emulator.waitForCard(lina);
  expect((await emulator.tap(lina, card.messageId, '推进')).ok).toBe(true);
  expect((await emulator.waitForCard(lina, '已推进')).updates).toBe(1);
  const { media_id } = await client.uploadMedia(Buffer.alloc(700 * 1024, 1), { type: 'file', filename: '报价单.pdf' });
  await client.sendMediaMessage('lina', 'file', media_id);
});

test('comes back after a cut and after missing pongs, stays away after a take-over', async () => {
  const { emulator, lina, client } = await office();
  emulator.bot.dropAll();
  await emulator.journal.until(() => emulator.bot.ready() === 0);
  await emulator.waitForBot();
  emulator.misbehave.bot.silentPong(true);
  await emulator.journal.until(() => emulator.bot.ready() === 0);
  emulator.misbehave.bot.silentPong(false);
  await emulator.waitForBot();
  emulator.sayToBot(lina, '还在吗');
  await emulator.waitForText(lina, '已记下');
  const told = new Promise<void>((resolve) => client.on('event.disconnected_event', () => resolve()));
  emulator.bot.takeOver();
  await told;
  expect([client.isConnected, emulator.bot.ready()]).toEqual([false, 0]);
});

test('a wrong secret is told as such', async () => {
  const emulator = await startEmulator();
  const client = clientOf(emulator, { secret: 'wrong', maxAuthFailureAttempts: 0 });
  const failed = new Promise<Error>((resolve) => client.on('error', resolve));
  client.connect();
  expect((await failed).message).toContain('853000');
});

test('callbacks open with the vendor’s crypto', async () => {
  const emulator = await startEmulator();
  const product = await standIn(emulator);
  await emulator.sayToApp(emulator.world.addMember({ userid: 'lina', name: '李娜' }), '报价').delivery?.done;
  const { query, body } = product.received[0] ?? { query: {} as Record<string, string>, body: '' };
  const { msg_signature, timestamp = '', nonce = '' } = query;
  const sealed = field(body, 'Encrypt') ?? '';
  expect(getSignature(TOKEN, timestamp, nonce, sealed)).toBe(msg_signature);
  expect(decrypt(AES_KEY, sealed).id).toBe(CORP);
  expect(new WecomCrypto(TOKEN, AES_KEY, CORP).decrypt(sealed)).toContain('<Content><![CDATA[报价]]></Content>');
});
