// The health page: JSON for programs, lines for a person.

import type { Context } from 'koa';
import { expect, it } from 'vitest';
import { type Health, healthHandler } from '../../../src/http/routes/health.ts';

const state: Health = {
  status: 'attention',
  version: '1.2.3',
  database: { kind: 'sqlite', version: '3', ok: true },
  channels: [
    {
      ...{ platform: 'dingtalk', account: 'ding1', status: 'ready', transport: 'websocket', detail: null },
      usage: [{ kind: 'api', label: '接口调用', used: 10, callsPerMonth: 5000 }],
    },
  ],
  inbox: { ready: 2, dead: 0, oldestAgeMs: 5, deadItems: [] },
  outbox: null,
  advice: ['收件有积压'],
};

const answer = async (accepted: 'json' | 'html', health = state) => {
  const ctx = { accepts: () => accepted, set: () => {}, body: undefined, type: '', status: 0 };
  await healthHandler(() => Promise.resolve(health))(ctx as unknown as Context);
  return ctx;
};

it('is JSON for programs', async () => {
  expect(await answer('json')).toMatchObject({ status: 200, body: state });
});

it('is readable for a person, what is to be done first', async () => {
  const { body, type } = await answer('html');
  expect(type).toBe('text/plain');
  expect(body).toBe(
    [
      '聊单 1.2.3 · 有事要处理',
      '! 收件有积压',
      '',
      '数据库：正常（sqlite 3）',
      'dingtalk ding1：已接通（websocket），接口调用本月 10/5000',
      '收件：2 条在处理，0 条搁置',
      '发件：读不到',
      '',
    ].join('\n'),
  );
});

it('says by its status that the database is away', async () => {
  expect(await answer('json', { ...state, database: { ...state.database, ok: false } })).toMatchObject({ status: 503 });
});
