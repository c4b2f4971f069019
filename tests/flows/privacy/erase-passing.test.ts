// What waits in the queues when somebody is erased: theirs goes, others' stays, and what is done is known still.

import { expect, it } from 'vitest';
import { settled } from '../../../sandbox/flows/flow.ts';
import type { NewWork } from '../../../src/work/queue.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { lookInto } from '../kill/remains.ts';
import { crm } from './command.ts';
import { knownPerson, PHONE } from './person.ts';

/** As the platform calls him: part of many a word. */
const SHORT = 'li';
const FAR_AHEAD_MS = 3_600_000;

describeDatabase('erasing while entries wait', () => {
  const open = useSandbox();

  it('takes only what names the person by number, and leaves others their messages', async () => {
    const sandbox = await open();
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { app, now } = sandbox;
    const { contactId, name, openId } = await knownPerson(sandbox);
    await settled(sandbox);
    await app.transact((tx) => tx.contactIdentity.update({ externalId: openId }, { externalId: SHORT }));
    const [account] = app.accounts;
    const at = { queuedAt: now(), availableAt: now() + FAR_AHEAD_MS };
    const entry = (id: string, payload: string, dedupeKey = `event:${id}`): NewWork => ({
      ...{ id: id.padStart(26, '0'), tenantId: account?.tenantId ?? '', accountId: account?.id ?? '' },
      ...{ ...at, orderKey: `chat:${id}`, dedupeKey, payload },
    });
    const dead = [
      entry('A', `{"from":"${SHORT}"}`),
      entry('B', `{"text":"电话：\\n${PHONE}"}`),
      entry('C', `{"text":"${name}老师好，delivery to alice"}`),
      entry('D', '{"from":"li-ming"}'),
    ];
    const waiting = [entry('E', '{"from":"lina"}')];
    const done = [entry('F', '', `message:${SHORT}:1`), entry('G', '', 'message:lina:1')];
    for (const table of ['inbox', 'outbox'] as const)
      await app.database.unitOfWork.run(async (session) => {
        await app.database[table].add(session, [...dead, ...waiting, ...done]);
        const sql = `UPDATE ${table === 'inbox' ? 'inbox_event' : 'outbox_order'} SET status = ? WHERE id IN`;
        await session.execute(`${sql} (?, ?, ?, ?)`, ['dead', ...dead.map(({ id }) => id)]);
        await session.execute(`${sql} (?, ?)`, ['done', ...done.map(({ id }) => id)]);
      });
    const left = async (table: string) =>
      (await lookInto(url, (query) => query(`SELECT id, dedupe_key FROM ${table} WHERE id < '0001' ORDER BY id`))).map(
        (row) => `${String(row['id']).slice(-1)} ${String(row['dedupe_key']).split(':')[1]}`,
      );

    const erased = await crm(url, 'erase', '--contact', contactId, '--yes');
    expect({ code: erased.code, err: erased.err }).toEqual({ code: 0, err: '' });
    expect(erased.out).toContain('搁置的收发件里有 4 条写到此人');
    expect(await left('inbox_event')).toEqual(['C C', 'D D', 'E E', `F ${SHORT}`, 'G lina']);
    expect(await left('outbox_order')).toEqual(['C C', 'D D', 'E E', expect.stringMatching(/^F ＊\w{12}$/), 'G lina']);
  });
});
