// On WeCom a person's number is part of their chat's, and a colleague's is a short word.

import { expect, it } from 'vitest';
import { settled } from '../../../sandbox/flows/flow.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { tablesWith } from '../kill/remains.ts';
import { crm } from './command.ts';

const ASKED = '你好，球阀有现货吗';
/** A pull follows the callback that announces it. */
const PATIENCE = { timeout: 10_000 };
const WANTED = '帮我报下价';

describeDatabase('erasing on WeCom', () => {
  const open = useSandbox();

  it('a stranger who became a customer of their own name, and the colleague who left', async () => {
    const sandbox = await open({ wecom: {} });
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { app } = sandbox;
    if (!sandbox.wecom) throw new Error('this needs WeCom');
    const { platform, company } = sandbox.wecom;
    const { he } = company.customers;
    platform.kf.customerSays(he, company.service, ASKED);
    await expect.poll(() => tablesWith(url, ASKED), PATIENCE).toContain('message');
    platform.kf.customerSays(he, company.service, WANTED);
    await expect.poll(() => app.look((tx) => tx.customer.find({ name: he.name })), PATIENCE).not.toBeNull();
    await settled(sandbox);
    const customer = await app.look((tx) => tx.customer.find({ name: he.name }));

    const events = () =>
      app.database.unitOfWork.read((session) =>
        session.query<{ k: string }>('SELECT dedupe_key AS k FROM inbox_event ORDER BY id'),
      );
    const before = await events();
    const done = await crm(url, 'erase', '--contact', he.externalUserId, '--yes');
    expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
    await settled(sandbox);
    for (const trace of [he.name, he.externalUserId, ASKED, WANTED])
      expect({ trace, in: await tablesWith(url, trace) }).toEqual({ trace, in: [] });
    // What the platform sends again is known still: it brings nobody back.
    expect(before.length).toBeGreaterThan(2);
    expect(await events()).toEqual(before);
    const [renamed, deals] = await app.look(async (tx) => [
      await tx.customer.get(customer?.id ?? ''),
      await tx.opportunity.list({ customerId: customer?.id ?? '' }),
    ]);
    expect(renamed?.name).toMatch(/^已删除的客户 /);
    expect(deals.map(({ status }) => status)).toEqual(['open']);

    // Short as it is, her number goes where it stands alone.
    const id = await app.transact(async (tx) => {
      const lina = await tx.staff.find({ name: company.staff.lina.name });
      const chen = await tx.staff.find({ name: company.staff.chen.name });
      const [from, to] = [{ ownerId: lina?.id ?? '' }, { ownerId: chen?.id ?? '' }];
      await tx.customer.update(from, to);
      await tx.opportunity.update(from, to);
      await tx.lead.update(from, to);
      await tx.staff.update({ id: lina?.id ?? '' }, { active: false });
      return lina?.id ?? '';
    });
    const left = await crm(url, 'erase', '--staff', id, '--yes');
    expect({ code: left.code, err: left.err }).toEqual({ code: 0, err: '' });
    await settled(sandbox);
    // By itself, within JSON, and as the end of a chat's.
    for (const trace of ['"lina"', 'lina\\"', ':lina"', company.staff.lina.name])
      expect({ trace, in: await tablesWith(url, trace) }).toEqual({ trace, in: [] });
  });
});
