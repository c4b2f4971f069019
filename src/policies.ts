/** The policy of each company, compiled once per version; the pointer is read with every transaction, so a publication is live at once. */
import { readFileSync } from 'node:fs';
import { companyDays } from './crm/calendar/company-days.ts';
import { createWorkCalendar } from './crm/calendar/work-calendar.ts';
import { createWorkingTime } from './crm/calendar/working-time.ts';
import { compileSignals } from './crm/signal/detect/index.ts';
import type { ActivePolicy } from './crm/tx.ts';
import { StartError } from './errors.ts';
import { publicDay } from './holidays.ts';
import { mergeDocuments, readPolicy } from './policy/check.ts';
import { overlayDocument } from './policy/overlay.ts';
import type { CompanyStore } from './work/store.ts';

/** The starter policy as the document a company of this trade begins with: the one for manufacturing, or what differs laid over it. */
export function starterDocument(trade: 'manufacturing' | 'trading' | 'engineering' = 'manufacturing'): string {
  base ??= mergeDocuments(readStarter('policy.zh.yaml'), readStarter('signals.zh.yaml'));
  return trade === 'manufacturing' ? base : overlayDocument(base, readStarter(`${trade}.zh.yaml`));
}

const readStarter = (name: string) => readFileSync(new URL(`./policy/starter/${name}`, import.meta.url), 'utf8');
/** Made once: our own files do not change under a running process. */
let base: string | null = null;

type Compiled = Omit<ActivePolicy, 'version'>;

/** The last few by their text: a start reads its document twice, and companies that began alike have the same one. */
const recent = new Map<string, Compiled>();
const RECENT = 4;

/** Compiles a document that has been checked when it was published. Throws on one that cannot be read. */
export function activate(version: number, document: string): ActivePolicy {
  const compiled = recent.get(document) ?? compile(document);
  recent.delete(document);
  recent.set(document, compiled);
  for (const oldest of recent.keys()) if (recent.size > RECENT) recent.delete(oldest);
  return { version, ...compiled };
}

function compile(document: string): Compiled {
  const reading = readPolicy(document);
  if (!reading.ok)
    throw new StartError('bad_policy', `策略有误：\n${reading.faults.map((fault) => `· ${fault}`).join('\n')}`);
  const { policy } = reading;
  const { timeZone, dayEnd } = policy.calendar;
  const shiftsOf = companyDays(policy.calendar, publicDay);
  return {
    policy,
    detector: compileSignals(policy.signals),
    calendar: createWorkCalendar({ timeZone, dayEnd, isWorkday: (date) => shiftsOf(date).length > 0 }),
    working: createWorkingTime({ timeZone, shiftsOf }),
  };
}

export interface Policies<Session> {
  /** The policy in force for a company, as its session sees it. */
  active(session: Session, tenantId: string): Promise<ActivePolicy>;
  /** Makes sure a company has a policy: POLICY_FILE when set (published anew when it has changed), else the starter. */
  ensure(session: Session, tenantId: string, policyFile: string | null): Promise<void>;
}

export function createPolicies<Session>(company: CompanyStore<Session>): Policies<Session> {
  const compiled = new Map<string, ActivePolicy>();
  return {
    async active(session, tenantId) {
      const version = await company.policyPointer(session, tenantId);
      if (version === null) throw new Error('company without a policy');
      const key = `${tenantId}:${version}`;
      const known = compiled.get(key);
      if (known) return known;
      const document = await company.policyDocument(session, tenantId, version);
      const fresh = activate(version, document ?? '');
      // Old versions are not needed again: rows remember their number, not their text.
      for (const old of compiled.keys()) if (old.startsWith(`${tenantId}:`)) compiled.delete(old);
      compiled.set(key, fresh);
      return fresh;
    },

    async ensure(session, tenantId, policyFile) {
      const version = await company.policyPointer(session, tenantId);
      if (policyFile === null) {
        if (version === null) await company.publishPolicy(tenantId, starterDocument(), 'starter');
        // One that an older version of us took may not be readable any more: said now, not by every event that comes.
        else activate(version, (await company.policyDocument(session, tenantId, version)) ?? '');
        return;
      }
      const document = readPolicyFile(policyFile);
      const current = version === null ? null : await company.policyDocument(session, tenantId, version);
      if (document === current) return;
      activate(0, document);
      await company.publishPolicy(tenantId, document, 'file');
    },
  };
}

function readPolicyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new StartError('policy_file', `读不到 POLICY_FILE 指定的策略文件 ${path}：请检查路径和权限`, { cause });
  }
}
