/** Workbooks that would keep the server busy or fill its memory: read in a thread that is ended. */
import { afterAll, expect, it } from 'vitest';
import { createWorkbooks } from '../../../src/commands/workbook.ts';
import { endlessWorkbook, workbook } from '../../support/workbook.ts';

const sound = workbook([['姓名'], ['李娜']]);
const rows = [
  { line: 1, cells: ['姓名'] },
  { line: 2, cells: ['李娜'] },
];
const workbooks = createWorkbooks({ most: 2, patienceMs: 5_000 });
/** The memory is what ends it, however slow the machine. */
const patient = createWorkbooks({ patienceMs: 60_000 });
afterAll(() => Promise.all([workbooks.stop(), patient.stop()]));

it('one that is read without end is given up, nobody waits for it, and who is behind it is served', async () => {
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 10);
  const endless = workbooks.read(endlessWorkbook());
  const behind = workbooks.read(sound);
  expect(await workbooks.read(sound)).toEqual({ ok: false, reason: 'others_first' });
  expect(await endless).toEqual({ ok: false, reason: 'takes_too_long' });
  clearInterval(turning);
  expect(turns).toBeGreaterThan(20);
  expect(await behind).toEqual({ ok: true, rows });
});

it('one whose last cell is the farthest of all does not fill the memory', async () => {
  const far = workbook([['姓名</t></is></c></row><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>李娜']]);
  expect(far.length).toBeLessThan(2_000);
  expect(await patient.read(far)).toEqual({ ok: false, reason: 'unpacks_too_big' });
  expect(await patient.read(sound)).toEqual({ ok: true, rows });
});

it('what is being read when it is stopped is given up', async () => {
  const left = expect(workbooks.read(endlessWorkbook())).rejects.toThrow('stopped');
  await workbooks.stop();
  await left;
});
