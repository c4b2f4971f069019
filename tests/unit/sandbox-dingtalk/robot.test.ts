/** What the robot hears and what it may say: groups, session webhooks, sends by API, failures behind HTTP 200. */
import { expect, test } from 'vitest';
import { CLIENT, call, connect, kinds, office, startEmulator, tokenOf } from './support.ts';

const send = (path: string) => `/v1.0/robot/${path}`;
const markdown = {
  msgKey: 'sampleMarkdown',
  msgParam: JSON.stringify({ title: '提醒', text: '**恒锐** 三天没有跟进' }),
};

async function staffed(options = {}) {
  const emulator = await startEmulator(options);
  const product = await connect(emulator);
  return { emulator, product, ...office(emulator), token: await tokenOf(emulator) };
}

test('in a group the robot hears only what is said to it, and no files', async () => {
  const { emulator, product, lina, chen, deal } = await staffed();
  expect(emulator.say(lina, deal, '客户要报价').delivery).toBeNull();
  expect(emulator.say(lina, deal, '客户要报价', { mention: ['all'] }).delivery).toBeNull();
  expect(emulator.mentionBot(lina, deal, { file: '报价单.xlsx' }).delivery).toBeNull();
  await emulator.mentionBot(lina, deal, '客户要报价', { mention: [chen] }).delivery?.done;
  expect(product.frames).toHaveLength(1);
  expect(product.frames[0]?.data).toMatchObject({
    conversationType: '2',
    conversationId: deal.conversationId,
    conversationTitle: '恒锐 成交群',
    isInAtList: true,
    text: { content: ' 客户要报价' },
    atUsers: [{}, { staffId: chen.userId }],
  });
});

test('no customers: an external group takes no robot, an outsider has no chat with it', async () => {
  const { emulator, lina } = await staffed();
  const zhou = emulator.world.addPerson({ name: '周工', company: '宁波恒锐机电' });
  const group = emulator.world.createGroup({ name: '恒锐 × 海川', members: [lina, zhou] });
  expect(emulator.world.addBot(group)).toEqual({ ok: false, reason: 'external_group' });
  expect(emulator.mentionBot(lina, group, '在吗').delivery).toBeNull();
  expect(() => emulator.sayToBot(zhou, '在吗')).toThrow();
});

test('rich texts, voice and quotations in their shapes; no staffId before the app is published', async () => {
  const { emulator, product, lina } = await staffed();
  emulator.grants.published = false;
  await emulator.sayToBot(lina, { richText: ['周工：', { picture: '图' }] }).delivery?.done;
  await emulator.sayToBot(lina, { audio: { durationMs: 4000, recognition: '样品寄出了' } }).delivery?.done;
  const first = emulator.sayToBot(lina, '样品寄出了');
  await emulator.sayToBot(lina, '记一下', { replyTo: first.messageId }).delivery?.done;
  const said = product.frames.map(({ data }) => data);
  expect(said[0]?.content).toMatchObject({ richText: [{ text: '周工：' }, { type: 'picture' }] });
  expect(said[1]?.content).toMatchObject({ duration: 4000, recognition: '样品寄出了' });
  expect(said.at(-1)?.text).toMatchObject({ isReplyMsg: true, repliedMsg: { content: { text: '样品寄出了' } } });
  expect(said.some((data) => 'senderStaffId' in data)).toBe(false);
});

test('a session webhook answers for 90 minutes, and refuses with HTTP 200', async () => {
  let at = 1_700_000_000_000;
  const { emulator, product, lina, deal } = await staffed({ now: () => at });
  await emulator.mentionBot(lina, deal, '在吗').delivery?.done;
  const webhook = String(product.frames[0]?.data.sessionWebhook);
  const text = { msgtype: 'text', text: { content: '在' } };
  expect((await call(webhook, '', text)).body).toEqual({ errcode: 0, errmsg: 'ok' });
  expect(await emulator.waitForText(deal, '在')).toBe('在');
  const button = { title: '打开', actionURL: 'https://crm.example/x' };
  await call(webhook, '', { msgtype: 'actionCard', actionCard: { title: '报价', text: '要推进吗', btns: [button] } });
  expect(emulator.cardsOf(deal)).toMatchObject([{ buttons: ['打开'], outTrackId: null }]);
  expect((await call(webhook, '', { msgtype: 'poem' })).body.errcode).toBe(400105);
  at += 91 * 60_000;
  expect(await call(webhook, '', text)).toMatchObject({ status: 200, body: { errcode: 300001 } });
  expect(kinds(emulator)).toEqual(['dead_session']);
});

test('sending to people: who was not reached is only in the lists', async () => {
  const { emulator, lina, chen, token } = await staffed();
  emulator.leaveCompany(chen);
  const body = { robotCode: CLIENT, userIds: [lina.userId, chen.userId, 'nobody'], ...markdown };
  const sent = await call(emulator.apiBase, send('oToMessages/batchSend'), body, { token });
  expect(sent).toMatchObject({ status: 200, body: { invalidStaffIdList: [chen.userId, 'nobody'] } });
  expect(emulator.textsOf(lina)).toEqual(['**恒锐** 三天没有跟进']);
  emulator.misbehave.hideFailures(1);
  const held = await call(emulator.apiBase, send('oToMessages/batchSend'), body, { token });
  expect(held).toMatchObject({ status: 200, body: { flowControlledStaffIdList: [lina.userId] } });
  expect(emulator.textsOf(lina)).toHaveLength(1);
  const recall = { robotCode: CLIENT, processQueryKeys: [sent.body.processQueryKey, 'unknown'] };
  const recalled = await call(emulator.apiBase, send('otoMessages/batchRecall'), recall, { token });
  expect(recalled.body).toMatchObject({
    successResult: [sent.body.processQueryKey],
    failedResult: { unknown: expect.any(String) },
  });
  expect(emulator.textsOf(lina)).toEqual([]);
});

test.each([
  ['no robot', { robotCode: undefined }, 'invalidParameter.robotCode.empty'],
  ['another robot', { robotCode: 'dingother' }, 'invalidParameter.robotCode.notExsit'],
  ['nobody', { userIds: [] }, 'invalidParameter.userIds.empty'],
  ['too many', { userIds: Array.from({ length: 21 }, String) }, 'invalidParameter.userIds.overMax'],
  ['a strange template', { msgKey: 'samplePoem' }, 'invalidParameter.msgKey.invalid'],
  ['a template without its words', { msgParam: '{"title":"x"}' }, 'invalidParameter.msgParam.invalid'],
  [
    'too long',
    { msgParam: JSON.stringify({ title: 'x', text: '长'.repeat(5001) }) },
    'invalidParameter.msgParam.tooLong',
  ],
])('sending to people is refused: %s', async (_, change, code) => {
  const { emulator, lina, token } = await staffed();
  const body = { robotCode: CLIENT, userIds: [lina.userId], ...markdown, ...change };
  const sent = await call(emulator.apiBase, send('oToMessages/batchSend'), body, { token });
  expect(sent).toMatchObject({ status: 400, body: { code } });
});

test('sending to a group, with links; refused where the robot is not', async () => {
  const { emulator, lina, deal, token } = await staffed();
  const dtmd = `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent('同意')}`;
  const param = {
    title: '审批',
    text: '要同意吗',
    actionTitle1: '同意',
    actionURL1: dtmd,
    actionTitle2: '看',
    actionURL2: 'https://x.cn',
  };
  const card = { robotCode: CLIENT, msgKey: 'sampleActionCard2', msgParam: JSON.stringify(param) };
  const to = (id: string) =>
    call(emulator.apiBase, send('groupMessages/send'), { ...card, openConversationId: id }, { token });
  expect((await to(deal.conversationId)).status).toBe(200);
  const shown = await emulator.waitForCard(deal, '要同意吗');
  expect(shown.buttons).toEqual(['同意', '看']);
  expect(await emulator.tap(lina, shown.messageId, '看')).toMatchObject({ ok: true, opened: 'https://x.cn' });
  const tapped = await emulator.tap(lina, shown.messageId, '同意');
  expect(tapped.ok && emulator.world.message(tapped.said?.messageId ?? '').body.content).toBe('同意');
  expect((await to('cidunknown')).body.code).toBe('invalid.openConversationId');
  const other = emulator.world.createGroup({ name: '别的', members: [lina] });
  expect((await to(other.conversationId)).body.code).toBe('resource.not.found');
  emulator.disbandGroup(deal, lina);
  expect((await to(deal.conversationId)).body.code).toBe('group.disbanded');
});
