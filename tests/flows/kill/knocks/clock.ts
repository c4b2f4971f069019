/** The clocks of all our machines are wrong for a while: hours ahead, or minutes behind; then somebody puts them right. */
import { setTimeout as sleep } from 'node:timers/promises';
import { healthSays } from '../health.ts';
import { between, type Knock } from './knock.ts';

const MINUTE_MS = 60_000;

// Not beside a server: its own clock cannot be set here, and instances that differ from it take nobody's lease for unbelievable.
// tests/store/clock-steps.test.ts has those.

/** Putting it right is a step back of hours, with work in hand that was given its times in the future. */
export const clockAhead: Knock = {
  kind: 'clock ahead',
  fits: ({ store }) => store.url.startsWith('sqlite:'),
  async strike(arena) {
    const minutes = between(arena, 45, 150);
    arena.clock.setOff(minutes * MINUTE_MS);
    await sleep(between(arena, 500, 2_500));
    // Pushes that are signed with the right time are refused, and come again.
    const told = await Promise.any(arena.instances.map(({ url }) => said(url))).catch(
      () => 'health does not say that the clock is wrong',
    );
    arena.clock.setOff(0);
    return { note: `${minutes} minutes`, faults: [told] };
  },
};

/** Rejects when it was not said: with several instances it is whoever was asked. */
async function said(url: string): Promise<null> {
  const fault = await healthSays(url, '时钟', 5_000);
  if (fault !== null) throw new Error(fault);
  return null;
}

export const clockBack: Knock = {
  kind: 'clock back',
  fits: ({ store }) => store.url.startsWith('sqlite:'),
  async strike(arena) {
    // Pushes are signed with the time, and five minutes are forgiven.
    const minutes = between(arena, 1, 4);
    arena.clock.setOff(-minutes * MINUTE_MS);
    await sleep(between(arena, 500, 2_500));
    arena.clock.setOff(0);
    return { note: `${minutes} minutes`, faults: [] };
  },
};
