// A person asks to be forgotten: nothing of them is left in any table, and in the file itself; what the company did stays.

import { expect, it } from 'vitest';
import { settled } from '../../../sandbox/flows/flow.ts';
import { importContactFacts } from '../../../src/crm/contact/contact-facts.ts';
import { useSandbox } from '../../support/sandbox.ts';
import { databaseKind, describeDatabase } from '../../support/services/database.ts';
import { tablesWith } from '../kill/remains.ts';
import { crm } from './command.ts';
import { EMAIL, HINT, knownPerson, PHONE, PRIVATE, REMARK, SAID } from './person.ts';
import { bytesWith } from './traces.ts';

describeDatabase('erasing a contact', () => {
  const open = useSandbox();

  it('shows first, then erases while the server runs, and leaves no trace', async () => {
    const sandbox = await open();
    const { DATABASE_URL: url = '' } = sandbox.environment;
    const { app, platform, company } = sandbox;
    const { contactId, customerId, name, openId } = await knownPerson(sandbox);
    const traces = [name, openId, PHONE, '139 8765 4321', EMAIL, REMARK, SAID, HINT, PRIVATE];

    const cards = () =>
      platform
        .cardsOf(company.staff.lina)
        .map(({ text }) => text)
        .join();
    expect(cards()).toContain(SAID);
    expect(cards()).toContain(HINT);

    const shown = await crm(url, 'erase', '--contact', name);
    expect(shown.err).toBe('');
    expect(shown.code).toBe(0);
    expect(shown.out).toContain('什么都没有动');
    expect(shown.out).toContain('聊天记录　3 条，改写');
    expect(await tablesWith(url, PRIVATE)).toEqual(['message']);

    const done = await crm(url, 'erase', '--contact', PHONE, '--yes', '--by', company.staff.chen.name);
    expect({ code: done.code, err: done.err }).toEqual({ code: 0, err: '' });
    await settled(sandbox);
    const left: Record<string, readonly string[]> = {};
    for (const trace of traces) left[trace] = await tablesWith(url, trace);
    expect(left).toEqual(Object.fromEntries(traces.map((trace) => [trace, []])));
    expect(traces.filter((trace) => cards().includes(trace))).toEqual([]);
    if (databaseKind === 'sqlite') {
      // What was on its way to his card was drawn and settled after the file had been written anew.
      expect((await crm(url, 'compact')).code).toBe(0);
      expect(bytesWith(url, traces)).toEqual([]);
    }

    const [deal, moves, audit, activities] = await app.look(async (tx) => [
      await tx.opportunity.get(company.deals.bearing),
      await tx.stageChange.list({ opportunityId: company.deals.bearing }),
      await tx.auditEntry.list({ action: 'privacy.erase' }),
      await tx.activity.list({ customerId }),
    ]);
    expect(deal?.amountMinor).toBe(7_140_000);
    expect(deal?.stage).toBe('quoted');
    expect(moves.map(({ cause, ruleKey, quote }) => ({ cause, rule: ruleKey !== null, quote }))).toEqual([
      { cause: 'signal', rule: true, quote: null },
    ]);
    expect(audit).toMatchObject([{ entity: 'contact', entityId: contactId, detail: { by: 'command' } }]);
    expect(audit[0]?.actorId).not.toBeNull();
    expect(activities.map(({ text }) => text)).toContain('约了技术交流');

    expect((await crm(url, 'erase', '--contact', name)).err).toContain('没有找到');

    // No address book brings him back.
    const [account] = app.accounts;
    await app.transact(async (tx) => {
      const lina = await tx.staff.find({ name: company.staff.lina.name });
      const facts = {
        personId: openId,
        name,
        company: null,
        remark: REMARK,
        tags: [],
        phones: [],
        addedAt: null,
        staffId: '',
      };
      if (lina) expect(await importContactFacts(tx, account?.id ?? '', facts, lina)).toMatchObject({ added: false });
    });
    expect(await tablesWith(url, openId)).toEqual([]);

    // He may come back by himself: then he is somebody new.
    platform.say(company.customers.zhou, company.chats.hengrui, '你好，我又来了');
    await settled(sandbox);
    expect(await tablesWith(url, '你好，我又来了')).toEqual(['message']);
    const anew = await app.look((tx) => tx.contactIdentity.find({ externalId: openId }));
    expect(anew?.contactId).toBeNull();
  });
});
