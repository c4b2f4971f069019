/** 微信客服: reading by cursor, states of a session, what may be sent when, who is told what. */
import { describe, expect, test } from 'vitest';
import { type Api, apiOf, field, standIn, startEmulator } from './support.ts';

const HOUR = 3600_000;
const ROWS = 'kf/sync_msg';

interface Row {
  msgid: string;
  origin: number;
  msgtype: string;
  external_userid?: string;
  servicer_userid?: string;
  text?: { content: string; menu_id?: string };
  event?: Record<string, string | number>;
}
interface Page {
  next_cursor: string;
  has_more: number;
  msg_list: Row[];
}

async function desk(options: object = {}) {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000, ...options });
  const product = await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const wang = emulator.world.addMember({ userid: 'wang', name: '王强' });
  const zhou = emulator.world.addCustomer({ name: '周工' });
  const kf = emulator.kf.addAccount({ name: '海川客服', staff: ['lina', 'wang'] });
  const api = await apiOf(emulator);
  const ids = { open_kfid: kf.openKfId, external_userid: zhou.externalUserId };
  const send = (content: string, more: object = {}) =>
    fresh().then((one) =>
      one.post<{ msgid: string }>('kf/send_msg', {
        touser: zhou.externalUserId,
        open_kfid: kf.openKfId,
        msgtype: 'text',
        text: { content },
        ...more,
      }),
    );
  const trans = (service_state: number, servicer_userid?: string) =>
    fresh().then((one) =>
      one.post<{ msg_code?: string }>('kf/service_state/trans', { ...ids, service_state, servicer_userid }),
    );
  const state = () =>
    fresh().then((one) => one.post<{ service_state: number; servicer_userid?: string }>('kf/service_state/get', ids));
  const fresh = (): Promise<Api> => apiOf(emulator);
  const rows = async (body: object = {}) => (await fresh()).post<Page>(ROWS, { open_kfid: kf.openKfId, ...body });
  return { emulator, product, lina, wang, zhou, kf, api, ids, send, trans, state, rows };
}

describe('reading', () => {
  test('the bell says only where to look; the row says what', async () => {
    const { emulator, product, zhou, kf, rows } = await desk();
    const said = emulator.kf.customerSays(zhou, kf, '帮我报下价');
    await said.delivery?.done;
    const xml = product.inner()[0];
    expect(field(xml, 'OpenKfId')).toBe(kf.openKfId);
    expect([field(xml, 'FromUserName'), field(xml, 'AgentID')]).toEqual([null, null]);
    const page = await rows({ token: field(xml, 'Token') });
    expect(page).toMatchObject({ errcode: 0, has_more: 0 });
    expect(page.msg_list[0]).toMatchObject({
      ...{ msgid: said.messageId, open_kfid: kf.openKfId, external_userid: zhou.externalUserId },
      ...{ send_time: 1_700_000_000, origin: 3, msgtype: 'text', text: { content: '帮我报下价' } },
    });
  });

  test('pages follow the cursor, one per account, and an empty page may have more behind it', async () => {
    const { emulator, zhou, kf, rows } = await desk({ syncWithoutToken: 0 });
    for (let i = 1; i <= 5; i += 1) emulator.kf.customerSays(zhou, kf, `${i}`);
    const first = await rows({ limit: 2 });
    expect([first.msg_list.map((row) => row.text?.content), first.has_more]).toEqual([['1', '2'], 1]);
    emulator.kf.shortPages(0);
    const empty = await rows({ cursor: first.next_cursor });
    expect([empty.msg_list, empty.has_more]).toEqual([[], 1]);
    const last = await rows({ cursor: empty.next_cursor });
    expect([last.msg_list.length, last.has_more]).toEqual([3, 0]);
    expect((await rows({ cursor: last.next_cursor })).msg_list).toEqual([]);
    expect((await rows({ cursor: 'made-up' })).errcode).toBe(40058);
    const other = emulator.kf.addAccount({ name: '售后', staff: ['lina'] });
    expect((await rows({ open_kfid: other.openKfId, cursor: last.next_cursor })).errcode).toBe(40058);
  });

  test('nothing older than three days comes back', async () => {
    const { emulator, zhou, kf, rows } = await desk({ syncWithoutToken: 0 });
    emulator.kf.customerSays(zhou, kf, '旧');
    emulator.clock.advance(72 * HOUR);
    emulator.kf.customerSays(zhou, kf, '新');
    expect((await rows()).msg_list.map((row) => row.text?.content)).toEqual(['新']);
  });

  test('a token is good for ten minutes and its account; without one calls are few', async () => {
    const { emulator, product, zhou, kf, rows } = await desk({ syncWithoutToken: 2 });
    await emulator.kf.customerSays(zhou, kf, '在吗').delivery?.done;
    const token = field(product.inner()[0], 'Token');
    emulator.clock.advance(600_000);
    expect((await rows({ token })).errcode).toBe(0);
    const other = emulator.kf.addAccount({ name: '售后' });
    expect((await rows({ token, open_kfid: other.openKfId })).errcode).toBe(95007);
    emulator.clock.advance(1);
    expect((await rows({ token })).errcode).toBe(95007);
    const codes = [];
    for (let i = 0; i < 3; i += 1) codes.push((await rows()).errcode);
    expect(codes).toEqual([0, 0, 45009]);
  });

  test('accounts that are not ours, unknown ones and ones with staff out of range', async () => {
    const { emulator, product, zhou, kf, rows, wang } = await desk();
    expect((await rows({ open_kfid: '' })).errcode).toBe(40058);
    expect((await rows({ open_kfid: 'kf1' })).errcode).toBe(95000);
    expect((await rows({ open_kfid: 'wknone' })).errcode).toBe(95004);
    wang.visible = false;
    expect((await rows()).errcode).toBe(60030);
    wang.visible = true;
    await emulator.kf.setManaged([kf], false).done;
    expect(field(product.inner().at(-1), 'AuthDelOpenKfId')).toBe(kf.openKfId);
    expect((await rows()).errcode).toBe(48007);
    expect(emulator.kf.customerSays(zhou, kf, '有人吗').delivery).toBeNull();
  });

  test('both sides and events are there, our own messages are not', async () => {
    const { emulator, lina, zhou, kf, rows, send, trans } = await desk({ syncWithoutToken: 0 });
    emulator.kf.customerEnters(zhou, kf, { scene: 'poster7' });
    emulator.kf.customerSays(zhou, kf, '在吗');
    await send('您好，马上为您接通');
    await trans(3, 'lina');
    const answer = emulator.kf.staffAnswers(lina, zhou, kf, '下午发您报价单');
    emulator.kf.staffRecalls(answer.messageId);
    const { msg_list } = await rows();
    expect(msg_list.map(({ origin, msgtype }) => `${origin} ${msgtype}`)).toEqual([
      '4 event',
      '3 text',
      '5 text',
      '4 event',
    ]);
    expect(msg_list[0]?.external_userid).toBeUndefined();
    expect(msg_list[0]?.event).toMatchObject({
      event_type: 'enter_session',
      scene: 'poster7',
      external_userid: zhou.externalUserId,
    });
    expect(msg_list[2]?.servicer_userid).toBe('lina');
    expect(msg_list[3]?.event).toMatchObject({ event_type: 'servicer_recall_msg', recall_msgid: answer.messageId });
    expect(emulator.textsOf(zhou)).toEqual(['您好，马上为您接通']);
  });
});

describe('states', () => {
  test('new, with a person, ended, and new again', async () => {
    const { emulator, lina, zhou, kf, state, trans } = await desk();
    expect((await state()).service_state).toBe(4);
    emulator.kf.customerSays(zhou, kf, '在吗');
    expect((await state()).service_state).toBe(0);
    expect((await trans(3, 'lina')).msg_code).toBeTruthy();
    expect(await state()).toMatchObject({ service_state: 3, servicer_userid: 'lina' });
    expect((await trans(2)).errcode).toBe(95016);
    expect((await trans(4)).msg_code).toBeTruthy();
    expect((await trans(3, 'lina')).errcode).toBe(95013);
    emulator.kf.staffAnswers(lina, zhou, kf, '还有一事');
    expect(await state()).toMatchObject({ service_state: 3, servicer_userid: 'lina' });
    emulator.clock.advance(48 * HOUR + 1);
    expect((await state()).service_state).toBe(4);
  });

  test('only staff who receive can be given a customer', async () => {
    const { emulator, lina, zhou, kf, trans } = await desk();
    emulator.world.addMember({ userid: 'chen', name: '陈总监' });
    emulator.kf.customerSays(zhou, kf, '在吗');
    expect((await trans(3, 'chen')).errcode).toBe(95014);
    emulator.kf.staffStops(lina, kf, 'paused');
    expect((await trans(3, 'lina')).errcode).toBe(95019);
    expect((await trans(3)).errcode).toBe(40058);
    expect((await trans(3, 'wang')).errcode).toBe(0);
  });

  test('moves in the client are told, moves by the API are not', async () => {
    const { emulator, lina, wang, zhou, kf, trans, rows } = await desk({ syncWithoutToken: 0 });
    emulator.kf.customerSays(zhou, kf, '在吗');
    await trans(2);
    emulator.kf.staffTakes(lina, zhou, kf);
    emulator.kf.staffHandsOver(zhou, kf, wang);
    emulator.kf.staffEnds(zhou, kf);
    const events = (await rows()).msg_list.flatMap(({ event }) => (event ? [event] : []));
    expect(events.map(({ change_type }) => change_type)).toEqual([1, 2, 3]);
    expect(events[0]).toMatchObject({ new_servicer_userid: 'lina', msg_code: expect.any(String) });
    expect(events[1]).toMatchObject({ old_servicer_userid: 'lina', new_servicer_userid: 'wang' });
  });

  test('staff lists count otherwise than events do', async () => {
    const { emulator, api, kf, lina, rows } = await desk();
    emulator.kf.staffStops(lina, kf, 'stopped');
    const { servicer_list } = await api.get<{ servicer_list: object[] }>('kf/servicer/list', {
      open_kfid: kf.openKfId,
    });
    expect(servicer_list).toEqual([
      { userid: 'lina', status: 1, stop_type: 0 },
      { userid: 'wang', status: 0 },
    ]);
    expect((await rows()).msg_list[0]?.event).toMatchObject({ status: 2, stop_type: 0 });
  });
});

describe('sending', () => {
  test('five messages per word of the customer, within 48 hours, in states 0 and 1 only', async () => {
    const { emulator, zhou, kf, send, trans, state } = await desk();
    expect((await send('您好')).errcode).toBe(95018);
    emulator.kf.customerSays(zhou, kf, '在吗');
    for (let i = 0; i < 5; i += 1) expect((await send(`${i}`)).errcode).toBe(0);
    expect((await state()).service_state).toBe(1);
    expect((await send('6')).errcode).toBe(95001);
    emulator.kf.customerSays(zhou, kf, '还在吗');
    expect((await send('在')).errcode).toBe(0);
    await trans(3, 'lina');
    expect((await send('机器人')).errcode).toBe(95018);
    await trans(4);
    emulator.kf.customerSays(zhou, kf, '回来了');
    emulator.clock.advance(47 * HOUR);
    expect((await send('接手')).errcode).toBe(0);
    emulator.clock.advance(HOUR + 1);
    expect((await send('太晚')).errcode).toBe(95002);
  });

  test('an id of one’s own makes a retry safe', async () => {
    const { emulator, zhou, kf, send } = await desk();
    emulator.kf.customerSays(zhou, kf, '在吗');
    expect(await send('您好', { msgid: 'crm_42' })).toMatchObject({ errcode: 0, msgid: 'crm_42' });
    expect((await send('您好', { msgid: 'crm_42' })).errcode).toBe(95033);
    expect((await send('您好', { msgid: '有空' })).errcode).toBe(40058);
    expect((await send('您好', { touser: 'lina' })).errcode).toBe(40096);
  });

  test('accepted is not delivered', async () => {
    const { emulator, zhou, kf, send, rows } = await desk();
    emulator.kf.customerSays(zhou, kf, '在吗');
    emulator.kf.failDeliveries(13);
    const { msgid } = await send('您好');
    const event = (await rows()).msg_list.at(-1)?.event;
    expect(event).toMatchObject({ event_type: 'msg_send_fail', fail_msgid: msgid, fail_type: 13 });
    expect(emulator.textsOf(zhou)).toEqual([]);
  });

  test('codes allow one message each: welcome within 20 s, later ones while the state lasts', async () => {
    const { emulator, zhou, kf, rows, trans, api } = await desk({ syncWithoutToken: 0 });
    const onEvent = (code: unknown, content: string) =>
      api.post('kf/send_msg_on_event', { code, msgtype: 'text', text: { content } });
    emulator.kf.customerEnters(zhou, kf);
    const { welcome_code } = (await rows()).msg_list[0]?.event ?? {};
    expect((await onEvent(welcome_code, '欢迎')).errcode).toBe(0);
    expect((await onEvent(welcome_code, '欢迎')).errcode).toBe(40058);
    emulator.kf.customerEnters(zhou, kf);
    expect((await rows()).msg_list[1]?.event?.welcome_code).toBeUndefined();
    emulator.kf.customerSays(zhou, kf, '在吗');
    const { msg_code } = await trans(3, 'lina');
    expect((await onEvent(msg_code, '李娜为您服务')).errcode).toBe(0);
    const ended = await trans(4);
    emulator.clock.advance(20_001);
    expect((await onEvent(ended.msg_code, '再见')).errcode).toBe(40058);
    expect(emulator.textsOf(zhou)).toEqual(['欢迎', '李娜为您服务']);
  });

  test('an unverified company serves a hundred customers', async () => {
    const { emulator, kf, api } = await desk({ verified: false });
    const codes = [];
    for (let i = 0; i < 101; i += 1) {
      const customer = emulator.world.addCustomer({ name: `客户${i}` });
      emulator.kf.customerSays(customer, kf, '在吗');
      const body = {
        touser: customer.externalUserId,
        open_kfid: kf.openKfId,
        msgtype: 'text',
        text: { content: '您好' },
      };
      codes.push((await api.post('kf/send_msg', body)).errcode);
    }
    expect(codes.at(-1)).toBe(95003);
    expect(codes.filter((code) => code === 0)).toHaveLength(100);
  });
});

test('base data of customers are there for 48 hours', async () => {
  const { emulator, zhou, kf } = await desk();
  const get = async () => {
    const api = await apiOf(emulator);
    return api.post<object>('kf/customer/batchget', {
      external_userid_list: [zhou.externalUserId],
      need_enter_session_context: 1,
    });
  };
  expect(await get()).toMatchObject({ customer_list: [], invalid_external_userid: [zhou.externalUserId] });
  emulator.kf.customerEnters(zhou, kf, { scene: 'poster7', sceneParam: 'a=1' });
  const known = { nickname: '周工', enter_session_context: { scene: 'poster7', scene_param: 'a=1' } };
  expect(await get()).toMatchObject({ customer_list: [known], invalid_external_userid: [] });
  emulator.clock.advance(48 * HOUR + 1);
  expect(await get()).toMatchObject({ customer_list: [] });
});
