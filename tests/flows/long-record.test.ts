// A record of thousands of lines keeps nobody waiting: what was said last is judged.

import { expect, it } from 'vitest';
import { spokenLines } from '../../src/crm/message/read-record.ts';
import { describeDatabase } from '../support/services/database.ts';
import { openOffice } from './office.ts';

describeDatabase('a long record', () => {
  it('is read from its last 2,000 lines', async () => {
    await using office = await openOffice();
    await office.employ('孙销售');
    const text = Array.from({ length: 2_500 }, (_, n) => `${n % 2 ? '孙销售' : '王工'}：第${n}句`).join('\n');
    const lines = await office.run((tx) => spokenLines(tx, [{ speakerName: null, speaker: null, text, sentAt: null }]));
    expect(lines).toHaveLength(2_000);
    expect(lines.at(0)).toMatchObject({ speaker: 'customer', name: '王工', text: '第500句' });
    expect(lines.at(-1)).toMatchObject({ speaker: 'staff', name: '孙销售', text: '第2499句' });
  });
});
