/** What people write: signals, questions and orders to the bot, times, pasted records, names and telephone numbers. */
import fc from 'fast-check';
import { compileNames } from '../../../src/crm/ask/names/compile-names.ts';
import { splitName } from '../../../src/crm/ask/names/split-name.ts';
import { understand } from '../../../src/crm/ask/understand.ts';
import { spell } from '../../../src/crm/ask/words/spelling.ts';
import { readTime } from '../../../src/crm/ask/words/spoken-time.ts';
import { maskPhone, normalName, normalPhone } from '../../../src/crm/customer/normal-name.ts';
import { writtenNames } from '../../../src/crm/customer/written-names.ts';
import { cleanName } from '../../../src/crm/file/file-name.ts';
import { fitName } from '../../../src/crm/names.ts';
import { parseRecord } from '../../../src/crm/signal/record/parse-record.ts';
import { plainPhone } from '../../../src/crm/staff/phone.ts';
import { when } from '../../../src/crm/task/when.ts';
import { activate, starterDocument } from '../../../src/policies.ts';
import { book } from '../../unit/ask/book.ts';
import { hostileText } from '../hostile.ts';
import { bentText } from '../mutate.ts';
import { must, target } from '../target.ts';

const active = activate(1, starterDocument());
const NOW = Date.parse('2026-11-24T10:20:00+08:00');
const text = fc.oneof({ weight: 3, arbitrary: hostileText }, { weight: 1, arbitrary: bentText(hostileText) });

export const signals = target({
  name: 'signals',
  share: 12,
  inputs: fc.tuple(text, fc.array(text, { maxLength: 2 }), fc.constantFrom('customer' as const, 'staff' as const)),
  open: () => ({
    try([said, before, speaker]) {
      const recent = before.map((one) => ({ speaker, text: one }));
      for (const finding of active.detector.detect({ speaker, text: said, recent, stage: 'qualified' })) {
        must(['advance', 'hint'].includes(finding.verdict), `the verdict ${finding.verdict}`);
      }
    },
  }),
});

const orders = ['', '@聊单 ', '绑定 ', '记一下 恒锐 ', '提醒我 ', '新建客户 ', '恒锐', '谁负责', '绑定账号 ', '解绑 '];

export const asking = target({
  name: 'asking',
  share: 10,
  inputs: fc.tuple(fc.constantFrom(...orders), text, fc.boolean()),
  open: () => ({
    try([order, said, linked]) {
      const ask = understand(order + said, book, { linked });
      if (ask && 'name' in ask) must(ask.name === null || typeof ask.name === 'string', 'a name that is none');
    },
  }),
});

export const times = target({
  name: 'spoken times',
  share: 6,
  inputs: fc.tuple(fc.constantFrom('', '明天', '三点', '两小时后', '12月3号'), text),
  open: () => ({
    try([time, said]) {
      // The order is read up to 500 characters: longer ones are refused unread.
      const found = readTime(active, (time + said).slice(0, 500), NOW);
      if (!found) return;
      must(Number.isSafeInteger(found.at), `the instant ${found.at}`);
      when(active.calendar, NOW, found.at);
    },
  }),
});

export const records = target({
  name: 'pasted records',
  share: 6,
  inputs: fc.array(fc.tuple(fc.constantFrom('', '张三 10:22\n', '[10:22] 李四: ', '王总：', '—— '), text), {
    maxLength: 4,
  }),
  open: () => ({
    try(rows) {
      for (const line of parseRecord(rows.map((row) => row.join('')).join('\n')))
        must(line.text !== '', 'a line without words');
    },
  }),
});

export const names = target({
  name: 'names and numbers',
  share: 6,
  inputs: fc.array(text, { minLength: 1, maxLength: 4 }),
  open: () => ({
    try(given) {
      // A name is cut before it is kept.
      const fitted = given.map(fitName);
      for (const name of [...given, ...fitted]) {
        for (const part of [spell(name).text, splitName(name).core, cleanName(name.slice(0, 16_000), ['pdf'])])
          must(typeof part === 'string', 'no text');
        must([...normalName(name)].length <= 90, 'a long normal name');
        must((plainPhone(name)?.length ?? 0) <= 40, 'a long number');
        maskPhone(normalPhone(name));
      }
      const known = fitted.map((name, at) => ({ id: String(at), name }));
      const fresh = compileNames(known);
      const typed = fitted.join('').slice(0, 300);
      fresh.find(typed);
      fresh.mentions(given.join('').slice(0, 4_000));
      writtenNames(known).holding(spell(typed).text, 5);
    },
  }),
});
