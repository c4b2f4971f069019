/** Reads the colleagues' address books, page by page, with progress: once at first, then every night. */
import type { Channel } from '../channel/channel.ts';
import type { ContactFacts } from '../channel/delivery.ts';
import { importContactFacts } from '../crm/contact/contact-facts.ts';
import { meetStaff } from '../crm/staff/known-staff.ts';
import type { Tx } from '../crm/tx.ts';
import type { Log } from '../log.ts';
import type { AccountRecord } from '../work/store.ts';
import type { Job } from './schedule.ts';

export interface ContactsDependencies {
  readonly accounts: readonly { readonly account: AccountRecord; readonly channel: Pick<Channel, 'contacts'> }[];
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly log: Log;
}

const NAME = 'contacts';

export function contactsJob(deps: ContactsDependencies): Job {
  return { name: NAME, at: '41 4 * * *', run: () => importAll(deps) };
}

/** Imports at once when an account's address book has never been read. */
export async function importContactsFirst(deps: ContactsDependencies): Promise<void> {
  const [any] = deps.accounts;
  if (!any || deps.accounts.every(({ channel }) => channel.contacts === null)) return;
  const before = await deps.transact(any.account.tenantId, (tx) => tx.job.find({ name: NAME, status: 'done' }));
  if (!before) await importAll(deps);
}

async function importAll({ accounts, transact, log }: ContactsDependencies): Promise<void> {
  for (const { account, channel } of accounts) {
    if (channel.contacts === null) continue;
    const { tenantId } = account;
    const job = await transact(tenantId, (tx) =>
      tx.job.insert({
        id: tx.newId(),
        name: NAME,
        status: 'running',
        done: 0,
        note: null,
        startedAt: tx.now,
        finishedAt: null,
      }),
    );
    let read = 0;
    let added = 0;
    try {
      for await (const page of channel.contacts()) {
        added += await transact(tenantId, (tx) => importPage(tx, account.id, page));
        read += page.length;
        await transact(tenantId, (tx) =>
          tx.job.update({ id: job.id }, { done: read, note: `已读 ${read} 位，新增 ${added} 位` }),
        );
      }
      await transact(tenantId, (tx) => tx.job.update({ id: job.id }, { status: 'done', finishedAt: tx.now }));
      log.info({ job: NAME, platform: account.platform, read, added }, 'contacts imported');
    } catch (error) {
      const note = `读到第 ${read} 位时中断，下次从头核对，不会重复`;
      await transact(tenantId, (tx) => tx.job.update({ id: job.id }, { status: 'failed', note, finishedAt: tx.now }));
      throw error;
    }
  }
}

async function importPage(tx: Tx, accountId: string, page: readonly ContactFacts[]): Promise<number> {
  let added = 0;
  for (const facts of page) {
    // On the first run nobody has written to us yet: whoever has customers is a colleague.
    const colleague = { id: facts.staffId, tenant: null, internal: true };
    const owner = await meetStaff(tx, accountId, colleague, facts.staffId);
    if (await importContactFacts(tx, accountId, facts, owner)) added += 1;
  }
  return added;
}
