/** What the fuzz has found, each by itself: inputs that once hung, broke an assumption, or were brought again for ever. */
import { describe, expect, it } from 'vitest';
import { parseRecord } from '../../adapters/dingtalk/json.ts';
import { readNumber } from '../../adapters/dingtalk/message-head.ts';
import { readTypedTap } from '../../adapters/dingtalk/typed-taps.ts';
import { instant } from '../../adapters/feishu/instant.ts';
import { ownWords } from '../../adapters/wecom/archive/own-words.ts';
import { messageHead, parseWire } from '../../adapters/wecom/archive/wire.ts';
import { createBotIntake } from '../../adapters/wecom/bot/intake.ts';
import { normaliseBot } from '../../adapters/wecom/bot/normalise.ts';
import { usualPace } from '../../adapters/wecom/bot/pace.ts';
import type { JsonRecord } from '../../adapters/wecom/json.ts';
import { readRow } from '../../adapters/wecom/kf/rows.ts';
import { readTable } from '../../src/commands/csv.ts';
import { readStaffList } from '../../src/commands/staff-file.ts';
import { readWorkbook } from '../../src/commands/workbook.ts';
import { readProductList } from '../../src/crm/product/product-list.ts';
import { readPolicy } from '../../src/policy/check.ts';
import { workbook } from '../support/workbook.ts';
import { recordingInbound, recordingLog } from './wecom/doubles.ts';
import { said } from './wecom/kf-rows.ts';
import { corpId } from './wecom/sealing.ts';

/** Processor time of this thread, ms: a busy machine makes nothing slower by that clock. */
function costOf(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('a long run of one sign is read at once', () => {
  const many = 30_000;
  it.each([
    ['blanks where a typed tap has its colon', () => readTypedTap(`【聊单${' '.repeat(many)}x`)],
    ['blanks behind the code of a typed tap', () => readTypedTap(`【聊单 abcdefgh${' '.repeat(many)}客`)],
    ['a quotation in an archived text that does not end', () => ownWords(`「${'a'.repeat(many)}`)],
    ['quotation marks inside a cell of a table', () => readTable(`x${'a"'.repeat(10 * many)}`)],
    ['dashes below a quotation that end in something else', () => ownWords(`「」\n${'- '.repeat(many)}x`)],
  ])('%s', (_name, read) => {
    expect(costOf(read)).toBeLessThan(500);
  });

  it('and a tap with blanks about it is still one', () => {
    expect(readTypedTap(' 好 【 聊单 ：  abcdefgh ］ ')).toEqual({ actionKey: 'abcdefgh', values: {} });
  });
});

describe('what nests too deep to be written again', () => {
  it('is no object for DingTalk: the push is refused, and not brought again and again', () => {
    expect(parseRecord(`{"a":${deep(20)}}`)).not.toBeNull();
    expect(parseRecord(`{"a":${deep(100_000)}}`)).toBeNull();
  });

  it('is no row of a service account, and does not keep the others of its page', () => {
    expect(readRow(said('a', { text: JSON.parse(deep(20_000)) as JsonRecord }), 'wkA')).toBeNull();
    expect(readRow(said('b'), 'wkA')).not.toBeNull();
  });

  it('is no archived message, and no message to the bot', async () => {
    expect(() => parseWire(`{"a":${deep(100)}}`)).toThrow('too deep');
    const [inbound, log] = [recordingInbound(), recordingLog()];
    const people = { plainId: async (id: string) => id, problem: () => null };
    const nothing = () => undefined;
    const intake = createBotIntake({
      ...{ inbound, people, now: () => 1, log, stored: nothing, lost: nothing, pace: usualPace },
    });
    const from = { userid: 'zhangsan' };
    intake.message('r', {
      msgid: 'm',
      msgtype: 'chatrecord',
      from,
      chatrecord: JSON.parse(deep(20_000)) as JsonRecord,
    });
    await intake.stop();
    expect(inbound.stored).toEqual([]);
    expect(log.lines.join()).toContain('too deep');
  });
});

describe('an instant that no calendar has', () => {
  const body = { msgid: 'm', msgtype: 'text', text: { content: '好' }, from: { userid: 'zhangsan' } };

  it('is the hour of arrival for the bot, and none for the others', () => {
    const payload = { liaodan: 'bot', receivedAt: 7, speaker: 'zhangsan', body: { ...body, create_time: 1e308 } };
    expect(normaliseBot(payload, corpId).sentAt).toBe(7);
    expect(readRow(said('a', { send_time: 1e300 }), 'wkA')).toBeNull();
    expect(
      messageHead.safeParse({ msgid: 'm', action: 'send', from: 'a', msgtype: 'text', msgtime: 1e300 }).success,
    ).toBe(false);
    expect([readNumber('9007199254740991'), readNumber(1_700_000_000_000)]).toEqual([null, 1_700_000_000_000]);
  });

  it('of Feishu is read in three units, and not in texts that are no digits', () => {
    expect(['1609073151', '1609073151345', '1609073151345000'].map(instant)).toEqual([
      1_609_073_151_000, 1_609_073_151_345, 1_609_073_151_345,
    ]);
    expect(['', '0', '1e300', '-1', 'Infinity', '9'.repeat(18)].map(instant)).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

it('a workbook that is bent inside is read or refused, and never waited for', async () => {
  const sound = workbook([
    ['姓名', '手机'],
    ['张三', 13800138000],
  ]);
  for (let at = 0; at < sound.length; at += 29) {
    const bent = Buffer.from(sound);
    bent[at] = 255 - (bent[at] ?? 0);
    const read = await readWorkbook(bent);
    if (!read.ok) expect(read.reason).toBe('unreadable');
  }
});

describe('a table whose first line is endless is read once', () => {
  const row = (line: number, cells: readonly string[]) => ({ line, cells });
  it.each([
    ['brackets', [row(1, [`a${'(年'.repeat(250_000)}`, '姓名', '名称']), row(2, ['x', '李娜', '垫片'])]],
    [
      'titles, for many lines',
      [
        row(1, ['姓名', '名称', ...Array<string>(200_000).fill('x')]),
        ...Array.from({ length: 4_000 }, (_, at) => row(at + 2, ['李娜', '垫片'])),
      ],
    ],
  ])('%s', (_name, table) => {
    const read = (): unknown => {
      const [staff, products] = [readStaffList(table), readProductList(table)];
      expect([staff.ok && staff.rows.length, products.rows.length]).toEqual([table.length - 1, table.length - 1]);
      return staff;
    };
    expect(costOf(read)).toBeLessThan(1_500);
  });
});

describe('a policy that the reader would take seconds for is refused at once', () => {
  it.each([
    ['brackets in brackets', '{a: ['.repeat(15_000)],
    ['dashes in dashes', '- '.repeat(40_000)],
    ['ten thousand keys beside each other', Array.from({ length: 10_000 }, (_, at) => `a${at}: 1`).join('\n')],
    ['nothing but faults', '"'.repeat(80_000)],
    ['more text than any policy', ' '.repeat(2_000_000)],
  ])('%s', (_name, text) => {
    let faults: readonly string[] = [];
    const ms = costOf(() => {
      const reading = readPolicy(text);
      faults = reading.ok ? [] : reading.faults;
    });
    expect(faults.join()).toMatch(/^策略文件/);
    expect(ms).toBeLessThan(1_000);
  });
});
