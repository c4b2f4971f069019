/** A long connection that is open and dead: nobody says goodbye, and nothing comes any more. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knock } from './knock.ts';

/** A ping every 45 s, 10 s for some sign of life, a pause, and a new connection. */
const NOTICED_WITHIN_MS = 70_000;

/** Others talk on meanwhile; what DingTalk sent into the dead one it sends again. */
export const streamHalfOpen: Knock = {
  kind: 'stream half open',
  fits: () => true,
  async strike({ neighbours }) {
    const { dingtalk, line } = neighbours;
    await dingtalk.waitForConnection({ timeoutMs: NOTICED_WITHIN_MS });
    const before = new Set(dingtalk.gateway.connections().map(({ connectionId }) => connectionId));
    const begun = Date.now();
    line.halfOpen();
    const fresh = () => dingtalk.gateway.connections().filter(({ connectionId }) => !before.has(connectionId)).length;
    while (fresh() < before.size && Date.now() - begun < NOTICED_WITHIN_MS) await sleep(100);
    const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
    const found = fresh() >= before.size;
    return {
      note: `${before.size} connections, replaced after ${seconds} s`,
      faults: [found ? null : `${before.size} dead connections, ${fresh()} new ones after ${seconds} s`],
    };
  },
};
