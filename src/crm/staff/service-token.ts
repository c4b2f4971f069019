/** Programs that use the API: each works as a staff row of its own, so that rights and the audit log know it like anybody. */
import type { ServiceTokenRow } from '../rows/day-one.ts';
import type { StaffRole, StaffRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import { auditStaff } from './staff-audit.ts';

export interface Program {
  readonly staff: StaffRow;
  readonly token: ServiceTokenRow;
}

export interface NewProgram {
  /** 1 to 60 characters. */
  readonly name: string;
  readonly role: StaffRole;
  readonly tokenHash: string;
  /** ms; null: never. */
  readonly expiresAt: number | null;
}

/** How its deeds are signed in timelines and the audit log. */
const programName = (name: string): string => `接口·${name}`;

/** Null when a program of that name is at work already. */
export async function addProgram(tx: Tx, { name, role, tokenHash, expiresAt }: NewProgram): Promise<Program | null> {
  const taken = await tx.staff.list({ name: programName(name), active: true });
  for (const { id } of taken) if (await tx.serviceToken.get(id)) return null;
  const id = tx.newId();
  const row = { id, name: programName(name), role, supervisorId: null, active: true, createdAt: tx.now };
  const staff = await tx.staff.insert(row);
  const times = { createdAt: tx.now, expiresAt, lastUsedAt: null, revokedAt: null };
  const token = await tx.serviceToken.insert({ id, tokenHash, ...times });
  await auditStaff(tx, { staffId: id, action: 'staff.token_made', by: 'command', detail: { role, expiresAt } });
  return { staff, token };
}

/** Those at work first, the newest first. */
export async function listPrograms(tx: Tx): Promise<readonly Program[]> {
  const tokens = await tx.serviceToken.list({}, { orderBy: 'createdAt', descending: true });
  const programs: Program[] = [];
  for (const token of tokens) {
    const staff = await tx.staff.get(token.id);
    if (staff) programs.push({ staff, token });
  }
  return [...programs.filter(({ staff }) => staff.active), ...programs.filter(({ staff }) => !staff.active)];
}

/** `word`: its name or id. What it made stays, signed by it. Null when there is none at work of that word. */
export async function revokeProgram(tx: Tx, word: string): Promise<Program | null> {
  const found = (await listPrograms(tx)).find(
    ({ staff }) => staff.active && (staff.id === word || staff.name === word || staff.name === programName(word)),
  );
  if (!found) return null;
  await tx.serviceToken.update({ id: found.token.id }, { revokedAt: tx.now });
  await tx.staff.update({ id: found.staff.id }, { active: false });
  await auditStaff(tx, { staffId: found.staff.id, action: 'staff.token_revoked', by: 'command' });
  return found;
}

const USED_EVERY_MS = 3_600_000;

/** Whose token this is, if it is good now. */
export async function programOf(tx: Tx, tokenHash: string): Promise<ServiceTokenRow | null> {
  const token = await tx.serviceToken.find({ tokenHash });
  const good = token && token.revokedAt === null && (token.expiresAt === null || tx.now < token.expiresAt);
  return good ? token : null;
}

/** Whether the hour in which it was last used should be written down anew. */
export const usedLongAgo = ({ lastUsedAt }: ServiceTokenRow, now: number): boolean =>
  lastUsedAt === null || now - lastUsedAt > USED_EVERY_MS;

/** The people among staff rows. */
export async function withoutPrograms(tx: Tx, staff: readonly StaffRow[]): Promise<readonly StaffRow[]> {
  const programs = new Set((await tx.serviceToken.list({})).map(({ id }) => id));
  return staff.filter(({ id }) => !programs.has(id));
}
