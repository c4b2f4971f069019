/** `dead list` and `dead retry`: what could not be handled, and trying it again. */
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';

const MOST = 200;

export async function deadCommand([word, ...ids]: readonly string[], env: Environment): Promise<number> {
  if (word !== 'list' && word !== 'retry') {
    process.stderr.write('用法：npm run crm -- dead list 或 npm run crm -- dead retry [编号…]\n');
    return 2;
  }
  return withApp(env, async ({ database }) => {
    const queues = [
      { name: '收件', queue: database.inbox },
      { name: '发件', queue: database.outbox },
    ];
    for (const { name, queue } of queues) {
      const items = await queue.dead(MOST);
      if (word === 'list') {
        process.stdout.write(`${name}：${items.length} 条搁置\n`);
        for (const item of items) {
          process.stdout.write(
            `  ${item.id}  ${new Date(item.queuedAt).toISOString()}  试过 ${item.attempts} 次  ${item.lastError ?? ''}\n`,
          );
        }
        continue;
      }
      const wanted = items.map((item) => item.id).filter((id) => ids.length === 0 || ids.includes(id));
      process.stdout.write(`${name}：重新排队 ${await queue.revive(wanted, Date.now())} 条\n`);
    }
    return 0;
  });
}
