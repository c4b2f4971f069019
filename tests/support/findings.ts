// What a doctor found, by the name of what was looked at.

import { expect } from 'vitest';
import type { Channel } from '../../src/channel/channel.ts';
import type { DoctorAsk, Finding } from '../../src/channel/doctor.ts';

export type Findings = ReadonlyMap<string, Finding>;

/** Runs the doctor to its end. Every finding keeps the rules of the port; none may contain one of `secrets`. */
export async function findingsOf(
  channel: Channel,
  ask: Partial<DoctorAsk>,
  secrets: readonly string[],
): Promise<Findings> {
  const found = new Map<string, Finding>();
  for await (const finding of channel.doctor?.({ publicUrl: null, testMessageTo: null, ...ask }) ?? []) {
    expect(found.has(finding.check), `${finding.check} said twice`).toBe(false);
    found.set(finding.check, finding);
  }
  for (const { check, state, remedy, detail } of found.values()) {
    if (state === 'good') expect(remedy, check).toBeNull();
    if (state === 'bad') expect(remedy, check).toMatch(/。$/);
    for (const secret of secrets) expect(`${detail}${remedy}`).not.toContain(secret);
  }
  return found;
}

/** The states alone, for comparing at a glance. */
export const statesOf = (findings: Findings): Readonly<Record<string, Finding['state']>> =>
  Object.fromEntries([...findings.values()].map(({ check, state }) => [check, state]));

/** The words of one finding, remedy included; empty when it was not looked at. */
export const wordsOf = (findings: Findings, check: string): string => {
  const found = findings.get(check);
  return found ? `${found.state} ${found.detail} ${found.remedy ?? ''}` : '';
};
