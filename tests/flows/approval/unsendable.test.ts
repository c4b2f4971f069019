// A card that cannot go out: the failure is there to be seen, and whoever is asked reads it in words.

import { expect, it } from 'vitest';
import { submitBelowList } from '../../../sandbox/flows/approvals.ts';
import { readHealth } from '../../../src/health.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { describeDatabase } from '../../support/services/database.ts';

describeDatabase('an approval card that cannot go out', () => {
  const open = useSandbox();

  it('is among the dead and in /health, its words follow it, and whoever waits for it is told', async () => {
    const sandbox = await open();
    const { app, company, platform, now } = sandbox;
    // Nobody the platform knows: it refuses card and words alike, for good.
    await app.transact((tx) =>
      tx.staffIdentity.update({ externalId: company.staff.chen.openId }, { externalId: 'ou_x' }),
    );
    await submitBelowList(sandbox, company.deals.bearing);
    await expect.poll(async () => (await app.database.outbox.dead(10)).length, { timeout: 10_000 }).toBe(2);
    const orders = await app.database.unitOfWork.read((session) =>
      session.query<{ payload: string }>("SELECT payload FROM outbox_order WHERE status = 'dead' ORDER BY id"),
    );
    const [card, words] = orders.map(({ payload }) => JSON.parse(payload) as { kind: string; text: string });
    expect(card?.kind).toBe('card.send');
    expect(words).toMatchObject({ kind: 'text.send', links: [{ label: '去审批' }, {}, {}] });
    const health = await readHealth({ database: app.database, channels: [], now });
    expect(health.outbox).toMatchObject({ dead: 2 });
    expect(health.advice.join()).toContain('有处理失败的条目');
    const trouble = /陈总监的审批卡片发不出去，已改发文字：/;
    expect(await platform.waitForText(company.staff.lina, '发不出去')).toMatch(trouble);
    expect((await app.look((tx) => tx.approvalNote.list({}))).map(({ text }) => text)).toEqual([
      expect.stringMatching(trouble),
    ]);
    expect(words?.text).toMatch(/^【请审批：报价单[\s\S]*宁波恒锐机电[\s\S]*折扣超过 10%/);
  });
});
