/** Every minute: tasks whose hour has come are told, and in the morning of a working day everybody's list is sent. */
import { morningDate, sendMorningList } from '../crm/task/morning-list.ts';
import { ringTasks } from '../crm/task/ring-tasks.ts';
import type { Tx } from '../crm/tx.ts';
import type { Job } from './schedule.ts';

export interface TasksDependencies {
  readonly tenantId: string;
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
}

/** One read; what one colleague has in it is told on one card. */
const RINGS_AT_ONCE = 5_000;
const PEOPLE_AT_ONCE = 500;
/** Ten lists a second: the platforms and the queue have room for what people do meanwhile. */
const APART_MS = 100;

export function tasksJob(deps: TasksDependencies): Job {
  return {
    name: 'tasks',
    at: '* * * * *',
    alsoAtStart: true,
    run: async () => {
      await tellTasks(deps);
      await sendMorningLists(deps);
    },
  };
}

/** One transaction per colleague. A doubled tick finds nothing. Returns how many tasks were told. */
export async function tellTasks({ tenantId, transact }: TasksDependencies): Promise<number> {
  let told = 0;
  for (;;) {
    const due = await transact(tenantId, (tx) => tx.queries.dueRings(tx.now, RINGS_AT_ONCE));
    for (const [ownerId, rings] of Map.groupBy(due, (ring) => ring.ownerId))
      told += await transact(tenantId, (tx) => ringTasks(tx, ownerId, rings));
    if (due.length < RINGS_AT_ONCE) return told;
  }
}

/** Returns how many were sent. */
export async function sendMorningLists({ tenantId, transact }: TasksDependencies): Promise<number> {
  const { date, people } = await transact(tenantId, async (tx) => {
    const today = morningDate(tx);
    return { date: today, people: today === null ? [] : await tx.queries.withoutMorningList(today, PEOPLE_AT_ONCE) };
  });
  if (date === null) return 0;
  let sent = 0;
  for (const staffId of people) {
    const order = { staffId, date, afterMs: sent * APART_MS };
    if ((await transact(tenantId, (tx) => sendMorningList(tx, order))) === 'sent') sent += 1;
  }
  return sent;
}
