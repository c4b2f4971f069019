// /metrics tells what happened, to whom it may be told, and nothing of anybody.

import { request } from 'node:http';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/start.ts';
import { createExposition } from '../../src/metrics/exposition.ts';
import { createMetrics } from '../../src/metrics/metrics.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';
import { readFigures } from './figures.ts';

async function scrape(url: string, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(`${url}/metrics`, { headers });
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
}

async function handled({ app, platform }: Sandbox): Promise<void> {
  await platform.quiet();
  while ((await app.database.inbox.backlog()).ready > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  while ((await app.database.outbox.backlog(Date.now())).ready > 0)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

describeDatabase('metrics', () => {
  const open = useSandbox();

  it('tells what came in, what was made of it, what went out, and how the store fares', async () => {
    const sandbox = await open({ dingtalk: {} });
    const { platform, company, url } = sandbox;
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价');
    platform.say(company.customers.zhou, company.chats.hengrui, '合同什么时候能签');
    await handled(sandbox);
    const { status, type, body } = await scrape(url);
    expect(status).toBe(200);
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
    const figures = readFigures(body);
    const value = (name: string, labels: Readonly<Record<string, string>> = {}) => figures.sum(name, labels);
    expect(value('liaodan_ack_seconds_count', { platform: 'feishu' })).toBeGreaterThanOrEqual(2);
    expect(value('liaodan_callback_seconds_count', { platform: 'feishu', status: '200' })).toBeGreaterThanOrEqual(2);
    expect(
      value('liaodan_signal_decisions_total', { rule: 'quote-asked', verdict: 'advance', outcome: 'advanced' }),
    ).toBe(1);
    expect(value('liaodan_handled_seconds_count')).toBeGreaterThanOrEqual(2);
    expect(value('liaodan_signal_decisions_total', { verdict: 'hint' })).toBe(1);
    expect(value('liaodan_deliveries_total', { platform: 'feishu', kind: 'card.send', outcome: 'sent' })).toBe(2);
    expect(value('liaodan_job_seconds_count', { job: 'housekeeping', ok: 'true' })).toBe(1);
    expect(value('liaodan_job_last_success_timestamp_seconds', { job: 'housekeeping' })).toBeGreaterThan(1.7e9);
    expect(value('liaodan_database_up')).toBe(1);
    expect(value('liaodan_database_wait_seconds_count')).toBeGreaterThan(5);
    expect(value('liaodan_database_transaction_seconds_count', { outcome: 'committed' })).toBeGreaterThan(5);
    for (const queue of ['inbox', 'outbox']) {
      expect(value('liaodan_queue_ready', { queue })).toBe(0);
      expect(value('liaodan_queue_dead', { queue })).toBe(0);
      expect(value('liaodan_queue_oldest_age_seconds', { queue })).toBe(0);
    }
    expect(value('liaodan_signal_rule_judged', { rule: 'quote-asked' })).toBe(1);
    expect(value('liaodan_channel_state', { platform: 'feishu', state: 'ready' })).toBe(1);
    expect(value('liaodan_channel_state', { platform: 'feishu' })).toBe(1);
    expect(value('liaodan_quota_allowed_calls', { platform: 'dingtalk', kind: 'api' })).toBe(5_000);
    expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(figures.sum('nodejs_eventloop_lag_p99_seconds', {})).toBeGreaterThanOrEqual(0);
    expect(body).toMatch(/^liaodan_build_info\{version="\d+\.\d+\.\d+",node="v24/m);

    // Names, ids and words of people have no place in figures that a third program collects.
    for (const person of [...Object.values(company.customers), ...Object.values(company.staff)])
      for (const said of [person.name, person.openId]) expect(body).not.toContain(said);
    for (const chat of Object.values(company.chats)) expect(body).not.toContain(chat.chatId);
    expect(body.split('\n').length).toBeLessThan(600);
  });

  it('answers this machine and whoever holds the token, and nobody who comes through a proxy', async () => {
    const open_ = await open();
    expect((await scrape(open_.url)).status).toBe(200);
    for (const header of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via', 'X-Forwarded-Proto']) {
      const refused = await scrape(open_.url, { [header]: '203.0.113.9' });
      expect([header, refused.status]).toEqual([header, 403]);
      expect(refused.body).toContain('METRICS_TOKEN');
      expect(refused.body).not.toContain('liaodan_');
    }
    const { app } = await open({ environment: { METRICS_TOKEN: 'a'.repeat(24) } });
    const port = await new Promise<number>((resolve) => {
      app.server.listen(0, '127.0.0.1', () => resolve((app.server.address() as { port: number }).port));
    });
    const url = `http://127.0.0.1:${port}`;
    expect((await scrape(url)).status).toBe(401);
    expect((await scrape(url, { Authorization: `Bearer ${'b'.repeat(24)}` })).status).toBe(401);
    expect((await scrape(url, { Authorization: `Bearer ${'a'.repeat(23)}` })).status).toBe(401);
    const through = { Authorization: `Bearer ${'a'.repeat(24)}`, 'X-Forwarded-For': '203.0.113.9' };
    expect((await scrape(url, through)).status).toBe(200);
  });

  it('takes a token where the address is public: a proxy on the same machine may add no header at all', async () => {
    const { app } = await open({ environment: { PUBLIC_URL: 'https://crm.example.com' } });
    const port = await new Promise<number>((resolve) => {
      app.server.listen(0, '127.0.0.1', () => resolve((app.server.address() as { port: number }).port));
    });
    const status = await new Promise((resolve) =>
      request({ port, path: '/metrics' }, (response) => resolve(response.resume().statusCode)).end(),
    );
    expect(status).toBe(403);
  });

  it('answers with its own figures when the database is away, and asks it again', async () => {
    const { database } = (await open()).app;
    let hangs = true;
    let asked = 0;
    let at = 1_790_000_000_000;
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const metrics = createMetrics(() => at);
    const read = createExposition(metrics, {
      database: {
        ...database,
        inbox: {
          async backlog(now) {
            asked += 1;
            if (hangs) await released;
            return database.inbox.backlog(now);
          },
        },
      },
      channels: () => [],
      rules: async () => [],
      now: () => at,
    });
    metrics.stored('feishu', 0.01);
    const [away] = await Promise.all([read(), read()]);
    expect(readFigures(away.body).sum('liaodan_database_up')).toBe(0);
    expect(away.body).not.toContain('liaodan_queue_ready{');
    expect(readFigures(away.body).sum('liaodan_ack_seconds_count')).toBe(1);
    expect(asked).toBe(1);
    hangs = false;
    release();
    at += 6_000;
    const back = await read();
    expect(readFigures(back.body).sum('liaodan_database_up')).toBe(1);
    const before = asked;
    await Promise.all([read(), read()]);
    expect(asked).toBe(before);
  });
});
