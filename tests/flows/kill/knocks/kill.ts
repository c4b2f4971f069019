/** SIGKILL of one instance: those that are left go on, and the next one takes over what it had. */
import { setTimeout as sleep } from 'node:timers/promises';
import { askHealth } from '../health.ts';
import { remainsOf } from '../remains.ts';
import { between, type Knock, oneOf } from './knock.ts';

export const kill: Knock = {
  kind: 'kill',
  fits: () => true,
  async strike(arena) {
    const { server } = oneOf(arena, arena.instances);
    await server.kill();
    const { inbox, outbox } = await remainsOf(arena.store.url);
    const alone = arena.instances.length === 1;
    const answered = alone || (await askHealth(`http://127.0.0.1:${arena.front.port}`)) !== null;
    await sleep(between(arena, 0, 300));
    await server.start();
    return {
      note: `inbox ${inbox.waiting} waiting, ${inbox.inHand} in hand · outbox ${outbox.waiting} waiting, ${outbox.inHand} in hand`,
      faults: [answered ? null : 'the other instance did not answer'],
    };
  },
};
