/** Whose turn it is among our instances to hold the bot's one connection. */
import type { ChannelLog, Inbound } from '../../../src/channel/channel.ts';

export interface Turn {
  /** Asks for it, or renews it. While the store does not answer, the turn we had still counts. Never rejects. */
  ours(): Promise<boolean>;
  /** So that another instance need not wait for it to run out. Never rejects. */
  giveBack(): Promise<void>;
}

const name = 'bot';

export function createTurn(inbound: Pick<Inbound, 'takeTurn'>, leaseMs: number, log: ChannelLog): Turn {
  let until = 0;

  return {
    async ours() {
      const asked = performance.now();
      try {
        until = (await inbound.takeTurn(name, leaseMs)) ? asked + leaseMs : 0;
      } catch (error) {
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'wecom bot could not ask for its turn');
      }
      return performance.now() < until;
    },
    async giveBack() {
      const had = performance.now() < until;
      until = 0;
      if (had) await inbound.takeTurn(name, 0).catch(() => false);
    },
  };
}
