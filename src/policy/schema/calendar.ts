/** The policy's part about when people work: hours, days of the week, public holidays, and the company's own days. */
import { z } from 'zod';

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const CLOCK_OR_END = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

const shiftSchema = z.strictObject({
  from: z.string().regex(CLOCK).describe('几点起'),
  to: z.string().regex(CLOCK_OR_END).describe('到几点；半夜写 24:00'),
});
const shiftsSchema = z.array(shiftSchema).max(10);
const date = z.iso.date().describe('日期，例如 2026-10-01');

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const ownHours = (name: string) => shiftsSchema.optional().describe(`${name}的上班时段；写 [] 就是休息`);

export const calendarSchema = z.strictObject({
  timeZone: z.string().default('Asia/Shanghai').describe('时区'),
  dayEnd: z.string().regex(CLOCK).default('18:00').describe('下班时间'),
  hours: shiftsSchema
    .min(1)
    .default([
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '18:00' },
    ])
    .describe('周一到周五和调休上班日的时段，按先后；“几个工作小时内”按它算，一个“工作日”就是它的总时长'),
  weekdays: z
    .strictObject({
      monday: ownHours('周一'),
      tuesday: ownHours('周二'),
      wednesday: ownHours('周三'),
      thursday: ownHours('周四'),
      friday: ownHours('周五'),
      saturday: ownHours('周六'),
      sunday: ownHours('周日'),
    })
    .default({})
    .describe('和 hours 不同的星期几，例如周六上午班：saturday: [{ from: "09:00", to: "12:00" }]'),
  everyOtherSaturday: z
    .strictObject({
      from: date.describe('任意一个上班的周六，隔一周上一次'),
      hours: shiftsSchema.min(1).optional().describe('这些周六的时段；不填照 hours'),
    })
    .optional()
    .describe('大小周：隔一周的周六上班'),
  publicHolidays: z
    .boolean()
    .default(true)
    .describe('是否跟着国家法定节假日和调休；还没公布安排的年份，只算法定的那几天放假'),
  daysOff: z
    .array(
      z.strictObject({
        from: date,
        to: date.optional().describe('到哪一天（含）；不填就是一天'),
        name: z.string().min(1).max(20).optional().describe('为什么，例如“年会”'),
      }),
    )
    .max(500)
    .default([])
    .describe('公司自己放假的日子，优先于节假日安排'),
  workdays: z
    .array(z.strictObject({ date, hours: shiftsSchema.min(1).optional().describe('这天的时段；不填照 hours') }))
    .max(500)
    .default([])
    .describe('公司自己要上班的日子，最优先；国家安排有变化，也在这里改'),
});

export type CalendarPolicy = z.output<typeof calendarSchema>;
type Shifts = CalendarPolicy['hours'];

/** Chinese sentences about a calendar that means nothing. */
export function checkCalendar(calendar: CalendarPolicy): string[] {
  const { everyOtherSaturday, daysOff, workdays } = calendar;
  const faults = checkShifts(calendar.hours, 'calendar.hours');
  for (const day of WEEKDAYS) faults.push(...checkShifts(calendar.weekdays[day] ?? [], `calendar.weekdays.${day}`));
  if (everyOtherSaturday) {
    faults.push(...checkShifts(everyOtherSaturday.hours ?? [], 'calendar.everyOtherSaturday.hours'));
    if (weekdayOf(everyOtherSaturday.from) !== 'saturday')
      faults.push(`calendar.everyOtherSaturday.from：${everyOtherSaturday.from} 不是周六`);
    if (calendar.weekdays.saturday)
      faults.push('calendar.everyOtherSaturday：已经写了 weekdays.saturday（每个周六），两个只能写一个');
  }
  for (const { date: day, hours } of workdays) faults.push(...checkShifts(hours ?? [], `calendar.workdays.${day}`));
  for (const { from, to } of daysOff)
    if (to !== undefined && to < from) faults.push(`calendar.daysOff：${from} 到 ${to}，结束要不早于开始`);
  if (!isTimeZone(calendar.timeZone))
    faults.push(`calendar.timeZone：没有“${calendar.timeZone}”这个时区，例如 Asia/Shanghai`);
  return faults;
}

/** The day of the week of a date `YYYY-MM-DD`. */
export function weekdayOf(day: string): (typeof WEEKDAYS)[number] {
  const index = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  return WEEKDAYS[index] ?? 'monday';
}

/** `HH:MM` compares as text. */
function checkShifts(hours: Shifts, place: string): string[] {
  const faults: string[] = [];
  let before = '';
  for (const { from, to } of hours) {
    if (from >= to) faults.push(`${place}：时段 ${from}–${to} 的结束要晚于开始`);
    else if (from < before) faults.push(`${place}：时段 ${from}–${to} 要排在前一段结束之后`);
    before = to;
  }
  return faults;
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) instanceof Intl.DateTimeFormat;
  } catch {
    return false;
  }
}
