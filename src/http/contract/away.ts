/** Leave, and how a person wants to be told. Instants in ms, times `HH:MM` by the company's clock. */
import { z } from 'zod';
import { id, instant, person } from './common.ts';

const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '写成 08:30 这样');

/** `GET /api/leave`: one's own, or that of somebody below. */
export const leaveQuery = z.strictObject({ staffId: id.optional() });

/** Not yet over, the first first; the end does not belong to it. */
export const leaveList = z.object({
  staff: person,
  items: z.array(z.object({ id, fromAt: instant, untilAt: instant, by: person.nullable() })),
});
export type LeaveListView = z.infer<typeof leaveList>;

/** `POST /api/leave`. `staffId`: oneself if not said; supervisors may say somebody below them. */
export const leaveBody = z.strictObject({ staffId: id.optional(), fromAt: instant, untilAt: instant });
export type LeaveBody = z.infer<typeof leaveBody>;

/** `GET /api/me/notices`. */
export const notices = z.object({
  /** Nothing is pushed between them; null: as the company's policy says. */
  quiet: z.object({ from: clock, to: clock }).nullable(),
  /** What the policy says; `daysOff`: whole days on which nobody works are quiet too. */
  usual: z.object({ from: clock, to: clock, daysOff: z.boolean() }),
  /** Alerts about what has stood too long: at once, or with the day's digest. */
  alerts: z.enum(['now', 'digest']),
  /** The list of the morning is sent. */
  morning: z.boolean(),
  /** When it is sent to everybody; null: never. */
  morningAt: clock.nullable(),
});
export type NoticesView = z.infer<typeof notices>;

/** `PUT /api/me/notices`: what is not said stays. */
export const noticesBody = z.strictObject({
  quiet: z.strictObject({ from: clock, to: clock }).nullable().optional(),
  alerts: z.enum(['now', 'digest']).optional(),
  morning: z.boolean().optional(),
});
export type NoticesBody = z.infer<typeof noticesBody>;
