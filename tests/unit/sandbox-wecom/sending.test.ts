/** What may be sent, to whom and how often: members, groups made by the app, group webhooks. */
import { describe, expect, test } from 'vitest';
import { AGENT, apiOf, BUTTON_CARD, cardTo, standIn, startEmulator } from './support.ts';

const words = (touser: string, content = '您好', more: object = {}) => ({
  ...{ touser, msgtype: 'text', agentid: AGENT, text: { content } },
  ...more,
});

async function company() {
  const emulator = await startEmulator({ now: () => 1_700_000_000_000 });
  await standIn(emulator);
  const lina = emulator.world.addMember({ userid: 'lina', name: '李娜' });
  const wang = emulator.world.addMember({ userid: 'wang', name: '王强', departments: [2] });
  return { emulator, lina, wang, api: await apiOf(emulator) };
}

describe('message/send', () => {
  test.each([
    ['another agent', words('lina', 'x', { agentid: 7 }), 301002],
    ['no agent', words('lina', 'x', { agentid: undefined }), 40056],
    ['nobody', words(''), 81012],
    ['only strangers', words('zhao|qian'), 81013],
    ['no words', words('lina', ''), 44004],
    ['an unknown type', { ...words('lina'), msgtype: 'poem' }, 40008],
    [
      'markdown too long',
      { touser: 'lina', agentid: AGENT, msgtype: 'markdown', markdown: { content: '长'.repeat(683) } },
      45002,
    ],
    ['a file nobody uploaded', { touser: 'lina', agentid: AGENT, msgtype: 'file', file: { media_id: 'x' } }, 40007],
    ['a bad card', cardTo('lina', { ...BUTTON_CARD, button_list: [] }), 42037],
  ])('refuses %s', async (_, body, code) => {
    const { api } = await company();
    expect((await api.post('message/send', body)).errcode).toBe(code);
  });

  test('a callback card needs a callback address', async () => {
    const emulator = await startEmulator();
    emulator.world.addMember({ userid: 'lina', name: '李娜' });
    const api = await apiOf(emulator);
    expect((await api.post('message/send', cardTo('lina'))).errcode).toBe(43012);
  });

  test('a task_id serves one card', async () => {
    const { api } = await company();
    expect((await api.post('message/send', cardTo('lina'))).errcode).toBe(0);
    expect((await api.post('message/send', cardTo('wang'))).errcode).toBe(42014);
  });

  test('departments, everybody, and members out of reach', async () => {
    const { emulator, api, lina, wang } = await company();
    await api.post('message/send', words('', '部门', { toparty: '2' }));
    await api.post('message/send', words('@all', '大家'));
    expect([emulator.textsOf(lina), emulator.textsOf(wang)]).toEqual([['大家'], ['部门', '大家']]);
    wang.departed = true;
    expect(await api.post('message/send', words('lina|Wang'))).toMatchObject({ errcode: 0, invaliduser: 'wang' });
  });

  test('the 31st message of a minute disappears without an error', async () => {
    const { emulator, api, lina } = await company();
    for (let i = 0; i < 31; i += 1) expect((await api.post('message/send', words('lina', `${i}`))).errcode).toBe(0);
    expect(emulator.textsOf(lina)).toHaveLength(30);
    expect(emulator.journal.complaints.map(({ kind }) => kind)).toEqual(['dropped_surplus']);
    emulator.clock.advance(60_000);
    await api.post('message/send', words('lina', '下一分钟'));
    expect(emulator.textsOf(lina)).toHaveLength(31);
  });

  test('the duplicate check keeps a repeated message back', async () => {
    const { emulator, api, lina } = await company();
    const once = words('lina', '一次', { enable_duplicate_check: 1, duplicate_check_interval: 60 });
    for (let i = 0; i < 2; i += 1) expect((await api.post('message/send', once)).errcode).toBe(0);
    expect(emulator.textsOf(lina)).toHaveLength(1);
    emulator.clock.advance(60_000);
    await api.post('message/send', once);
    expect(emulator.textsOf(lina)).toHaveLength(2);
    const card = { ...cardTo('lina'), enable_duplicate_check: 1 };
    const [sent, again] = [await api.post('message/send', card), await api.post('message/send', card)];
    expect(sent).toHaveProperty('response_code');
    expect(again).toMatchObject({ errcode: 0, msgid: (sent as unknown as { msgid: string }).msgid });
    expect(again).not.toHaveProperty('response_code');
  });

  test('long texts are cut between characters', async () => {
    const { emulator, api, lina } = await company();
    await api.post('message/send', words('lina', '长'.repeat(1000)));
    expect(emulator.textsOf(lina)[0]).toBe('长'.repeat(682));
  });

  test('trouble on demand: busy, then a lost answer', async () => {
    const { emulator, api, lina } = await company();
    emulator.misbehave.failNextSends(1);
    expect((await api.post('message/send', words('lina'))).errcode).toBe(-1);
    emulator.misbehave.api({ match: /message\/send/, effect: { kind: 'apply_then_reset' } });
    await expect(api.post('message/send', words('lina'))).rejects.toThrow();
    expect(emulator.textsOf(lina)).toHaveLength(1);
    emulator.grants.active = false;
    expect((await api.post('message/send', words('lina'))).errcode).toBe(48006);
  });
});

describe('groups', () => {
  test('the app makes a group and writes into it, cards excepted', async () => {
    const { emulator, api } = await company();
    const made = await api.post<{ chatid: string }>('appchat/create', {
      name: '项目',
      userlist: ['lina', 'wang'],
      chatid: 'deal1',
    });
    expect(made.chatid).toBe('deal1');
    expect((await api.post('appchat/create', { userlist: ['lina', 'wang'], chatid: 'deal1' })).errcode).toBe(86215);
    expect((await api.post('appchat/create', { userlist: ['lina'] })).errcode).toBe(86006);
    const text = { msgtype: 'text', text: { content: '已推进' } };
    expect(await api.post('appchat/send', { chatid: 'deal1', ...text })).toEqual({ errcode: 0, errmsg: 'ok' });
    expect(
      (await api.post('appchat/send', { chatid: 'deal1', msgtype: 'template_card', template_card: BUTTON_CARD }))
        .errcode,
    ).toBe(40008);
    expect((await api.post('appchat/send', { chatid: 'nope', ...text })).errcode).toBe(86001);
    expect(emulator.textsOf('deal1')).toEqual(['已推进']);
    emulator.grants.wholeCompany = false;
    expect((await api.post('appchat/send', { chatid: 'deal1', ...text })).errcode).toBe(48002);
  });

  test('a webhook takes twenty messages a minute and no buttons', async () => {
    const { emulator, lina, wang } = await company();
    const group = emulator.world.createGroup({ name: '销售部', members: [lina, wang] });
    const { path } = emulator.addWebhook(group);
    const post = async (body: object) => {
      const answer = await fetch(`${emulator.apiBase}${path}`, { method: 'POST', body: JSON.stringify(body) });
      return ((await answer.json()) as { errcode: number }).errcode;
    };
    const text = { msgtype: 'text', text: { content: '日报' } };
    for (let i = 0; i < 20; i += 1) expect(await post(text)).toBe(0);
    expect(await post(text)).toBe(45009);
    emulator.clock.advance(60_000);
    expect(await post({ msgtype: 'template_card', template_card: BUTTON_CARD })).toBe(42031);
    expect(await post({ msgtype: 'markdown', markdown: { content: 'x'.repeat(4097) } })).toBe(45002);
    expect(emulator.textsOf(group)).toHaveLength(20);
    emulator.removeWebhook(group);
    expect(await post(text)).toBe(93000);
    expect(emulator.journal.complaints.map(({ kind }) => kind)).toContain('over_webhook_rate');
  });

  test('files come up as multipart and can be read back for three days', async () => {
    const { emulator, api } = await company();
    const form = new FormData();
    form.append('media', new Blob(['0123456789']), '报价单.pdf');
    const query = new URLSearchParams({ type: 'file', access_token: await tokenOf(emulator.apiBase) });
    const answer = await fetch(`${emulator.apiBase}/cgi-bin/media/upload?${query}`, { method: 'POST', body: form });
    const { media_id } = (await answer.json()) as { media_id: string };
    const file = { touser: 'lina', agentid: AGENT, msgtype: 'file', file: { media_id } };
    expect((await api.post('message/send', file)).errcode).toBe(0);
    emulator.clock.advance(3 * 24 * 3600_000);
    expect((await (await apiOf(emulator)).post('message/send', file)).errcode).toBe(40007);
  });
});

async function tokenOf(apiBase: string): Promise<string> {
  const query = new URLSearchParams({ corpid: 'ww1234567890abcdef', corpsecret: 'app secret' });
  return ((await (await fetch(`${apiBase}/cgi-bin/gettoken?${query}`)).json()) as { access_token: string })
    .access_token;
}
