/** The four colleagues whose pages are measured: signed in, with what each of them may open. */
import type { App } from '../../src/app.ts';
import { openDesk } from '../../src/crm/access/desk.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { newToken, sessionId } from '../../src/http/sessions/token.ts';
import { createChance } from './seed/chance.ts';
import type { Company } from './seed/seed-company.ts';

export interface Colleague {
  /** What they are, as the table of figures says it. */
  readonly name: string;
  readonly staffId: string;
  readonly cookie: string;
  readonly platform: string;
  /** They may change what they see. */
  readonly changes: boolean;
  readonly customers: readonly { readonly id: string; readonly name: string }[];
  readonly deals: readonly string[];
  readonly openDeals: readonly string[];
  readonly tasks: readonly string[];
  readonly quotes: readonly string[];
  readonly approvals: readonly string[];
  readonly departments: readonly string[];
  /** External ids of chats. */
  readonly chats: readonly string[];
  /** The customer with the long timeline: all four may open it. */
  readonly largeId: string;
  readonly largeDeals: readonly string[];
}

const EACH = 200;
const WEEK_MS = 7 * 86_400_000;

export async function signIn(app: App, { measured, largeId }: Company, now: number): Promise<Colleague[]> {
  const account = app.accounts[0];
  if (!account) throw new Error('nobody can sign in without a platform');
  const colleagues: Colleague[] = [];
  for (const [name, staffId] of Object.entries(measured)) {
    const token = newToken();
    const times = { signedInAt: now, createdAt: now, expiresAt: now + WEEK_MS };
    const { id: accountId, tenantId, platform } = account;
    await app.database.pageSessions.create({ tenantId, id: sessionId(token), staffId, accountId, ...times });
    const seen = await app.look((tx) => sample(tx, { staffId, accountId }, largeId));
    const changes = name !== 'region';
    colleagues.push({ name, staffId, cookie: `liaodan=${token}`, platform, changes, largeId, ...seen });
  }
  return colleagues;
}

/** From all of their customers some, old and new. */
async function sample(tx: Tx, actor: { readonly staffId: string; readonly accountId: string }, largeId: string) {
  const desk = await openDesk(tx, actor);
  if (!desk) throw new Error('a measured colleague is gone');
  const chance = createChance(1);
  const { all, owners } = desk.scope;
  const whose = all ? (await tx.staff.list({})).map(({ id }) => id) : owners;
  const theirs: { id: string; name: string }[] = [];
  const [deals, openDeals, chats]: [string[], string[], string[]] = [[], [], []];
  for (const ownerId of whose.slice(0, 20)) {
    const customers = await tx.customer.list({ ownerId });
    if (customers.length === 0) continue;
    for (let n = 0; n < EACH / Math.min(20, whose.length); n += 1) theirs.push(chance.pick(customers));
  }
  for (const { id: customerId } of theirs) {
    const found = await tx.opportunity.list({ customerId });
    deals.push(...found.map(({ id }) => id));
    openDeals.push(...found.filter(({ status }) => status === 'open').map(({ id }) => id));
    chats.push(...(await tx.chat.list({ customerId })).map(({ externalId }) => externalId));
  }
  const largeDeals = (await tx.opportunity.list({ customerId: largeId })).map(({ id }) => id);
  const quotes: string[] = [];
  for (const opportunityId of [...largeDeals, ...deals.slice(0, EACH)])
    quotes.push(...(await tx.quote.list({ opportunityId })).map(({ id }) => id));
  const approvals: string[] = [];
  for (const subjectId of quotes)
    approvals.push(...(await tx.approval.list({ subjectKind: 'quote', subjectId })).map(({ id }) => id));
  return {
    departments: (await tx.department.list({})).map(({ id }) => id),
    approvals: approvals.slice(0, EACH),
    quotes: quotes.slice(0, EACH),
    customers: theirs.map(({ id, name }) => ({ id, name })),
    deals: deals.slice(0, EACH),
    openDeals: openDeals.slice(0, EACH),
    chats: chats.slice(0, EACH),
    tasks: (await tx.task.list({ ownerId: actor.staffId }, { limit: EACH })).map(({ id }) => id),
    largeDeals,
  };
}
