/** People, departments, sign-in codes, tickets and to-dos. */
import { expect, test } from 'vitest';
import { call, connect, type Json, office, startEmulator, tokenOf } from './support.ts';

async function desk(options = {}) {
  const emulator = await startEmulator(options);
  const token = await tokenOf(emulator);
  const book = async (path: string, body: Json = {}) =>
    (await call(emulator.oapiBase, `/topapi/${path}?access_token=${token}`, body)).body;
  return { emulator, token, book, ...office(emulator) };
}

test('a sign-in code works once, for five minutes', async () => {
  let at = 1_700_000_000_000;
  const { emulator, book, chen } = await desk({ now: () => at });
  const code = emulator.signInCode(chen);
  expect(await book('v2/user/getuserinfo', { code })).toMatchObject({
    errcode: 0,
    result: { userid: chen.userId, sys: true },
  });
  expect(await book('v2/user/getuserinfo', { code })).toMatchObject({ errcode: 88, sub_code: '40078' });
  const late = emulator.signInCode(chen);
  at += 301_000;
  expect(await book('v2/user/getuserinfo', { code: late })).toMatchObject({ sub_code: '40078' });
});

test('people and departments; those who left are gone, strangers are none', async () => {
  const { emulator, book, lina, chen } = await desk();
  const sales = emulator.world.addDepartment('销售部');
  const zhou = emulator.hire({ name: '小周', departmentIds: [sales] }).person;
  expect(await book('v2/department/listsub', {})).toMatchObject({ result: [{ dept_id: sales, name: '销售部' }] });
  expect(await book('user/listid', { dept_id: sales })).toMatchObject({ result: { userid_list: [zhou.userId] } });
  const page = await book('v2/user/list', { dept_id: 1, cursor: 0, size: 1 });
  expect(page).toMatchObject({ result: { has_more: true, next_cursor: 1, list: [{ userid: lina.userId }] } });
  expect(await book('v2/user/getbymobile', { mobile: '13800000001' })).toMatchObject({
    result: { userid: lina.userId },
  });
  expect(await book('user/getbyunionid', { unionid: chen.unionId })).toMatchObject({ result: { userid: chen.userId } });
  expect(await book('user/listadmin')).toMatchObject({ result: [{ userid: chen.userId }] });
  emulator.leaveCompany(zhou);
  expect(await book('v2/user/get', { userid: zhou.userId })).toMatchObject({ errcode: 88, sub_code: '60121' });
  emulator.grants.scopes.delete('qyapi_get_member');
  expect(await book('v2/user/get', { userid: lina.userId })).toMatchObject({ sub_code: '60011' });
});

test('comings and goings in a group are told while the robot is in it', async () => {
  const { emulator, lina, deal } = await desk();
  const product = await connect(emulator);
  const zhou = emulator.world.addPerson({ name: '小周' });
  await emulator.joinGroup(deal, zhou)?.done;
  await emulator.leaveGroup(deal, zhou)?.done;
  expect(product.frames.map(({ headers }) => headers.eventType)).toEqual(['chat_add_member', 'chat_quit']);
  expect(product.frames[0]?.data).toMatchObject({ openConversationId: deal.conversationId, userId: [zhou.userId] });
  const quiet = emulator.world.createGroup({ name: '别的', members: [lina] });
  expect(emulator.joinGroup(quiet, zhou)).toBeNull();
});

test('the ticket for pages is the same by either way', async () => {
  const { emulator, token } = await desk();
  const { body } = await call(emulator.apiBase, '/v1.0/oauth2/jsapiTickets', {}, { token });
  expect(body).toMatchObject({ jsapiTicket: emulator.jsapiTicket(), expireIn: 7200 });
  const old = await fetch(`${emulator.oapiBase}/get_jsapi_ticket?access_token=${token}`);
  expect(await old.json()).toMatchObject({ errcode: 0, ticket: emulator.jsapiTicket() });
});

test('a to-do is made once per source, finished and taken away', async () => {
  const { emulator, token, lina } = await desk();
  const tasks = `/v1.0/todo/users/${lina.unionId}/tasks`;
  const api = (method: string, path: string, body: Json) => call(emulator.apiBase, path, body, { method, token });
  const todo = {
    subject: '回访恒锐',
    sourceId: 's1',
    executorIds: [lina.unionId],
    detailUrl: { pcUrl: 'https://x.cn' },
  };
  const { id } = (await api('POST', tasks, todo)).body;
  expect((await api('POST', tasks, todo)).body.id).toBe(id);
  const { detailUrl, ...bare } = todo;
  expect((await api('POST', tasks, bare)).body.code).toBe('todo.detailUrl.paramError');
  await api('PUT', `${tasks}/${id}/executorStatus`, { executorStatusList: [{ id: lina.unionId, isDone: true }] });
  await api('PUT', `${tasks}/${id}`, { subject: '回访恒锐周工' });
  expect(emulator.todos).toMatchObject([{ subject: '回访恒锐周工', doneBy: new Set([lina.unionId]) }]);
  expect((await api('DELETE', `${tasks}/${id}`, {})).body.result).toBe(true);
  expect((await api('DELETE', `${tasks}/${id}`, {})).status).toBe(400);
});
