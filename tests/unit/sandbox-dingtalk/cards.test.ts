/** Interactive cards: made, shown, tapped, answered in time or not, changed, and refused. */
import { expect, test } from 'vitest';
import { BUTTON_TEMPLATE } from '../../../sandbox/dingtalk/index.ts';
import { CLIENT, call, connect, type Json, kinds, office, sound, standIn, startEmulator, tokenOf } from './support.ts';

const PATH = '/v1.0/card/instances';
const buttons = (...list: Json[]) => JSON.stringify({ msgButtons: list });
const ADVANCE = { text: '推进', color: 'blue', id: 'a1', request: true, params: { id: 'a1' } };
const OPEN = { text: '打开', color: 'gray', url: 'https://crm.example/deal' };
const params = { title: '恒锐', markdown: '要推进到报价吗', tips: '', sys_full_json_obj: buttons(ADVANCE, OPEN) };

const groupCard = (conversationId: string, more: Json = {}) => ({
  cardTemplateId: BUTTON_TEMPLATE,
  outTrackId: 'card-1',
  callbackType: 'STREAM',
  cardData: { cardParamMap: params },
  openSpaceId: `dtv1.card//IM_GROUP.${conversationId}`,
  imGroupOpenSpaceModel: { supportForward: false },
  imGroupOpenDeliverModel: { robotCode: CLIENT },
  ...more,
});

const privateCard = (userId: string, more: Json = {}) => ({
  ...groupCard(''),
  openSpaceId: `dtv1.card//IM_ROBOT.${userId}`,
  imRobotOpenSpaceModel: { supportForward: false },
  imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode: CLIENT },
  ...more,
});

async function desk(options = {}) {
  const emulator = await startEmulator(options);
  const product = await connect(emulator);
  const token = await tokenOf(emulator);
  const api = (method: string, path: string, body: Json) => call(emulator.apiBase, path, body, { method, token });
  const make = (body: Json) => api('POST', `${PATH}/createAndDeliver`, body);
  return { emulator, product, ...office(emulator), make, update: (body: Json) => api('PUT', PATH, body), api };
}

test('the public template shows words and buttons; a tap calls back and changes the card', async () => {
  const { emulator, product, lina, deal, make } = await desk();
  const made = await make(groupCard(deal.conversationId));
  expect(made.body).toMatchObject({
    success: true,
    result: { outTrackId: 'card-1', deliverResults: [{ spaceType: 'IM_GROUP', success: true }] },
  });
  const card = await emulator.waitForCard(deal, '要推进到报价吗');
  expect(card.buttons).toEqual(['推进', '打开']);
  const cardParamMap = { markdown: '已推进', sys_full_json_obj: buttons() };
  product.answer = (frame) =>
    frame.data.type === 'actionCallback'
      ? { data: { response: { cardUpdateOptions: { updateCardDataByKey: true }, cardData: { cardParamMap } } } }
      : sound(frame);
  expect(await emulator.tap(lina, card.messageId, '推进')).toMatchObject({ ok: true, cardChanged: true });
  const { content, ...rest } = product.frames[0]?.data ?? {};
  expect(rest).toMatchObject({
    userId: lina.userId,
    userIdType: 1,
    outTrackId: 'card-1',
    corpId: 'dingcorp0001',
    value: content,
  });
  expect(JSON.parse(String(content))).toEqual({ cardPrivateData: { actionIds: ['a1'], params: { id: 'a1' } } });
  expect(emulator.card(card.messageId)).toMatchObject({
    buttons: [],
    updates: 1,
    card: { title: '恒锐', markdown: '已推进' },
  });
  expect(await emulator.tap(lina, card.messageId, '推进')).toEqual({ ok: false, reason: 'no_such_control' });
  expect(emulator.journal.complaints).toEqual([]);
});

test('an answer without byKey overwrites; own data is for the tapper alone', async () => {
  const { emulator, product, lina, chen, deal, make } = await desk();
  await make(groupCard(deal.conversationId));
  const { messageId } = await emulator.waitForCard(deal);
  product.answer = () => ({
    data: {
      response: {
        cardData: { cardParamMap: { markdown: '只剩这句' } },
        userPrivateData: { cardParamMap: { tips: '你点了' } },
      },
    },
  });
  expect(await emulator.tap(lina, messageId, 'a1')).toMatchObject({ card: { markdown: '只剩这句', tips: '你点了' } });
  expect(emulator.card(messageId).card).toEqual({ markdown: '只剩这句' });
  expect((await emulator.tap(chen, messageId, 'a1')).ok).toBe(false);
});

test('a late answer, a wrong one, and an update during the tap', async () => {
  const { emulator, product, lina, deal, make, update } = await desk({ cardDeadlineMs: 300 });
  await make(groupCard(deal.conversationId));
  const { messageId } = await emulator.waitForCard(deal);
  product.answer = () => null;
  expect(await emulator.tap(lina, messageId, '推进')).toMatchObject({ ok: false, detail: 'timeout' });
  product.answer = () => ({ data: { response: { privateData: {} } } });
  expect((await emulator.tap(lina, messageId, '推进')).ok).toBe(false);
  product.answer = async () => {
    expect((await update({ outTrackId: 'card-1', cardData: { cardParamMap: { title: 'x' } } })).status).toBe(500);
    return { data: { response: null } };
  };
  expect(await emulator.tap(lina, messageId, '推进')).toMatchObject({ ok: true, cardChanged: false });
  expect(kinds(emulator)).toEqual(['late_ack', 'bad_tap_answer', 'racing_update']);
});

test('forgotten callbackType: the tap reaches nobody', async () => {
  const { emulator, lina, deal, make } = await desk();
  await make(groupCard(deal.conversationId, { callbackType: undefined }));
  const { messageId } = await emulator.waitForCard(deal);
  expect(await emulator.tap(lina, messageId, '推进')).toMatchObject({ ok: false, detail: 'no_callback_type' });
});

test('an update overwrites unless told by key; one outTrackId stays one card', async () => {
  const { emulator, lina, make, update } = await desk();
  await make(privateCard(lina.userId));
  await make(privateCard(lina.userId, { cardData: { cardParamMap: { markdown: '另一张' } } }));
  expect(emulator.cardsOf(lina)).toMatchObject([{ card: { markdown: '要推进到报价吗' } }]);
  const byKey = { cardUpdateOptions: { updateCardDataByKey: true } };
  await update({ outTrackId: 'card-1', cardData: { cardParamMap: { tips: '王强已处理' } }, ...byKey });
  expect(emulator.cardsOf(lina)[0]).toMatchObject({ card: { title: '恒锐', tips: '王强已处理' }, updates: 1 });
  await update({ outTrackId: 'card-1', cardData: { cardParamMap: { markdown: '完' } } });
  expect(emulator.cardsOf(lina)[0]?.card).toEqual({ markdown: '完' });
  expect((await update({ outTrackId: 'none', cardData: { cardParamMap: {} } })).body.code).toBe('param.cardNotExist');
});

test('delivered or not is told per place, under HTTP 200 and success: true', async () => {
  const { emulator, lina, deal, make } = await desk();
  const other = emulator.world.createGroup({ name: '别的', members: [lina] });
  const refused = await make(groupCard(other.conversationId));
  const results = { deliverResults: [{ success: false, errorMsg: 'robot is not in the group' }] };
  expect(refused).toMatchObject({ status: 200, body: { success: true, result: results } });
  emulator.misbehave.hideFailures(1);
  const hidden = await make(groupCard(deal.conversationId, { outTrackId: 'card-2' }));
  expect(hidden.body).toMatchObject({ success: true, result: { deliverResults: [{ success: false }] } });
  expect([emulator.cardsOf(other), emulator.cardsOf(deal)]).toEqual([[], []]);
});

test('missing permission, missing template, unpublished template', async () => {
  const { emulator, lina, make } = await desk();
  emulator.cards.addTemplate({ id: 'own.schema', published: false });
  const codes = [];
  codes.push((await make(privateCard(lina.userId, { cardTemplateId: 'own.schema' }))).body.code);
  emulator.cards.addTemplate({ id: 'own.schema' });
  expect((await make(privateCard(lina.userId, { cardTemplateId: 'own.schema' }))).status).toBe(200);
  emulator.cards.removeTemplate(BUTTON_TEMPLATE);
  codes.push((await make(privateCard(lina.userId, { outTrackId: 'card-2' }))).body.code);
  expect(codes).toEqual(['param.templateUnpublished', 'param.templateNotExist']);
  emulator.grants.scopes.delete('Card.Instance.Write');
  expect(await make(privateCard(lina.userId))).toMatchObject({
    status: 403,
    body: {
      code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
      accessdenieddetail: { requiredScopes: ['Card.Instance.Write'] },
    },
  });
});

test.each([
  ['no id', { outTrackId: '' }, 'param.outTrackIdEmpty'],
  ['no data', { cardData: undefined }, 'param.cardPublicDataEmpty'],
  ['a number', { cardData: { cardParamMap: { title: 1 } } }, 'param.invalid'],
  ['a small-letter type', { callbackType: 'stream' }, 'param.invalid'],
  ['no place', { openSpaceId: '' }, 'param.openSpaceIdEmpty'],
  ['a bad place', { openSpaceId: 'IM_GROUP.x' }, 'param.openSpaceIdInvalid'],
  ['no deliver model', { imGroupOpenDeliverModel: undefined }, 'param.openDeliverModelEmpty'],
  ['no robot', { imGroupOpenDeliverModel: {} }, 'param.openDeliverModelError'],
  ['an empty space model', { imGroupOpenSpaceModel: {} }, 'param.openSpaceModelInvalid'],
  ['a stranger', { privateData: { nobody: { cardParamMap: {} } } }, 'param.userIdNotExist'],
])('a card is refused: %s', async (_, change, code) => {
  const { emulator, deal, make } = await desk();
  expect((await make(groupCard(deal.conversationId, change))).body.code).toBe(code);
  expect(emulator.cardsOf(deal)).toEqual([]);
});

test('what the template would not show is complained about', async () => {
  const { emulator, lina, make } = await desk();
  const shown = (cardParamMap: Json, outTrackId: string) =>
    make(privateCard(lina.userId, { outTrackId, cardData: { cardParamMap } }));
  await shown({ sys_full_json_obj: '{' }, 'x1');
  await shown({ sys_full_json_obj: buttons({ text: '死', id: 'x' }) }, 'x2');
  await shown({ content: '没有这个变量' }, 'x3');
  expect(kinds(emulator)).toEqual(['invalid_card', 'invalid_card', 'invalid_card']);
  const dead = emulator.cardsOf(lina)[1]?.messageId ?? '';
  expect(await emulator.tap(lina, dead, '死')).toEqual({ ok: false, reason: 'dead_button' });
});

test('in two steps, for chosen eyes, with the old shape of a callback', async () => {
  const { emulator, product, lina, chen, deal, api } = await desk();
  const { openSpaceId, imGroupOpenSpaceModel, imGroupOpenDeliverModel, ...card } = groupCard(deal.conversationId, {
    userIdType: 2,
  });
  expect((await api('POST', PATH, card)).body).toEqual({ success: true, result: 'card-1' });
  const models = { imGroupOpenDeliverModel: { robotCode: CLIENT, recipients: [lina.userId] } };
  await api('POST', `${PATH}/deliver`, { outTrackId: 'card-1', openSpaceId, imGroupOpenSpaceModel, ...models });
  const { messageId } = await emulator.waitForCard(deal);
  expect(await emulator.tap(chen, messageId, '推进')).toEqual({ ok: false, reason: 'not_a_member' });
  expect(await emulator.tap(lina, messageId, '打开')).toMatchObject({ opened: OPEN.url, eventId: null });
  await emulator.tap(lina, messageId, '推进', { flaws: { oldCardShape: true } });
  expect(product.frames[0]?.data).toMatchObject({ userId: lina.unionId, spaceId: '' });
  expect(JSON.parse(String(product.frames[0]?.data.content)).params).toEqual({ id: 'a1' });
});

test('an HTTP callback goes to the registered address, signed', async () => {
  const { emulator, lina, make, api } = await desk();
  const product = await standIn(emulator);
  product.answer = () => ({ status: 200, body: '{"cardData":{"cardParamMap":{"markdown":"收到"}}}' });
  const route = { callbackType: 'HTTP', callbackRouteKey: 'crm' };
  expect((await make(privateCard(lina.userId, route))).body.code).toBe('param.invalid');
  const registration = { callbackRouteKey: 'crm', callbackUrl: product.url, apiSecret: 'api secret' };
  await api('POST', '/v1.0/card/callbacks/register', registration);
  await make(privateCard(lina.userId, route));
  const { messageId } = await emulator.waitForCard(lina);
  expect(await emulator.tap(lina, messageId, '推进')).toMatchObject({ ok: true, card: { markdown: '收到' } });
  expect(product.received[0]?.headers).toHaveProperty('x-ddpaas-signature');
  expect((await api('POST', '/v1.0/card/callbacks/register', registration)).body.code).toBe(
    'param.callbackRouteKeyExist',
  );
});
