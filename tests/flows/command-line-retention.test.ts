// `crm retention` says what is past its time, and takes nothing.

import { expect, it } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { runCli } from '../support/run-cli.ts';
import { describeDatabase } from '../support/services/database.ts';

const TENANT = '0'.repeat(26);

describeDatabase('crm retention', () => {
  it('counts and changes nothing', async () => {
    await using store = await openStore();
    const columns = [
      'tenant_id',
      'id',
      'account_id',
      'external_id',
      'chat_id',
      'speaker',
      'text',
      'sent_at',
      'expires_at',
    ];
    const row = (id: string, expiresAt: number) => [TENANT, id, 'a', id, 'c', 'customer', '周末去爬山吗', 1, expiresAt];
    const rows = [row('m1', 1), row('m2', 2), row('m3', Date.now() + 1e10)];
    await store.unitOfWork.run((session) => session.insertNew('message', columns, rows));
    const { code, out, err } = await runCli(['retention'], { DATABASE_URL: store.url });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('聊天原文：收到时策略 privacy.messageDays 所定的天数，到期 2 条\n');
    expect(out).toContain('操作记录：1095 天，到期 0 条\n');
    expect(out).not.toContain('爬山');
    const left = await store.unitOfWork.read((session) => session.query('SELECT id FROM message'));
    expect(left).toHaveLength(3);
    expect(await runCli(['retention', '--yes'], { DATABASE_URL: store.url })).toMatchObject({ code: 2, out: '' });
  });
});
