/** `staff leave`: a colleague's leave by whole days: shown, entered, taken back. */

import { leaveOf } from '../crm/notice/quiet-time.ts';
import type { LeaveTimeRow } from '../crm/rows/clock.ts';
import { findByWord } from '../crm/staff/find-by-word.ts';
import { endLeave, enterLeave } from '../crm/staff/leave.ts';
import { daysLater } from '../crm/task/due.ts';
import type { Tx } from '../crm/tx.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { person } from './staff-words.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `from` alone is one day, `end` takes back what is under way or to come; neither shows it. */
export function staffLeave(word: string, [from, until = from]: readonly string[], env: Environment): Promise<number> {
  return withApp(env, (app) =>
    app.transact(async (tx) => {
      const meant = await findByWord(tx, word);
      if (!meant.ok) return refuse(person(word, meant.reason));
      const { id: staffId, name } = meant.staff;
      if (from === 'end') {
        const known = await leaveOf(tx, staffId, tx.now);
        for (const leave of known) await endLeave(tx, leave.id, null);
        return say(known.length > 0 ? `${name}：休假已取消，商机重新计时，提醒照常。` : `${name} 没有休假要取消。`);
      }
      if (from !== undefined) {
        if (!isDay(from) || !isDay(until ?? '')) return refuse('日期写成 2026-12-01 这样。');
        const begin = startOf(tx, from);
        const entered = await enterLeave(tx, {
          staffId,
          fromAt: begin,
          untilAt: startOf(tx, until ?? '', 1),
          by: null,
        });
        if (!entered.ok) return refuse(entered.why);
      }
      const leave = await leaveOf(tx, staffId, tx.now);
      if (leave.length === 0) return say(`${name} 没有填休假。`);
      const days = leave.map((one) => daysOf(tx, one)).join('；');
      return say(`${name} 休假：${days}。\n这段时间不算停留时间，也不发提醒；审批由本人在“我不在时”里指定的同事代。`);
    }),
  );
}

const isDay = (text: string): boolean => DATE.test(text) && !Number.isNaN(Date.parse(text));

/** The local midnight at which a day begins, or the one so many days later. */
function startOf({ active }: Tx, date: string, later = 0): number {
  return daysLater(active, Date.parse(`${date}T12:00:00Z`), later, '00:00');
}

/** 2026-12-01 至 2026-12-05 */
function daysOf({ active: { calendar } }: Tx, { fromAt, untilAt }: LeaveTimeRow): string {
  const [first, last] = [calendar.localDate(fromAt), calendar.localDate(untilAt - 1)];
  return first === last ? first : `${first} 至 ${last}`;
}

function say(words: string): number {
  process.stdout.write(`${words}\n`);
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}
