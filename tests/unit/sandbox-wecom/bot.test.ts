/** The AI bot's long connection: who may connect, what arrives, what may be answered when, and how it breaks. */
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ListeningWecomEmulator } from '../../../sandbox/wecom/index.ts';
import { BUTTON_CARD, startEmulator } from './support.ts';

interface Frame {
  cmd?: string;
  headers: { req_id: string };
  errcode?: number;
  body?: {
    msgid?: string;
    chattype?: string;
    chatid?: string;
    quote?: object;
    event?: { eventtype: string; template_card_event?: object };
    [field: string]: unknown;
  };
}

/** A plain client: frames in, commands out. */
async function connect(emulator: ListeningWecomEmulator, secret = 'bot secret') {
  const socket = new WebSocket(emulator.botUrl);
  onTestFinished(() => socket.terminate());
  const frames: Frame[] = [];
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('message', (data) => {
    frames.push(JSON.parse(String(data)));
    emulator.journal.touch();
  });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('open', resolve));
  let count = 0;
  const ask = async (cmd: string, body?: object, given?: string): Promise<number | undefined> => {
    count += 1;
    const reqId = given ?? `${cmd}_${count}`;
    const before = frames.length;
    socket.send(JSON.stringify({ cmd, headers: { req_id: reqId }, ...(body && { body }) }));
    const mine = (frame: Frame, index: number) => index >= before && !frame.cmd && frame.headers.req_id === reqId;
    return (await emulator.journal.until(() => frames.find(mine), { what: `an answer to ${cmd}` })).errcode;
  };
  const subscribed = await ask('aibot_subscribe', { bot_id: 'BOT', secret });
  const callback = (index = 0): Promise<Frame> =>
    emulator.journal.until(() => frames.filter(({ cmd }) => cmd !== undefined)[index], { what: `callback ${index}` });
  return { socket, frames, closed, ask, subscribed, callback };
}

async function office(options: object = {}) {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000, ...options });
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
  const team = emulator.world.createGroup({ name: '销售部', members: [lina, wang], botIn: true });
  return { emulator, lina, wang, team, client: await connect(emulator) };
}

const markdown = { msgtype: 'markdown', markdown: { content: '已记下' } };
const card = { msgtype: 'template_card', template_card: BUTTON_CARD };
const stream = (content: string, finish = false) => ({ msgtype: 'stream', stream: { id: 's1', content, finish } });

describe('connecting', () => {
  test('a wrong secret is 853000, a second subscribe is too many', async () => {
    const emulator = await startEmulator();
    expect((await connect(emulator, 'wrong')).subscribed).toBe(853000);
    const client = await connect(emulator);
    expect(client.subscribed).toBe(0);
    expect(await client.ask('ping')).toBe(0);
    expect(await client.ask('aibot_subscribe', { bot_id: 'BOT', secret: 'bot secret' })).toBe(45009);
    expect(emulator.bot.ready()).toBe(1);
  });

  test('another path, or no bot at all, is no socket', async () => {
    const emulator = await startEmulator();
    const refused = new WebSocket(emulator.botUrl.replace('openws', 'other'));
    const status = await new Promise((resolve) => {
      refused.on('unexpected-response', (_, res) => resolve(res.statusCode));
      refused.on('error', () => {});
    });
    expect(status).toBe(404);
  });

  test('the newer connection wins; the older one is told and closed', async () => {
    const { emulator, lina, client } = await office();
    const second = await connect(emulator);
    const told = await client.callback();
    expect(told).toMatchObject({ cmd: 'aibot_event_callback', body: { event: { eventtype: 'disconnected_event' } } });
    expect(told.body).not.toHaveProperty('from');
    await client.closed;
    emulator.sayToBot(lina, '在吗');
    expect((await second.callback()).body).toMatchObject({ text: { content: '在吗' } });
    expect(emulator.bot.ready()).toBe(1);
    emulator.bot.takeOver();
    expect((await second.callback(1)).body?.event?.eventtype).toBe('disconnected_event');
  });
});

describe('hearing', () => {
  test('in private, with @ in a group, as a reply to something', async () => {
    const { emulator, lina, team, client } = await office();
    const first = emulator.sayToBot(lina, '客户要报价');
    expect((await client.callback(0)).body).toEqual({
      ...{ msgid: first.messageId, aibotid: 'BOT', chattype: 'single', from: { userid: 'lina' } },
      ...{ msgtype: 'text', text: { content: '客户要报价' } },
    });
    emulator.mentionBot(lina, team, '记一下', { quote: first.messageId });
    expect((await client.callback(1)).body).toMatchObject({
      ...{ chattype: 'group', chatid: team.chatId, text: { content: '@聊单助手 记一下' } },
      quote: { msgtype: 'text', text: { content: '客户要报价' } },
    });
    expect(emulator.mentionBot(lina, team, { image: 'pic' }).delivery).toBeNull();
  });

  test('records: pasted as one text, or merged', async () => {
    const { emulator, lina, client } = await office();
    const zhou = emulator.world.addCustomer({ name: '周工' });
    const said = [emulator.say(zhou, lina, '多少钱'), emulator.say(lina, zhou, '23 元')].map(
      ({ messageId }) => messageId,
    );
    emulator.forward(lina, said, 'bot');
    expect((await client.callback(0)).body?.text).toEqual({
      content: '周工 11/15 06:13:20\n多少钱\n\n李娜 11/15 06:13:20\n23 元',
    });
    emulator.forward(lina, said, 'bot', { as: 'merged' });
    expect((await client.callback(1)).body).toMatchObject({
      ...{ msgtype: 'chatrecord' },
      chatrecord: { item: [{ sender_name: '周工', content: '{"content":"多少钱"}' }, { sender_name: '李娜' }] },
    });
    expect(emulator.forward(lina, said, 'bot', { as: 'one_by_one' })).toHaveLength(2);
  });

  test('a doubled callback keeps its msgid under another request id', async () => {
    const { emulator, lina, client } = await office();
    emulator.sayToBot(lina, '在吗', { botFlaws: { copies: 2 } });
    const [a, b] = [await client.callback(0), await client.callback(1)];
    expect(a.body?.msgid).toBe(b.body?.msgid);
    expect(a.headers.req_id).not.toBe(b.headers.req_id);
  });

  test('a fourth exchange waits until one is answered', async () => {
    const { emulator, lina, client } = await office();
    for (let i = 0; i < 3; i += 1) expect(emulator.sayToBot(lina, `${i}`).delivery).not.toBeNull();
    expect(emulator.sayToBot(lina, '四').delivery).toBeNull();
    expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['unanswered']);
    await client.ask('aibot_respond_msg', markdown, (await client.callback(0)).headers.req_id);
    expect(emulator.sayToBot(lina, '五').delivery).not.toBeNull();
  });

  test('without a connection words are lost, or kept, as told', async () => {
    const lost = await startEmulator();
    const someone = lost.world.addMember({ userid: 'lina', name: '李娜' });
    expect(await lost.sayToBot(someone, '在吗').delivery?.done).toMatchObject({ reason: 'no_connection' });
    const kept = await startEmulator({ unreachableBot: 'kept' });
    const said = kept.sayToBot(kept.world.addMember({ userid: 'lina', name: '李娜' }), '在吗');
    const client = await connect(kept);
    expect((await client.callback()).body?.msgid).toBe(said.messageId);
    expect((await said.delivery?.done)?.accepted).toBe(true);
  });
});

describe('answering', () => {
  test('a reply goes where the words came from, within a day and on the same connection', async () => {
    const { emulator, lina, team, client } = await office();
    emulator.mentionBot(lina, team, '记一下');
    const { req_id } = (await client.callback()).headers;
    expect(await client.ask('aibot_respond_msg', markdown, req_id)).toBe(0);
    expect(emulator.textsOf(team)).toEqual(['已记下']);
    expect(await client.ask('aibot_respond_msg', { msgtype: 'text', text: { content: 'x' } }, req_id)).toBe(40008);
    expect(await client.ask('aibot_respond_msg', markdown, 'made-up')).toBe(846605);
    const next = await connect(emulator);
    expect(await next.ask('aibot_respond_msg', markdown, req_id)).toBe(846605);
    emulator.mentionBot(lina, team, '再记');
    const later = (await next.callback()).headers.req_id;
    emulator.clock.advance(24 * 3600_000 + 1);
    expect(await next.ask('aibot_respond_msg', markdown, later)).toBe(846605);
  });

  test('a stream replaces itself until it is finished or six minutes old', async () => {
    const { emulator, lina, client } = await office();
    emulator.sayToBot(lina, '进展？');
    const { req_id } = (await client.callback()).headers;
    expect(await client.ask('aibot_respond_msg', stream('正在查'), req_id)).toBe(0);
    expect(await client.ask('aibot_respond_msg', stream('已报价', true), req_id)).toBe(0);
    expect(emulator.textsOf(lina)).toEqual(['已报价']);
    expect(await client.ask('aibot_respond_msg', stream('又'), req_id)).toBe(40058);
    const other = (content: string) => ({ msgtype: 'stream', stream: { id: 's2', content } });
    expect(await client.ask('aibot_respond_msg', other('一'), req_id)).toBe(0);
    emulator.clock.advance(360_001);
    expect(await client.ask('aibot_respond_msg', other('二'), req_id)).toBe(846608);
    expect(await client.ask('aibot_respond_msg', other('x'.repeat(20_481)), req_id)).toBe(40058);
  });

  test('a welcome within five seconds of the day’s first visit', async () => {
    const { emulator, lina, wang, client } = await office();
    const text = { msgtype: 'text', text: { content: '您好' } };
    expect(emulator.openBotChat(lina)).not.toBeNull();
    expect(emulator.openBotChat(lina)).toBeNull();
    const { req_id } = (await client.callback(0)).headers;
    expect(await client.ask('aibot_respond_msg', markdown, req_id)).toBe(846605);
    expect(await client.ask('aibot_respond_welcome_msg', text, req_id)).toBe(0);
    emulator.openBotChat(wang);
    const late = (await client.callback(1)).headers.req_id;
    emulator.clock.advance(5001);
    expect(await client.ask('aibot_respond_welcome_msg', text, late)).toBe(846605);
  });

  test('a tap can change its card within five seconds', async () => {
    const { emulator, lina, team, client } = await office();
    emulator.mentionBot(lina, team, '记一下');
    await client.ask('aibot_respond_msg', card, (await client.callback()).headers.req_id);
    const shown = await emulator.waitForCard(team, '商机推进');
    expect(await emulator.tap(lina, shown.messageId, '推进', { stage: 'won' })).toMatchObject({
      ok: true,
      responseCode: null,
    });
    const tapped = await client.callback(1);
    expect(tapped.body?.event).toEqual({
      eventtype: 'template_card_event',
      template_card_event: {
        ...{ card_type: 'button_interaction', event_key: 'advance', task_id: 'card-1' },
        selected_items: { selected_item: [{ question_key: 'stage', option_ids: { option_id: ['won'] } }] },
      },
    });
    const update = (task_id: string) => ({
      response_type: 'update_template_card',
      template_card: { ...BUTTON_CARD, task_id, replace_text: '已推进' },
    });
    const { req_id } = tapped.headers;
    expect(await client.ask('aibot_respond_update_msg', update('other'), req_id)).toBe(42016);
    expect(await client.ask('aibot_respond_update_msg', update('card-1'), req_id)).toBe(0);
    expect(emulator.card(shown.messageId)).toMatchObject({ updates: 1, buttons: [] });
    expect(await client.ask('aibot_respond_update_msg', update('card-1'), req_id)).toBe(846605);
  });

  test('messages of its own go only where somebody has talked to it, thirty a minute', async () => {
    const { emulator, lina, team, client } = await office();
    expect(await client.ask('aibot_send_msg', { chatid: 'lina', ...markdown })).toBe(40058);
    emulator.sayToBot(lina, '在吗');
    expect(await client.ask('aibot_send_msg', { chatid: 'lina', chat_type: 2, ...markdown })).toBe(40058);
    for (let i = 0; i < 30; i += 1) expect(await client.ask('aibot_send_msg', { chatid: 'lina', ...markdown })).toBe(0);
    expect(await client.ask('aibot_send_msg', { chatid: 'lina', ...markdown })).toBe(45009);
    emulator.mentionBot(lina, team, '在吗');
    expect(await client.ask('aibot_send_msg', { chatid: team.chatId, ...card })).toBe(0);
    expect(await client.ask('aibot_send_msg', { chatid: team.chatId, ...card })).toBe(42014);
    expect(await client.ask('aibot_dance', {})).toBe(40008);
  });
});

describe('misbehaving', () => {
  test('no answer to pings, to commands, or a refusal', async () => {
    const { emulator, lina, client } = await office();
    emulator.sayToBot(lina, '在吗');
    const { req_id } = (await client.callback()).headers;
    emulator.misbehave.bot.refuseCommands(846605);
    expect(await client.ask('aibot_respond_msg', markdown, req_id)).toBe(846605);
    emulator.misbehave.bot.silentAcks(true);
    client.socket.send(JSON.stringify({ cmd: 'aibot_respond_msg', headers: { req_id }, body: markdown }));
    expect(await emulator.waitForText(lina, '已记下')).toBe('已记下');
    emulator.misbehave.clear();
    emulator.misbehave.bot.silentPong(true);
    const before = client.frames.length;
    client.socket.send(JSON.stringify({ cmd: 'ping', headers: { req_id: 'ping_1' } }));
    await emulator.journal.waitFor((entry) => entry.kind === 'connection' && entry.what === 'ping');
    expect(client.frames).toHaveLength(before);
  });

  test('a cut connection, and one that is refused for a while', async () => {
    const { emulator, client } = await office();
    emulator.bot.dropAll();
    await client.closed;
    expect(emulator.bot.ready()).toBe(0);
    emulator.misbehave.bot.refuseSubscribe(853000);
    expect((await connect(emulator)).subscribed).toBe(853000);
    emulator.misbehave.bot.refuseSubscribe(null);
    expect((await connect(emulator)).subscribed).toBe(0);
  });
});
