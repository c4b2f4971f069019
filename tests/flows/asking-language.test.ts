// A non-coder's language test: in each file forty ways of asking and twenty lines that are no question, written by people who have not seen the code.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cardAsText } from '../../src/crm/card/faces/as-text.ts';
import { drawCard } from '../../src/crm/card/faces/draw-card.ts';
import { describeDatabase } from '../support/services/database.ts';
import { type Office, openOffice } from './office.ts';

interface Line {
  readonly text: string;
  readonly chat: string;
  readonly kind: string;
  readonly topics: readonly string[];
  readonly customers: readonly string[];
  readonly visible: string;
}

const CUSTOMERS: readonly (readonly [id: string, name: string, owner: string])[] = [
  ['c1', '宁波恒锐机电有限公司', '李娜'],
  ['c2', '苏州明远科技', '李娜'],
  ['c3', '东莞佳盛塑胶', '王强'],
  ['c4', '明远电机', '王强'],
  ['c5', '上海泰和自动化设备有限公司', '李娜'],
  ['c6', '常州联创精工', '王强'],
  ['c7', '深圳市华信达电子', '李娜'],
  ['c8', '杭州锐捷传动', '王强'],
  ['c9', '青岛海立德重工', '李娜'],
  ['c10', '无锡威孚轴承', '王强'],
  ['c11', '天津中环泵业', '李娜'],
  ['c12', 'Bosch Rexroth 常州', '王强'],
];
/** In every deal's name: it must never be seen by those who may not. */
const SECRET = '机密项目';

const linesOf = (file: string): readonly Line[] =>
  readFileSync(new URL(`../fixtures/ask/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [text = '', chat = '', kind = '', topic = '', customer = '', visible = ''] = line.split('\t');
      return {
        text: text.replaceAll('\\n', '\n'),
        chat,
        kind,
        topics: topic.split('|'),
        customers: customer.split('|'),
        visible,
      };
    });

/** What is wrong with the bot's reaction to a line; null when it is as it should be. */
async function wrongWith(office: Office, line: Line, names: ReadonlyMap<string, string>): Promise<string | null> {
  const before = new Set((await office.cards()).map(({ id }) => id));
  const said = await office.texts();
  const sender = { id: '李娜', tenant: null, internal: true };
  const chat = line.chat === '-' ? { id: '李娜', kind: 'direct' as const } : { id: '恒锐群', kind: 'group' as const };
  await office.hear(chat.id, '李娜', line.text, { chat, sender, addressed: true });
  const fresh = (await office.cards()).filter(({ id }) => !before.has(id));
  const answer = fresh.find(({ kind }) => kind === 'answer');
  const replies = (await office.texts()).slice(said.length).map(({ text }) => text);
  const asked = answer?.data.asked;
  const face = answer ? cardAsText(await office.run((tx) => drawCard(tx, answer))) : replies.join('\n');
  if (line.visible === 'owner_only' && face.includes(SECRET)) return `shows what 李娜 may not see: ${face}`;
  switch (line.kind) {
    case 'handover':
      return answer || replies.some((text) => text.includes('我可以这样帮你')) ? 'was taken for a question' : null;
    case 'help':
      return replies.some((text) => text.includes('我可以这样帮你')) ? null : `no help: ${face}`;
    case 'agenda':
      return asked?.topic === 'agenda' ? null : `no agenda: ${face}`;
    default: {
      const found = asked ? (asked.customerId === null ? asked.candidates : [asked.customerId]) : [];
      const expected = line.customers.filter((id) => id !== 'none').map((id) => names.get(id));
      if (expected.length === 0)
        return replies.some((text) => text.includes('没有找到客户')) ? null : `found somebody: ${face}`;
      if ([...found].sort().join() !== expected.sort().join()) return `other customers: ${face}`;
      return line.topics.includes(asked?.topic ?? '') ? null : `about ${asked?.topic}: ${face}`;
    }
  }
}

describeDatabase('ways of asking', () => {
  it.each(['questions.tsv', 'more-questions.tsv', 'third-questions.tsv'])(
    'understands %s, and shows nobody what they may not see',
    async (file) => {
      const lines = linesOf(file);
      await using office = await openOffice();
      const owners = new Map([
        ['李娜', await office.employ('李娜')],
        ['王强', await office.employ('王强')],
      ]);
      const names = new Map<string, string>();
      for (const [id, name, owner] of CUSTOMERS) {
        const customerId = await office.customer(name, owners.get(owner) ?? '');
        names.set(id, customerId);
        await office.deal(customerId, `${SECRET} ${id}`, owners.get(owner) ?? '', 'quoted');
      }
      await office.group('恒锐群', { addedBy: owners.get('李娜') ?? '', customerId: names.get('c1') ?? '' });
      const failures: string[] = [];
      for (const line of lines) {
        const wrong = await wrongWith(office, line, names);
        if (wrong !== null) failures.push(`${line.text} [${line.kind} ${line.topics.join('|')}]: ${wrong}`);
      }
      const asks = lines.filter(({ kind }) => kind !== 'handover').length;
      expect(asks).toBeGreaterThanOrEqual(40);
      expect(failures.filter((failure) => failure.includes('may not see'))).toEqual([]);
      expect(failures.filter((failure) => failure.includes('was taken for a question'))).toEqual([]);
      expect(asks - failures.length, failures.join('\n')).toBeGreaterThanOrEqual(38);
    },
  );
});
