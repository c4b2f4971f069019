// What goes wrong is logged with its kind and its code: not with what was said, who said it, or what opens a door.

import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { settled } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { watchLog } from '../support/log-watch.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';

const WORDS = '周末去爬山吗';

/** Platforms quote in their errors what they were sent. */
const quoting = (who: { name: string }) => ({
  kind: 'error' as const,
  code: 99_999,
  status: 400,
  msg: `invalid receiver ${who.name}: ${WORDS}`,
});

async function poison({ app, company, now }: Sandbox): Promise<void> {
  const { inbox, unitOfWork } = app.database;
  const rows = app.accounts.flatMap(({ id: accountId, tenantId }, i) =>
    [`{${WORDS}`, JSON.stringify({ header: { event_type: 'im.message.receive_v1' }, event: { message: WORDS } })].map(
      (payload, j) => ({
        ...{ id: `${i}${j}`.padStart(26, '0'), tenantId, accountId, payload, queuedAt: now(), availableAt: now() },
        ...{ dedupeKey: `poison:${i}:${j}`, orderKey: `${accountId}:${company.customers.zhou.openId}:${j}` },
      }),
    ),
  );
  await unitOfWork.run((session) => inbox.add(session, rows));
}

/** While a table has another name. */
async function without({ app }: Sandbox, table: string, work: () => Promise<void>): Promise<void> {
  const rename = (from: string, to: string) =>
    app.database.unitOfWork.run((session) => session.manager.query(`ALTER TABLE ${from} RENAME TO ${to}`));
  await rename(table, `${table}_away`);
  await work();
  await rename(`${table}_away`, table);
}

describeDatabase('the log', () => {
  const open = useSandbox();

  it('says of trouble on three platforms what it is, and nothing of anybody', async () => {
    const printed: unknown[] = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...said) => void printed.push(said));
    try {
      const log = watchLog();
      const sandbox = await open({ wecom: {}, dingtalk: {}, logLevel: 'debug', logTo: log.logTo });
      const { platform, company, wecom, dingtalk, url } = sandbox;
      if (!wecom || !dingtalk) throw new Error('three platforms are asked for');
      platform.misbehave.nextPushes({ forgedSignature: true });
      platform.say(company.customers.zhou, company.chats.hengrui, WORDS);
      platform.misbehave.api({ match: /messages/, effect: quoting(company.customers.zhou) });
      platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价');
      platform.misbehave.revokeTokens();
      wecom.platform.misbehave.api({ match: /message\/send/, effect: quoting(wecom.company.customers.lin) });
      wecom.platform.misbehave.api({ match: /kf/, times: 2, effect: { kind: 'not_json', status: 502 } });
      wecom.platform.sayToApp(wecom.company.staff.lina, `${WORDS}，帮我报下价，图纸发你了`);
      wecom.platform.kf.customerSays(wecom.company.customers.lin, wecom.company.service, `${WORDS} 麻烦报个价`);
      dingtalk.platform.misbehave.api({ effect: quoting(dingtalk.company.staff.lina), times: 2 });
      dingtalk.platform.sayToBot(dingtalk.company.staff.lina, `${WORDS}，麻烦报个价`);
      await poison(sandbox);
      await fetch(`${url}/api/session`, { method: 'POST', body: `{"platform":"feishu","code":"${WORDS}` });
      await fetch(`${url}/callbacks/wecom?msg_signature=${WORDS}&timestamp=1&nonce=2`, { method: 'POST', body: WORDS });
      await fetch(`${url}/q/${WORDS}`);
      await settled(sandbox, 20_000);
      // A driver's error quotes the statement with its values.
      await without(sandbox, 'signal_decision', async () => {
        platform.say(company.customers.zhou, company.chats.hengrui, `${WORDS}，合同什么时候能签`);
        while (!log.lines.some((line) => line.includes('event not handled'))) await sleep(20);
      });
      await settled(sandbox, 20_000);
      const kinds = new Set(log.lines.map((line) => (JSON.parse(line) as { msg: string }).msg));
      for (const told of [
        'callback refused',
        'event set aside',
        'event not handled',
        'order not delivered',
        'feishu api call failed',
        'wecom api call failed',
        'dingtalk api call failed',
      ])
        expect([...kinds]).toContain(told);
      expect(await log.leaks(sandbox, [WORDS])).toEqual([]);
      expect(printed).toEqual([]);

      // The watch sees what it is there to see.
      log.logTo.write(JSON.stringify({ msg: `sent to ${company.customers.zhou.name}` }));
      expect(await log.leaks(sandbox)).toHaveLength(1);
    } finally {
      vi.restoreAllMocks();
    }
  });
});
