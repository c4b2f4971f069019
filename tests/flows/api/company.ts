/** A company behind a real server: people with their sessions, customers in the rows, and requests as each of them. */
import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse, stringify } from 'yaml';
import { feishu } from '../../../adapters/feishu/index.ts';
import { createApp } from '../../../src/app.ts';
import { putContact } from '../../../src/crm/customer/contacts.ts';
import { insertCustomer } from '../../../src/crm/customer/insert-customer.ts';
import { openDeal } from '../../../src/crm/opportunity/open-deal.ts';
import type { StaffRole } from '../../../src/crm/rows/people.ts';
import type { Tx } from '../../../src/crm/tx.ts';
import type { ProblemView } from '../../../src/http/contract/common.ts';
import { newToken, sessionId } from '../../../src/http/sessions/token.ts';
import { createLog } from '../../../src/log.ts';
import { starterDocument } from '../../../src/policies.ts';
import { readSettings } from '../../../src/settings.ts';
import { readyDatabaseUrl } from '../../support/services/database.ts';

/** The fields that some test looks at; others may be there. */
// biome-ignore lint/suspicious/noExplicitAny: what comes over the wire is checked by the expectations on it.
export type Body = any;

export interface Answer {
  readonly status: number;
  /** Bytes where it is not JSON. */
  readonly body: Body;
  readonly headers: IncomingHttpHeaders;
}

export interface Company extends AsyncDisposable {
  readonly accountId: string;
  transact<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement on the database itself, across companies. */
  sql<Row>(statement: string, params: readonly string[]): Promise<Row[]>;
  /** A colleague who is signed in; returns their id. */
  employ(
    name: string,
    given?: { role?: StaffRole; under?: string; department?: string; leads?: boolean },
  ): Promise<string>;
  /** A customer with a contact whose phone is 13812345678, and one deal. */
  customer(name: string, ownerId: string): Promise<{ id: string; dealId: string }>;
  /** A department, below another. */
  department(name: string, parent?: string): Promise<void>;
  ask(staffId: string, method: string, path: string, body?: object): Promise<Answer>;
  /** Another policy: sections in place of the starter's. */
  publish(sections: (starter: Body) => object): Promise<void>;
  audit(where: { entityId?: string; action?: string }): Promise<string[]>;
  readonly port: number;
}

/** `access`: what the company's policy says of who sees whose customers; of the starter unless told. `settings`: more of them. */
export async function openCompany(access?: object, settings: Record<string, string> = {}): Promise<Company> {
  const { url, dispose } = await readyDatabaseUrl();
  const env = {
    DATABASE_URL: url,
    FEISHU_APP_ID: 'cli_a0000000000000a1',
    FEISHU_APP_SECRET: 's'.repeat(32),
    FEISHU_ENCRYPT_KEY: 'encrypt-key',
    FEISHU_VERIFICATION_TOKEN: 'verification-token',
    FEISHU_API_BASE: 'http://127.0.0.1:1',
    ...settings,
  };
  const app = await createApp({ settings: readSettings(env, [feishu]), log: createLog('silent'), now: Date.now });
  app.server.listen(0, '127.0.0.1');
  await once(app.server, 'listening');
  const { port } = app.server.address() as AddressInfo;
  const account = app.accounts[0];
  if (!account) throw new Error('no account');
  const publish = async (sections: (starter: Body) => object): Promise<void> => {
    const starter = parse(starterDocument());
    const document = stringify({ ...starter, ...sections(starter) });
    await app.database.company.publishPolicy(account.tenantId, document, 'starter');
  };
  if (access) await publish(() => ({ access }));
  const tokens = new Map<string, string>();

  async function signIn(staffId: string): Promise<void> {
    const token = newToken();
    const now = Date.now();
    const session = { tenantId: account?.tenantId ?? '', staffId, accountId: account?.id ?? '' };
    await app.database.pageSessions.create({
      ...session,
      id: sessionId(token),
      createdAt: now,
      signedInAt: now,
      expiresAt: now + 8 * 3_600_000,
    });
    tokens.set(staffId, token);
  }

  return {
    port,
    publish,
    accountId: account.id,
    transact: (work) => app.transact(work),
    sql: (statement, params) =>
      app.database.unitOfWork.run(async (session) => {
        if (statement.startsWith('SELECT')) return session.query(statement, params);
        await session.execute(statement, params);
        return [];
      }),
    async employ(name, { role = 'sales', under, department, leads = false } = {}) {
      const id = await app.transact(async (tx) => {
        const staff = { id: tx.newId(), name, role, supervisorId: under ?? null, active: true, createdAt: tx.now };
        await tx.staff.insert(staff);
        await tx.staffIdentity.insert({ id: tx.newId(), accountId: account.id, externalId: name, staffId: staff.id });
        const place = department && (await tx.department.find({ externalId: department }));
        if (place)
          await tx.staffDepartment.insert({ id: tx.newId(), staffId: staff.id, departmentId: place.id, leads });
        return staff.id;
      });
      await signIn(id);
      return id;
    },
    customer: (name, ownerId) =>
      app.transact(async (tx) => {
        const { id } = await insertCustomer(tx, { name, ownerId });
        await putContact(tx, { customerId: id, name: '王工', phone: '138 1234 5678' }, null);
        const deal = await openDeal(tx, { customerId: id, name: `${name}的商机`, ownerId });
        return { id, dealId: deal.id };
      }),
    department: (name, parent) =>
      app.transact(async (tx) => {
        const row = {
          accountId: account.id,
          externalId: name,
          name,
          parentExternalId: parent ?? null,
          removedAt: null,
        };
        await tx.department.insert({ id: tx.newId(), ...row });
      }),
    ask: (staffId, method, path, body) => send(port, tokens.get(staffId) ?? '', method, path, body),
    audit: (where) =>
      app.transact(async (tx) =>
        (await tx.auditEntry.list(where)).map(({ action, actorId }) => `${action} ${actorId}`),
      ),
    async [Symbol.asyncDispose]() {
      await app.stop();
      await dispose();
    },
  };
}

const isBytes = (body: object): body is Uint8Array => body instanceof Uint8Array;

function readAnswer(bytes: Buffer, { 'content-type': type = '' }: IncomingHttpHeaders): Body {
  if (bytes.length === 0) return null;
  return /json/.test(type) ? JSON.parse(bytes.toString('utf8')) : bytes;
}

function send(port: number, token: string, method: string, path: string, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      cookie: `liaodan=${token}`,
      'x-liaodan': '1',
      ...(body ? { 'content-type': isBytes(body) ? 'application/octet-stream' : 'application/json' } : {}),
    };
    const asked = request({ port, host: '127.0.0.1', method, path: encodeURI(path), headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { statusCode = 0, headers: answered } = response;
        resolve({ status: statusCode, body: readAnswer(Buffer.concat(parts), answered), headers: answered });
      });
    });
    asked.on('error', reject);
    asked.end(body && (isBytes(body) ? body : JSON.stringify(body)));
  });
}

/** What a refusal is called. */
export const codeOf = ({ status, body }: Answer): string => `${status} ${(body as ProblemView).code}`;
