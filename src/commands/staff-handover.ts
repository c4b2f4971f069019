/** `staff handover`: everything in one colleague's hands goes to another; interrupted, it goes on where it stopped. */
import { findByWord } from '../crm/staff/find-by-word.ts';
import { addMoved, finishHandOver, handOver, nothingMoved } from '../crm/staff/hand-over.ts';
import { holdingsInWords } from '../crm/staff/holdings.ts';
import type { Environment } from '../settings.ts';
import { withApp } from './offline-app.ts';
import { person } from './staff-words.ts';

const reasons = {
  not_found: '员工已不存在。',
  same_person: '交出人和接手人是同一个人。',
  taker_inactive: '接手人已停用：请换一位在职的同事。',
} as const;

export async function staffHandover(fromWord: string, toWord: string, env: Environment): Promise<number> {
  return withApp(env, async (app) => {
    const [from, to] = await app.look(
      async (tx) => [await findByWord(tx, fromWord, 'anybody'), await findByWord(tx, toWord)] as const,
    );
    if (!from.ok) return refuse(person(fromWord, from.reason));
    if (!to.ok) return refuse(person(toWord, to.reason));
    const input = { fromId: from.staff.id, toId: to.staff.id, actorId: null };
    let moved = nothingMoved;
    for (let more = true; more; ) {
      const step = await app.transact((tx) => handOver(tx, input));
      if (!step.ok) return refuse(reasons[step.reason]);
      moved = addMoved(moved, step.moved);
      more = step.more;
      if (more) process.stdout.write(`已交接${holdingsInWords(moved)}，还在继续\n`);
    }
    await app.transact((tx) => finishHandOver(tx, input, moved));
    process.stdout.write(
      Object.values(moved).every((count) => count === 0)
        ? `${from.staff.name} 名下没有要交接的客户、商机、线索和要做的事。\n`
        : `完成：${from.staff.name} → ${to.staff.name}，${holdingsInWords(moved)}，另有 ${moved.chats} 个会话、${moved.cards} 件待处理的事。历史记录和阶段不变；聊单会告诉接手人。\n`,
    );
    return 0;
  });
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n`);
  return 1;
}
