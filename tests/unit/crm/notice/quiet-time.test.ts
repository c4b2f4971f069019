// Quiet hours, days off and leave: when a colleague may be told.
import { describe, expect, it } from 'vitest';
import { mayTellGroupAt, tellableAt } from '../../../../src/crm/notice/quiet-time.ts';
import { activate, starterDocument } from '../../../../src/policies.ts';

const active = activate(1, starterDocument());
const quiet = { from: '20:00', to: '08:30', daysOff: true };
const at = (local: string) => Date.parse(`${local}:00+08:00`);
const told = (local: string, hours = quiet, away: { fromAt: number; untilAt: number }[] = []) =>
  new Date(tellableAt(active, hours, at(local), away) + 8 * 3_600_000).toISOString().slice(0, 16);

describe('when somebody may be told', () => {
  it('waits for the end of the night, and for the next working day', () => {
    expect(told('2026-11-24T10:15')).toBe('2026-11-24T10:15');
    expect(told('2026-11-24T20:00')).toBe('2026-11-25T08:30');
    expect(told('2026-11-25T08:29')).toBe('2026-11-25T08:30');
    expect(told('2026-11-25T08:30')).toBe('2026-11-25T08:30');
    // A Friday night, over the weekend; and the seven days of the national holiday of 2026.
    expect(told('2026-11-27T21:00')).toBe('2026-11-30T08:30');
    expect(told('2026-09-30T21:00')).toBe('2026-10-08T08:30');
    // A Saturday on which people work to make up for a holiday.
    expect(told('2026-10-10T09:00')).toBe('2026-10-10T09:00');
  });

  it("goes by a person's own hours, which may lie within one day or be none", () => {
    expect(told('2026-11-24T12:30', { from: '12:00', to: '13:30', daysOff: true })).toBe('2026-11-24T13:30');
    expect(told('2026-11-24T23:30', { from: '12:00', to: '13:30', daysOff: true })).toBe('2026-11-24T23:30');
    expect(told('2026-11-24T03:00', { from: '00:00', to: '00:00', daysOff: true })).toBe('2026-11-24T03:00');
    expect(told('2026-11-28T10:00', { ...quiet, daysOff: false })).toBe('2026-11-28T10:00');
  });

  it('waits for the end of leave, one after the other', () => {
    const away = [
      { fromAt: at('2026-11-24T00:00'), untilAt: at('2026-11-26T00:00') },
      { fromAt: at('2026-11-26T00:00'), untilAt: at('2026-11-26T14:00') },
    ];
    expect(told('2026-11-24T10:00', quiet, away)).toBe('2026-11-26T14:00');
    expect(told('2026-11-26T14:00', quiet, away)).toBe('2026-11-26T14:00');
  });

  it('goes by the policy for a group', () => {
    expect(mayTellGroupAt(active, at('2026-11-27T21:00'))).toBe(at('2026-11-30T08:30'));
  });
});
