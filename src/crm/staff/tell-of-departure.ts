/** When a colleague has gone, whoever stands above them learns what is left without a hand, and how to give it to somebody. */
import { tellPerson } from '../card/tell-person.ts';
import type { StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { holdingsInWords, holdingsOf, isNothing } from './holdings.ts';
import { activeManager, chainOf } from './stand-in.ts';

export async function tellOfDeparture(tx: Tx, accountId: string, gone: StaffRow): Promise<void> {
  const holdings = await holdingsOf(tx, gone.id);
  if (isNothing(holdings)) return;
  const staffId = await above(tx, gone.id);
  if (staffId === null) return;
  const text = `${gone.name} 已离职或停用，名下还有${holdingsInWords(holdings)}，记录都在。\n请安排交接：由管理员在服务器上运行 npm run crm -- staff handover ${gone.name} 接手人姓名`;
  await tellPerson(tx, {
    staffId,
    accountId,
    key: `departed:${gone.id}:${tx.active.calendar.localDate(tx.now)}`,
    text,
  });
}

async function above(tx: Tx, goneId: string): Promise<string | null> {
  for await (const { id, active } of chainOf(tx, goneId)) if (active && id !== goneId) return id;
  return (await activeManager(tx))?.id ?? null;
}
