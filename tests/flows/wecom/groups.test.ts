// Customer groups on the real application: what a rename in the client becomes, and what else happens in groups does not.

import { expect, it } from 'vitest';
import { settled } from '../../../sandbox/flows/flow.ts';
import { importGroups } from '../../../src/crm/contact/import-groups.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { describeDatabase } from '../../support/services/database.ts';

describeDatabase('customer groups of WeCom', () => {
  const open = useSandbox();

  it('take the name they are given in the client, each time; members come and go unnoticed', async () => {
    const sandbox = await open({ wecom: {} });
    const account = sandbox.app.accounts.find(({ platform }) => platform === 'wecom');
    if (!sandbox.wecom || !account) throw new Error('this needs WeCom');
    const { platform, company } = sandbox.wecom;
    const { chat } = platform.foundGroup('福兴项目群', [company.staff.lina, company.customers.lin]);
    const facts = { chatId: chat.chatId, name: chat.name, ownerId: 'lina' };
    await sandbox.app.transact((tx) => importGroups(tx, account.id, [facts]));
    // A new group can be read only so long after it began.
    sandbox.advance(3_000);
    const name = () =>
      sandbox.app.look(async (tx) => (await tx.chat.find({ accountId: account.id, externalId: chat.chatId }))?.name);
    expect(await name()).toBe('福兴项目群');
    for (const next of ['福兴二期', '福兴三期']) {
      expect(await platform.renameGroup(chat, next).first).toMatchObject({ accepted: true });
      await settled(sandbox);
      sandbox.advance(10_000);
      await expect.poll(name).toBe(next);
    }
    expect(await platform.joinGroup(chat, company.customers.he).first).toMatchObject({ accepted: true });
    expect(await platform.dismissGroup(chat).first).toMatchObject({ accepted: true });
    await settled(sandbox);
    expect(await name()).toBe('福兴三期');
  });
});
