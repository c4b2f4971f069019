/** What of a text is a person's, and what only looks like it. */
import { expect, it } from 'vitest';
import {
  namesToStrike,
  replaceNumber,
  spellings,
  strikeOut,
  writtenPhones,
} from '../../../src/crm/privacy/strike-out.ts';

it('takes names that cannot be part of every other word', () => {
  expect(namesToStrike(['周工', '周', ' 周建国 ', '联系人', null, '周工', '𠮷野'])).toEqual(['周工', '周建国', '𠮷野']);
});

it('strikes the longer name first, and each place', () => {
  expect(strikeOut('周工程师和周工：周工好', ['周工', '周工程师'])).toBe('＊＊和＊＊：＊＊好');
});

it('never makes a text longer: it must fit where it stood', () => {
  for (const name of ['周工', 'Jo', '王小明', '13987654321'])
    expect([...strikeOut(name, [name])].length).toBeLessThanOrEqual([...name].length);
});

it('finds a name as it is written in JSON', () => {
  const name = '周"工"\\';
  expect(strikeOut(JSON.stringify({ note: `给${name}打电话` }), [name])).toBe('{"note":"给＊＊打电话"}');
  expect(spellings(['周工'])).toEqual(['周工']);
});

it('knows a mobile number as people write it', () => {
  expect(writtenPhones('13987654321')).toEqual(['13987654321', '139 8765 4321', '139-8765-4321']);
  expect(writtenPhones('057412345678')).toEqual(['057412345678']);
  expect(writtenPhones('110')).toEqual([]);
});

it('replaces a short number of a platform only where it stands alone', () => {
  expect(replaceNumber('app:lina', 'lina', '＊1')).toBe('app:＊1');
  expect(replaceNumber('carolina lina-2 lina', 'lina', '＊1')).toBe('carolina lina-2 ＊1');
  expect(replaceNumber('a.b axb', 'a.b', '＊1')).toBe('＊1 axb');
  expect(replaceNumber('kf:wmAAAAAAAAAAAAAAAAAA', 'wmAAAAAAAAAAAAAAAAAA', '＊1')).toBe('kf:＊1');
});
