/** Organisation events in the spellings of both transports. */
import { expect, it } from 'vitest';
import { normalise } from '../../../../adapters/dingtalk/normalise.ts';
import { worthStoring } from '../../../../adapters/dingtalk/organisation.ts';

const of = (type: string, data: object, eventId = 'e1') =>
  worthStoring({ type, eventId, corpId: 'dingcorp0001', at: 7, data: data as never });

it.each([
  ['a list over the stream', { userId: ['u1', 'u2'] }, ['u1', 'u2']],
  ['a list over HTTP', { UserId: ['u1'] }, ['u1']],
  ['a single name', { userId: 'u1' }, ['u1']],
  ['nothing readable', { userId: [7, null, ''] }, []],
  ['nothing', {}, []],
])('who left: %s', (_how, data, people) => {
  const rows = of('user_leave_org', data);
  expect(rows.map(({ payload }) => normalise(payload))).toEqual(
    people.map((id) => ({
      type: 'staff_left',
      eventId: 'e1',
      person: { id, tenant: 'dingcorp0001', internal: true },
      at: 7,
    })),
  );
  expect(new Set(rows.map(({ eventKey }) => eventKey)).size).toBe(people.length);
});

it('a group got another name, or one that has to be looked up', () => {
  const [row] = of('chat_update_title', { OpenConversationId: 'cid1', Title: '新名' });
  expect(row).toMatchObject({ eventKey: 'evt:e1', orderKey: 'cid1' });
  expect(normalise(row?.payload ?? '')).toMatchObject({ type: 'chat_renamed', chat: { id: 'cid1' }, name: '新名' });
  const [bare] = of('chat_update_title', { openConversationId: 'cid1' });
  expect(normalise(bare?.payload ?? '')).toMatchObject({ name: null });
  expect(of('chat_update_title', { chatId: 'chat1' })).toEqual([]);
});

it('keys stay within what the inbox takes', () => {
  const [row] = of('user_leave_org', { userId: ['u'.repeat(300)] }, 'e'.repeat(300));
  expect(row?.eventKey.length).toBeLessThanOrEqual(128);
});

it('everything else is of no interest', () => {
  for (const type of ['user_add_org', 'chat_disband', 'constructor', ''])
    expect(of(type, { userId: ['u'] })).toEqual([]);
});
