/** Reads the company's address books page by page, with progress: once at first, then every night, and whenever somebody asks. */
import type { Channel } from '../channel/channel.ts';
import { DeliveryError } from '../channel/delivery.ts';
import { greetNewcomers } from '../crm/staff/greet.ts';
import { countsOf, newRun, type OrganisationRun } from '../crm/staff/organisation-run.ts';
import { receiveOrganisation } from '../crm/staff/receive-organisation.ts';
import { settleAbsent } from '../crm/staff/settle-absent.ts';
import { nameFirstAdmins, removeUnseenDepartments, settlePlaces } from '../crm/staff/settle-organisation.ts';
import type { JobRow } from '../crm/tables.ts';
import type { Tx } from '../crm/tx.ts';
import { describeError, type Log } from '../log.ts';
import type { AccountRecord } from '../work/store.ts';
import { organisationJobName } from './organisation-advice.ts';
import type { Job } from './schedule.ts';

export interface OrganisationDependencies {
  readonly accounts: readonly {
    readonly account: AccountRecord;
    readonly channel: Pick<Channel, 'organisation'>;
  }[];
  readonly transact: <T>(tenantId: string, work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly log: Log;
}

/** How the reading of one platform went; `note` is Chinese. */
export interface OrganisationReport {
  readonly platform: string;
  readonly ok: boolean;
  readonly people: number;
  readonly note: string;
  readonly problems: readonly string[];
}

type Run = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** People whose places are settled in one transaction: callbacks wait for it on SQLite. */
const SETTLED_AT_ONCE = 200;
const MOST_NOTE = 300;

export function organisationJob(deps: OrganisationDependencies): Job {
  return {
    name: 'organisation',
    at: '17 4 * * *',
    run: async () => {
      await syncOrganisation(deps);
    },
  };
}

/** Reads at once what has never been read to its end. `claim`: true for one of several instances that start together. */
export async function syncOrganisationFirst(
  deps: OrganisationDependencies,
  claim: () => Promise<boolean> = async () => true,
): Promise<void> {
  for (const { account, channel } of deps.accounts) {
    if (!channel.organisation) continue;
    const name = organisationJobName(account.id);
    const before = await deps.transact(account.tenantId, (tx) => tx.job.find({ name, status: 'done' }));
    if (before) continue;
    if (await claim()) await syncOrganisation(deps);
    return;
  }
}

/** Every platform in turn; a platform that refuses leaves the others. Rejects only when the database fails. */
export async function syncOrganisation(
  deps: OrganisationDependencies,
  onProgress: (platform: string, people: number) => void = () => {},
): Promise<OrganisationReport[]> {
  const complete = new Map<string, OrganisationRun>();
  const reports: { report: OrganisationReport; job: JobRow; run: OrganisationRun }[] = [];
  for (const entry of deps.accounts) {
    if (!entry.channel.organisation) continue;
    const { report, job, run } = await readOne(deps, entry, (people) => onProgress(entry.account.platform, people));
    if (report.ok) complete.set(run.accountId, run);
    reports.push({ report, job, run });
  }
  const [first] = deps.accounts;
  if (!first) return [];
  const connected = deps.accounts.map(({ account }) => account.id);
  const gone =
    complete.size === 0
      ? 0
      : await deps.transact(first.account.tenantId, (tx) => settleAbsent(tx, { complete, connected }));
  const greeted = await deps.transact(first.account.tenantId, greetNewcomers);
  deps.log.info({ job: 'organisation', platforms: complete.size, gone, greeted }, 'organisation synchronised');
  return Promise.all(reports.map(({ report, job, run }) => finish(deps, report, job, run, gone)));
}

async function readOne(
  { transact, log }: OrganisationDependencies,
  { account, channel }: OrganisationDependencies['accounts'][number],
  onProgress: (people: number) => void,
): Promise<{ report: OrganisationReport; job: JobRow; run: OrganisationRun }> {
  const { tenantId, platform } = account;
  const within: Run = (work) => transact(tenantId, work);
  const run = newRun(account.id);
  const name = organisationJobName(account.id);
  const row = { name, status: 'running', done: 0, note: null, finishedAt: null } as const;
  const job = await within((tx) => tx.job.insert({ id: tx.newId(), ...row, startedAt: tx.now }));
  try {
    for await (const page of channel.organisation?.() ?? []) {
      await within((tx) => receiveOrganisation(tx, run, page));
      const done = run.people.size;
      await within((tx) => tx.job.update({ id: job.id }, { done, note: `已同步 ${done} 人` }));
      onProgress(done);
    }
    await settle(within, run);
  } catch (error) {
    const note = shorten(error instanceof DeliveryError ? error.message : '同步中断，下次从头核对，不会重复。');
    log.warn({ job: 'organisation', platform, ...describeError(error) }, 'organisation not synchronised');
    await within((tx) => tx.job.update({ id: job.id }, { status: 'failed', note, finishedAt: tx.now }));
    return { report: { platform, ok: false, people: run.people.size, note, problems: [] }, job, run };
  }
  return { report: { platform, ok: true, people: run.people.size, note: '', problems: [] }, job, run };
}

async function settle(within: Run, run: OrganisationRun): Promise<void> {
  await within((tx) => removeUnseenDepartments(tx, run));
  const people = [...run.people.values()];
  for (let at = 0; at < people.length; at += SETTLED_AT_ONCE) {
    await within((tx) => settlePlaces(tx, run, people.slice(at, at + SETTLED_AT_ONCE)));
  }
  await within((tx) => nameFirstAdmins(tx, run));
}

async function finish(
  { transact, accounts }: OrganisationDependencies,
  report: OrganisationReport,
  job: JobRow,
  run: OrganisationRun,
  gone: number,
): Promise<OrganisationReport> {
  const tenantId = accounts[0]?.account.tenantId;
  if (!report.ok || tenantId === undefined) return report;
  const { people, added, linked } = countsOf(run);
  const problems = [...run.problems];
  const told = { 新增: added, 关联: linked, 各平台共停用: gone };
  const changed = Object.entries(told).filter(([, count]) => count > 0);
  const facts = [`已同步 ${people} 人`, ...changed.map(([what, count]) => `${what} ${count} 人`)].join('，');
  const note = shorten(problems.length === 0 ? facts : `${facts}。请留意：${problems.join('')}`);
  await transact(tenantId, (tx) =>
    tx.job.update({ id: job.id }, { status: 'done', done: people, note, finishedAt: tx.now }),
  );
  return { ...report, note, problems };
}

const shorten = (note: string): string => (note.length <= MOST_NOTE ? note : `${note.slice(0, MOST_NOTE - 1)}…`);
