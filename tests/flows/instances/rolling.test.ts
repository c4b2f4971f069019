// Instances are restarted one after the other while three platforms go on talking: nothing is lost, nothing is done twice.

import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Sandbox } from '../../../sandbox/start.ts';
import { createIdGenerator } from '../../../src/ids.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';
import { freePort } from '../../support/services/free-port.ts';
import { createServer } from '../kill/server.ts';
import { createBalancer } from './balancer.ts';

const INSTANCE = fileURLToPath(new URL('./instance.ts', import.meta.url));
const SETTLED_WITHIN_MS = 60_000;

/** A colleague notes something on each platform again and again: so many times for each restart, until told to stop. */
function talk({ platform, company, wecom, dingtalk }: Sandbox) {
  const said = { feishu: [] as string[], wecom: [] as string[], dingtalk: [] as string[] };
  let over = false;
  let resumed = Promise.resolve();
  let restarts = 0;
  const each = async (name: keyof typeof said, most: number, everyMs: number, say: (words: string) => unknown) => {
    for (let n = 1; !over; n += 1) {
      await resumed;
      // However long a restart takes on a busy machine: what a person may get in a minute is soon used up.
      while (!over && said[name].length >= most * restarts) await sleep(20);
      if (over) return;
      const note = `${name} 箱号 ${n}`;
      said[name].push(note);
      say(`记一下 恒锐 ${note}`);
      await sleep(everyMs);
    }
  };
  const talks = Promise.all([
    each('feishu', 25, 400, (words) => platform.sayToBot(company.staff.lina, words)),
    // To one member there go fourteen at once and then sixteen a minute.
    each('wecom', 7, 800, (words) => wecom?.platform.sayToApp(wecom.company.staff.lina, words)),
    each('dingtalk', 25, 400, (words) => dingtalk?.platform.sayToBot(dingtalk.company.staff.lina, words)),
  ]);
  return {
    said,
    /** Another restart begins. */
    more() {
      restarts += 1;
    },
    /** Returns what makes it go on. */
    pause() {
      const { promise, resolve } = Promise.withResolvers<void>();
      resumed = promise;
      return resolve;
    },
    async end() {
      over = true;
      await talks;
    },
  };
}

describeDatabase('restarts', () => {
  const open = useSandbox();

  it('one after the other, under load: every word once, every move once, every answer once', async () => {
    const lively = { selfRunning: true, retryTimeScale: 100 };
    const sandbox = await open({
      platform: lively,
      wecom: { ...lively, retryTimeScale: 2 },
      dingtalk: { ...lively, openApiPerMonth: 1_000_000 },
    });
    const { platform, company, wecom, dingtalk } = sandbox;
    if (!wecom || !dingtalk) throw new Error('three platforms');
    // It has seeded the company; from here on there are processes. SQLite has one.
    await sandbox.app.stop();
    const ports = await Promise.all(Array.from({ length: databaseKind === 'mysql' ? 2 : 1 }, () => freePort()));
    const servers = ports.map((port) =>
      createServer({ ...sandbox.environment, PORT: String(port), LOG_LEVEL: 'warn' }, [INSTANCE]),
    );
    sandbox.mount('/callbacks', createBalancer(ports));
    const database = await openDatabase({
      url: sandbox.environment.DATABASE_URL ?? '',
      now: Date.now,
      newId: createIdGenerator(Date.now),
    });
    try {
      await Promise.all(servers.map((server) => server.start()));
      await dingtalk.platform.waitForConnection();
      const conversation = talk(sandbox);
      const stops: number[] = [];
      for (const server of servers) {
        conversation.more();
        await sleep(800);
        // Two deals move, once each, however often it is said.
        platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价，规格书发你了');
        dingtalk.platform.mentionBot(dingtalk.company.staff.lina, dingtalk.company.dealGroup, '沈厂长说：麻烦报个价');
        // Where nobody is left to hear a stream, the platform forgets what was said there.
        const resume = servers.length === 1 ? conversation.pause() : () => {};
        const begun = Date.now();
        expect(await server.stop()).toBe(0);
        stops.push(Date.now() - begun);
        await server.start();
        await dingtalk.platform.waitForConnection();
        resume();
      }
      await sleep(500);
      await conversation.end();
      await platform.quiet();
      const rows = <Row>(sql: string) => database.unitOfWork.read((session) => session.query<Row>(sql));
      const left = async () => {
        const { ready } = await database.inbox.backlog();
        const soon = `SELECT id FROM outbox_order WHERE status = 'ready' AND available_at < ${Date.now() + 5_000}`;
        return ready + (await rows(soon)).length;
      };
      await expect.poll(left, { timeout: SETTLED_WITHIN_MS, interval: 200 }).toBe(0);

      const { said } = conversation;
      const all = [...said.feishu, ...said.wecom, ...said.dingtalk];
      const notes = await rows<{ text: string }>(`SELECT text FROM activity WHERE kind = 'note'`);
      expect(notes.map(({ text }) => text).toSorted()).toEqual(all.toSorted());
      const answered = (texts: readonly string[]) =>
        texts.flatMap((text) => (text.includes('已记到') ? [text.split('：').at(-1)] : [])).toSorted();
      expect({
        feishu: answered(platform.textsOf(company.staff.lina)),
        wecom: answered(wecom.platform.textsOf(wecom.company.staff.lina)),
        dingtalk: answered(dingtalk.platform.textsOf(dingtalk.company.staff.lina)),
      }).toEqual({ feishu: said.feishu.toSorted(), wecom: said.wecom.toSorted(), dingtalk: said.dingtalk.toSorted() });
      const moves = await rows<{ id: string }>(
        `SELECT opportunity_id AS id FROM stage_change WHERE to_stage = 'quoted'`,
      );
      expect(moves.map(({ id }) => id).toSorted()).toEqual(
        [company.deals.bearing, dingtalk.company.deals.roller].toSorted(),
      );
      expect([...(await database.inbox.dead(5)), ...(await database.outbox.dead(5))]).toEqual([]);
      console.log(`${all.length} notes over ${servers.length} restarts; stopped within ${stops.join(', ')} ms`);
    } finally {
      await Promise.all(servers.map((server) => server.kill()));
      await database.close();
    }
  }, 180_000);
});
