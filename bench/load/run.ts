/** One measured run: so many messages a second for so long, through running instances, counted from both sides. */
import type { Child } from '../child.ts';
import type { BooksQuestion } from '../processes/books.ts';
import type { InstanceQuestion, Usage } from '../processes/instance.ts';
import type { Heard, PlatformsQuestion } from '../processes/platforms.ts';
import type { Audited } from './audit.ts';
import type { Waiting } from './backlog.ts';
import type { LoadDatabase } from './database.ts';
import { type Figures, faultsOf, share } from './figures.ts';
import type { Room } from './room.ts';

export interface Instance extends Child {
  readonly url: string;
}

export interface Ground {
  readonly platforms: Child;
  readonly books: Child;
  readonly database: LoadDatabase;
}

const SETTLE_MS = 30_000;
const LOOK_MS = 100;

export async function runLoad(
  { platforms, books, database }: Ground,
  instances: readonly Instance[],
  perSecond: number,
  seconds: number,
): Promise<Figures> {
  const messages = Math.round(perSecond * seconds);
  const rooms = await platforms.ask<readonly Room[]>({ do: 'rooms', messages } satisfies PlatformsQuestion);
  await books.ask({ do: 'rooms', rooms } satisfies BooksQuestion);
  const callbacks = instances.map(({ url }) => url);
  const before = await Promise.all([database.work(), ...instances.map(usageOf)]);
  await platforms.ask({ do: 'say', callbacks, perSecond, messages } satisfies PlatformsQuestion);
  const backlog = await books.ask<Waiting>({ do: 'backlog' } satisfies BooksQuestion);
  const heard = await platforms.ask<Heard>({ do: 'heard' } satisfies PlatformsQuestion);
  await untilEmpty(books);
  const after = await Promise.all([database.work(), ...instances.map(usageOf)]);
  const audited = await books.ask<Audited>({
    ...{ do: 'audit', messageIds: heard.messageIds, unheard: heard.unheard, caused: heard.caused },
  } satisfies BooksQuestion);

  const [[workBefore, ...usedBefore], [workAfter, ...used]] = [before, after];
  const cpuSeconds = used.map(({ cpuMs }, n) => (cpuMs - (usedBefore[n]?.cpuMs ?? 0)) / 1_000);
  const each = (total: number) => total / messages;
  const figures = {
    ...{ instances: instances.length, perSecond, seconds: heard.seconds },
    ackP99Ms: share(heard.ackMs, 0.99),
    effectP50Ms: share(heard.effectMs, 0.5),
    effectP99Ms: share(heard.effectMs, 0.99),
    handledP99Ms: share(audited.handledMs, 0.99),
    cpuPerMessageMs: {
      product: each(cpuSeconds.reduce((sum, one) => sum + one * 1_000, 0)),
      server: each((workAfter.cpuMs ?? Number.NaN) - (workBefore.cpuMs ?? Number.NaN)),
      load: each(heard.cpuMs),
    },
    cpuSeconds,
    peakMib: used.map(({ peakMib }) => peakMib),
    backlog,
    lost: audited.lost,
    doubled: audited.doubled,
    statementsPerMessage: each(workAfter.statements - workBefore.statements),
    commitsPerMessage: each(workAfter.commits - workBefore.commits),
    conflicts: workAfter.conflicts - workBefore.conflicts,
    lateP99Ms: share(heard.lateMs, 0.99),
  };
  return { ...figures, faults: faultsOf(figures, heard, audited) };
}

export const usageOf = (instance: Instance): Promise<Usage> =>
  instance.ask<Usage>({ do: 'usage' } satisfies InstanceQuestion);

/** What came in last is handled, and what it enqueued has left: bounded, because a run that does not end is a fault too. */
async function untilEmpty(books: Child): Promise<void> {
  const until = performance.now() + SETTLE_MS;
  for (;;) {
    const { inbox, outbox } = await books.ask<Waiting>({ do: 'backlog' } satisfies BooksQuestion);
    if (inbox + outbox === 0 || performance.now() > until) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
