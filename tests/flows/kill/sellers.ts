/** Salespeople with one deal each, signed in on the pages; their supervisors, and two administrators of whom either decides. */
import type { FeishuEmulator, Person } from '../../../sandbox/feishu/index.ts';
import { createSeeder } from '../../../sandbox/seed.ts';
import type { App } from '../../../src/app.ts';
import type { StaffRole } from '../../../src/crm/rows/people.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import { newToken, sessionId } from '../../../src/http/sessions/token.ts';

export interface Seller {
  readonly person: Person;
  readonly boss: Person;
  readonly dealId: string;
  readonly cookie: string;
  /** Of the one quote they write; on every card and in every text about it. */
  readonly title: string;
  /** What the administrators will say. */
  readonly agreed: boolean;
}

export interface Sellers {
  readonly list: readonly Seller[];
  readonly admins: readonly [Person, Person];
}

const REFUSED_OF_TEN = 3;
/** After a kill a person's cards wait for the lease of the one that was on its way. */
const SELLERS_PER_BOSS = 3;
const DAY_MS = 86_400_000;

export async function seedSellers(app: App, platform: FeishuEmulator, count: number): Promise<Sellers> {
  const account = app.accounts[0];
  if (!account) throw new Error('no account');
  const join = (name: string) => platform.world.addPerson({ name });
  const admins = [join('管理员甲'), join('管理员乙')] as const;
  const employ = async (tx: Tx, { name, openId }: Person, role: StaffRole, under: string | null) => {
    const seed = createSeeder(tx, account.id);
    const id = await seed.employ(name, role, under);
    await seed.identify(id, openId);
    return id;
  };
  const list = await app.transact(async (tx) => {
    for (const admin of admins) await employ(tx, admin, 'admin', null);
    const made: (Omit<Seller, 'cookie'> & { readonly staffId: string })[] = [];
    let [boss, bossId] = [admins[0], ''];
    for (let n = 0; n < count; n += 1) {
      if (n % SELLERS_PER_BOSS === 0) {
        boss = join(`主管${n + 1}`);
        bossId = await employ(tx, boss, 'manager', null);
      }
      const person = join(`报价员${n + 1}`);
      const staffId = await employ(tx, person, 'sales', bossId);
      const seed = createSeeder(tx, account.id);
      const title = `设备报价 №${n + 1}。`;
      const customerId = await seed.sell({ name: `设备公司${n + 1}`, ownerId: staffId, contactName: '采购' });
      const deal = { customerId, ownerId: staffId, name: `设备${n + 1}`, stage: 'qualified', amountMinor: 1 };
      made.push({ person, boss, staffId, dealId: await seed.deal(deal), title, agreed: n % 10 >= REFUSED_OF_TEN });
    }
    return made;
  });
  const sellers: Seller[] = [];
  for (const { staffId, ...seller } of list) sellers.push({ ...seller, cookie: await signIn(app, staffId) });
  return { list: sellers, admins };
}

/** Signed in before the server first dies: sessions are rows. */
async function signIn(app: App, staffId: string): Promise<string> {
  const [token, now] = [newToken(), Date.now()];
  const { id: accountId, tenantId } = app.accounts[0] ?? { id: '', tenantId: '' };
  const times = { signedInAt: now, createdAt: now, expiresAt: now + DAY_MS };
  await app.database.pageSessions.create({ tenantId, id: sessionId(token), staffId, accountId, ...times });
  return `liaodan=${token}`;
}
