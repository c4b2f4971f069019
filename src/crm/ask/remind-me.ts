/** `提醒我 明天下午三点 给恒锐打电话`: something to do, told at its hour, of the customer that it names. */
import { writeAudit } from '../audit/audit.ts';
import { currentCustomer } from '../customer/merged-into.ts';
import { mayTellAt } from '../notice/quiet-time.ts';
import type { CustomerRow, StaffRow } from '../rows/people.ts';
import { mayWorkOn } from '../staff/rights.ts';
import { setRing } from '../task/ring.ts';
import { when } from '../task/when.ts';
import type { Tx } from '../tx.ts';
import { readTime } from './words/spoken-time.ts';

const MOST_CHARACTERS = 200;
/** With the time; longer texts are not even read for one. */
const MOST_SAID = 2 * MOST_CHARACTERS + 100;
const TOO_LONG = `太长了，没有记下来：最多 ${MOST_CHARACTERS} 字。`;
const HOW = '这样发：提醒我 明天下午三点 给恒锐打电话';

export interface WantedReminder {
  readonly text: string;
  /** The one customer it names, or whose chat it is; null for neither. */
  readonly customerId: string | null;
}

/** Returns what to tell the colleague. */
export async function remindMe(tx: Tx, staff: StaffRow, { text, customerId }: WantedReminder): Promise<string> {
  if (text.length > MOST_SAID) return TOO_LONG;
  const time = readTime(tx.active, text, tx.now);
  if (!time) return `什么时候提醒你？${HOW}`;
  const told = when(tx.active.calendar, tx.now, time.at);
  if (time.at <= tx.now) return `${told} 已经过了，没有记下来。${HOW}`;
  if (time.rest === '') return `提醒你做什么？${HOW}`;
  if ([...time.rest].length > MOST_CHARACTERS) return TOO_LONG;
  const customer = await theirs(tx, staff, customerId);
  const deals = customer ? await tx.queries.openOpportunities(customer.id) : [];
  const task = await tx.task.insert({
    id: tx.newId(),
    customerId: customer?.id ?? null,
    opportunityId: deals.length === 1 ? (deals[0]?.id ?? null) : null,
    ownerId: staff.id,
    title: time.rest,
    dueAt: time.at,
    cause: 'manual',
    templateKey: null,
    createdBy: staff.id,
    createdAt: tx.now,
    doneAt: null,
    doneBy: null,
    version: 1,
  });
  await setRing(tx, task, true);
  const place = customer
    ? ({ entity: 'customer', entityId: customer.id } as const)
    : ({ entity: 'staff', entityId: staff.id } as const);
  await writeAudit(tx, staff.id, [{ action: 'task.create', ...place, detail: { taskId: task.id, by: 'bot' } }]);
  const at = await mayTellAt(tx, staff.id, time.at);
  const later =
    at > time.at ? `\n那时是不打扰的时间或你在休假，会在${when(tx.active.calendar, tx.now, at)} 提醒。` : '';
  return `好的，${told} 提醒你：${time.rest}${customer ? `（${customer.name}）` : ''}${later}`;
}

/** What is of a customer they do not work on is their own business alone. */
async function theirs(tx: Tx, staff: StaffRow, id: string | null): Promise<CustomerRow | null> {
  const customer = id === null ? null : await currentCustomer(tx, id);
  if (!customer || customer.withdrawnAt !== null) return null;
  return (await mayWorkOn(tx, staff, customer)) ? customer : null;
}
