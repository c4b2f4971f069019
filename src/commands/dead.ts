/** `dead list` and `dead retry`: what could not be handled, and trying it again. */

import type { Environment } from '../settings.ts';
import type { WorkQueue } from '../work/queue.ts';
import { withApp } from './offline-app.ts';

const MOST = 200;

export async function deadCommand([word, ...ids]: readonly string[], env: Environment): Promise<number> {
  if (word !== 'list' && word !== 'retry') {
    process.stderr.write('用法：npm run crm -- dead list 或 npm run crm -- dead retry [编号…]\n');
    return 2;
  }
  return withApp(env, async ({ database: { inbox, outbox } }) => {
    if (word === 'list') {
      await list('收件', inbox);
      await list('发件', outbox);
      return 0;
    }
    if (ids.length > 0) return retry(ids, [inbox, outbox]);
    process.stdout.write(`收件：重新排队 ${await retryAll(inbox)} 条\n`);
    process.stdout.write(`发件：重新排队 ${await retryAll(outbox)} 条\n`);
    return 0;
  });
}

type Queue = Pick<WorkQueue<never>, 'dead' | 'revive'>;

async function list(name: string, queue: Queue): Promise<void> {
  const items = await queue.dead(MOST);
  process.stdout.write(`${name}：${items.length === MOST ? `最近 ${MOST}` : items.length} 条搁置\n`);
  for (const { id, queuedAt, attempts, lastError } of items)
    process.stdout.write(`  ${id}  ${new Date(queuedAt).toISOString()}  试过 ${attempts} 次  ${lastError ?? ''}\n`);
}

async function retry(ids: readonly string[], queues: readonly Queue[]): Promise<number> {
  const unknown: string[] = [];
  for (const id of ids) {
    let revived = 0;
    for (const queue of queues) revived += await queue.revive([id], Date.now());
    if (revived > 0) process.stdout.write(`${id}：重新排队\n`);
    else unknown.push(id);
  }
  if (unknown.length > 0) process.stderr.write(`没有编号为 ${unknown.join('、')} 的搁置条目\n`);
  return unknown.length > 0 ? 1 : 0;
}

/** Each once: a running server may set the same one aside again at once. */
async function retryAll(queue: Queue): Promise<number> {
  const tried = new Set<string>();
  let revived = 0;
  for (;;) {
    const fresh = (await queue.dead(MOST)).map(({ id }) => id).filter((id) => !tried.has(id));
    if (fresh.length === 0) return revived;
    for (const id of fresh) tried.add(id);
    revived += await queue.revive(fresh, Date.now());
  }
}
