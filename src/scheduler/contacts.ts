/** Reads the colleagues' address books and the groups with customers, page by page, with progress: once at first, then every night. */
import type { Channel } from '../channel/channel.ts';
import type { ContactFacts } from '../channel/delivery.ts';
import { importContactFacts } from '../crm/contact/contact-facts.ts';
import { endUnseen } from '../crm/contact/follow.ts';
import { importGroups } from '../crm/contact/import-groups.ts';
import { meetStaff } from '../crm/staff/known-staff.ts';
import type { Tx } from '../crm/tx.ts';
import type { Log } from '../log.ts';
import type { AccountRecord } from '../work/store.ts';
import type { Job } from './schedule.ts';

export interface ContactsDependencies {
  readonly accounts: readonly {
    readonly account: AccountRecord;
    readonly channel: Pick<Channel, 'contacts' | 'groups'>;
  }[];
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
    const { tenantId, platform } = account;
    const run = <T>(work: (tx: Tx) => Promise<T>) => transact(tenantId, work);
    const job = await run((tx) =>
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
    const read = { contacts: 0, added: 0, groups: 0 };
    const progress = (status: 'running' | 'done') =>
      run((tx) =>
        tx.job.update(
          { id: job.id },
          { status, done: read.contacts, note: noteOf(read), finishedAt: status === 'done' ? tx.now : null },
        ),
      );
    try {
      const books: Books = new Map();
      for await (const page of channel.contacts()) {
        read.added += await run((tx) => importPage(tx, account.id, page, books));
        read.contacts += page.length;
        await progress('running');
      }
      for (const [staffId, seen] of books) await run((tx) => endUnseen(tx, account.id, staffId, seen, job.startedAt));
      for await (const page of channel.groups?.() ?? []) {
        await run((tx) => importGroups(tx, account.id, page));
        read.groups += page.length;
        await progress('running');
      }
      await progress('done');
      log.info(
        { job: NAME, platform, read: read.contacts, added: read.added, groups: read.groups },
        'contacts imported',
      );
    } catch (error) {
      const note = `读到第 ${read.contacts} 位时中断，下次从头核对，不会重复`;
      await run((tx) => tx.job.update({ id: job.id }, { status: 'failed', note, finishedAt: tx.now }));
      throw error;
    }
  }
}

/** Whom each colleague's book was seen to hold: ids of identities, by the colleague's row. */
type Books = Map<string, Set<string>>;

async function importPage(tx: Tx, accountId: string, page: readonly ContactFacts[], books: Books): Promise<number> {
  let added = 0;
  for (const facts of page) {
    // On the first run nobody has written to us yet: whoever has customers is a colleague.
    const colleague = { id: facts.staffId, tenant: null, internal: true };
    const owner = await meetStaff(tx, accountId, colleague, facts.staffId);
    const result = await importContactFacts(tx, accountId, facts, owner);
    books.set(owner.id, (books.get(owner.id) ?? new Set()).add(result.identityId));
    if (result.added) added += 1;
  }
  return added;
}

function noteOf({ contacts, added, groups }: Readonly<Record<'contacts' | 'added' | 'groups', number>>): string {
  return `已读 ${contacts} 位，新增 ${added} 位${groups > 0 ? `，客户群 ${groups} 个` : ''}`;
}
