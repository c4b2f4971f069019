/** 微信客服: who is asked to take a session, and how an account is pulled. */
import { describe, expect, it } from 'vitest';
import type { JsonRecord } from '../../../adapters/wecom/json.ts';
import { createPageReader } from '../../../adapters/wecom/kf/page.ts';
import { createPuller } from '../../../adapters/wecom/kf/puller.ts';
import { createSessions } from '../../../adapters/wecom/kf/sessions.ts';
import { recordingInbound, recordingLog, scriptedClient } from './doubles.ts';
import { read, said, setUp } from './kf-rows.ts';
import { nowMs } from './sealing.ts';

describe('giving a session away', () => {
  const refuse = (codes: Readonly<Record<string, number>>) => (path: string, body: JsonRecord) =>
    path === 'kf/service_state/trans' ? { errcode: codes[String(body.servicer_userid ?? 'pool')] ?? 0 } : null;

  it.each([95014, 95019])('%i: the next one is asked', async (errcode) => {
    const { sessions, moves } = setUp(0, refuse({ a: errcode }));
    expect(await sessions.assign('wkA', 'wmA', ['a', 'b', 'c'])).toBe('b');
    expect(moves()).toMatchObject([
      { service_state: 3, servicer_userid: 'a' },
      { service_state: 3, servicer_userid: 'b' },
    ]);
  });

  it('those who are known to have stopped are not even asked', async () => {
    const { sessions, moves } = setUp(0, (path) =>
      path === 'kf/servicer/list'
        ? { errcode: 0, servicer_list: [{ userid: 'a', status: 1 }, { department_id: 7 }] }
        : null,
    );
    expect(await sessions.assign('wkA', 'wmA', ['a', 'b'])).toBe('b');
    expect(moves()).toHaveLength(1);
  });

  it('nobody can: the pool, once; a session that is there already stays', async () => {
    const { sessions, moves } = setUp(0, refuse({ a: 95014 }));
    expect(await sessions.assign('wkA', 'wmA', ['a'])).toBeNull();
    expect(moves().map((move) => move.service_state)).toEqual([3, 2]);
    expect(sessions.pooled('wkA')).toEqual(['wmA']);
    const pooled = setUp(2, refuse({ a: 95014 }));
    expect(await pooled.sessions.assign('wkA', 'wmA', ['a'])).toBeNull();
    expect(pooled.moves().map((move) => move.service_state)).toEqual([3]);
  });

  it('in somebody’s hands or over: nothing is moved', async () => {
    const held = setUp(3);
    expect(await held.sessions.assign('wkA', 'wmA', ['b'])).toBe('li');
    const over = setUp(4);
    expect(await over.sessions.assign('wkA', 'wmA', ['b'])).toBeNull();
    expect([...held.moves(), ...over.moves()]).toEqual([]);
    let state = 2;
    const left = setUp(0, (path) => (path === 'kf/service_state/get' ? { errcode: 0, service_state: state } : null));
    await left.sessions.assign('wkA', 'wmA', []);
    expect(left.sessions.pooled('wkA')).toEqual(['wmA']);
    state = 4;
    await left.sessions.assign('wkA', 'wmA', ['b']);
    expect(left.sessions.pooled('wkA')).toEqual([]);
  });

  it('somebody was faster: the state is read again, and what it says counts', async () => {
    let state = 0;
    const { sessions } = setUp(0, (path) => {
      if (path === 'kf/service_state/get') return { errcode: 0, service_state: state, servicer_userid: 'han' };
      if (path !== 'kf/service_state/trans') return null;
      state = 3;
      return { errcode: 95016 };
    });
    expect(await sessions.assign('wkA', 'wmA', ['a'])).toBe('han');
  });

  it('a fault is a fault', async () => {
    const { sessions } = setUp(0, refuse({ a: 48007 }));
    await expect(sessions.assign('wkA', 'wmA', ['a', 'b'])).rejects.toMatchObject({ code: 48007 });
  });
});

describe('pulling', () => {
  function pulling(script: (body: JsonRecord) => JsonRecord, state = () => 3) {
    const inbound = recordingInbound();
    const client = scriptedClient((_path, body) => script(body));
    const reader = createPageReader(
      'wkA',
      createSessions(
        scriptedClient(() => ({ errcode: 0, service_state: state() })),
        () => nowMs,
      ),
    );
    const puller = createPuller({
      openKfId: 'wkA',
      client,
      inbound,
      page: reader,
      now: () => nowMs,
      log: recordingLog(),
    });
    return { inbound, client, puller };
  }

  it('bells that come while it pulls are one more look, not many', async () => {
    const { client, puller } = pulling(() => ({ errcode: 0, next_cursor: 'c1', has_more: 0, msg_list: [] }));
    for (const token of ['t1', 't2', 't3']) puller.wake(token);
    await puller.idle();
    expect(client.calls.map(({ body }) => body.token)).toEqual(['t3', 't3']);
  });

  it('goes on through empty pages, and gives up on a platform that never ends', async () => {
    let pages = 0;
    const through = pulling(() => {
      pages += 1;
      return {
        errcode: 0,
        next_cursor: `c${pages}`,
        has_more: pages < 5 ? 1 : 0,
        msg_list: pages === 5 ? [said('a')] : [],
      };
    });
    through.puller.wake(null);
    await through.puller.idle();
    expect(through.inbound.stored).toHaveLength(1);
    expect(through.inbound.cursors.get('kf:wkA')).toBe('c5');
    const endless = pulling(() => ({ errcode: 0, next_cursor: 'same', has_more: 1, msg_list: [] }));
    endless.puller.wake(null);
    await endless.puller.idle();
    expect(endless.client.calls.length).toBeLessThan(300);
  });

  it('begins where it ended, and at the very beginning with nothing', async () => {
    const { client, inbound, puller } = pulling(() => ({ errcode: 0, next_cursor: 'c1', has_more: 0, msg_list: [] }));
    puller.wake(null);
    await puller.idle();
    inbound.cursors.set('kf:wkA', 'from the store');
    puller.wake(null);
    await puller.idle();
    expect(client.calls.map(({ body }) => body.cursor)).toEqual(['', 'from the store']);
    expect(client.calls[0]?.body).not.toHaveProperty('token');
  });

  it('what another instance has read in between may have ended a session: it is looked at again', async () => {
    let state = 3;
    let page = 0;
    const { inbound, puller } = pulling(
      () => {
        page += 1;
        return { errcode: 0, next_cursor: `c${page}`, has_more: 0, msg_list: [said(`m${page}`)] };
      },
      () => state,
    );
    puller.wake(null);
    await puller.idle();
    // The row that ended the session, and a new word of the customer, went elsewhere.
    inbound.cursors.set('kf:wkA', 'read elsewhere');
    state = 0;
    puller.wake(null);
    await puller.idle();
    expect(inbound.stored.map(({ eventKey }) => eventKey)).toEqual(['msg:m1', 'msg:m2', 'wait:m2']);
  });

  it('what was said before the account was first read is history, also for whoever goes on from there', async () => {
    const rows = [said('old', { send_time: nowMs / 1000 - 7_200 }), said('new')];
    const { inbound, puller } = pulling(() => ({ errcode: 0, next_cursor: 'c1', has_more: 0, msg_list: rows }));
    puller.wake(null);
    await puller.idle();
    expect(inbound.stored.map(read)).toMatchObject([{ messageId: 'old', history: true }, { messageId: 'new' }]);
    expect(inbound.stored[1] && read(inbound.stored[1])).not.toHaveProperty('history');
    expect(Number(inbound.cursors.get('kf:wkA:since'))).toBeLessThan(nowMs);
  });

  it('an account that was read before we kept that instant has no history', async () => {
    const rows = [said('old', { send_time: nowMs / 1000 - 7_200 })];
    const { inbound, puller } = pulling(() => ({ errcode: 0, next_cursor: 'c2', has_more: 0, msg_list: rows }));
    inbound.cursors.set('kf:wkA', 'c1');
    puller.wake(null);
    await puller.idle();
    expect(inbound.stored[0] && read(inbound.stored[0])).not.toHaveProperty('history');
  });

  it('a token that has expired is used no more', async () => {
    const { client, puller } = pulling(({ token }) =>
      token === undefined ? { errcode: 0, next_cursor: 'c1', has_more: 0, msg_list: [] } : { errcode: 95007 },
    );
    puller.wake('old');
    await puller.idle();
    puller.wake(null);
    await puller.idle();
    expect(client.calls.map(({ body }) => body.token)).toEqual(['old', undefined, undefined]);
  });

  it('an account that was taken from us is told as a sentence and not asked for again at once', async () => {
    const { client, puller } = pulling(() => ({ errcode: 48007 }));
    puller.wake(null);
    await puller.idle();
    expect(puller.problem()).toMatch(/没有交给本应用管理/);
    expect(client.calls).toHaveLength(1);
  });
});
