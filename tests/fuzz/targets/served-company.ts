/** A company behind a real server, on a file of its own; no platform is reached. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platforms } from '../../../adapters/index.ts';
import { type App, createApp } from '../../../src/app.ts';
import { putContact } from '../../../src/crm/customer/contacts.ts';
import { insertCustomer } from '../../../src/crm/customer/insert-customer.ts';
import { openDeal } from '../../../src/crm/opportunity/open-deal.ts';
import { addProgram } from '../../../src/crm/staff/service-token.ts';
import { newServiceToken } from '../../../src/http/sessions/bearer.ts';
import { newToken, sessionId } from '../../../src/http/sessions/token.ts';
import type { Log } from '../../../src/log.ts';
import { readSettings } from '../../../src/settings.ts';
import * as feishu from '../../unit/feishu/sealing.ts';
import * as wecom from '../../unit/wecom/sealing.ts';

export interface Served {
  readonly app: App;
  readonly port: number;
  /** Of a page's session, and of a program. */
  readonly cookie: string;
  readonly bearer: string;
  readonly accountId: string;
  /** Rows that are there, of several kinds. */
  readonly ids: readonly string[];
  /** What the product has called a fault of its own since it was last asked. */
  faults(): readonly string[];
  close(): Promise<void>;
}

const NOWHERE = 'http://127.0.0.1:1';

export async function serveCompany(): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'liaodan-fuzz-'));
  const settings = readSettings(
    {
      ...{ DATABASE_URL: `sqlite:${join(folder, 'crm.db')}`, PUBLIC_URL: 'http://127.0.0.1' },
      ...{ FEISHU_APP_ID: feishu.appId, FEISHU_APP_SECRET: 's'.repeat(32), FEISHU_API_BASE: NOWHERE },
      ...{ FEISHU_ENCRYPT_KEY: feishu.keys.encryptKey, FEISHU_VERIFICATION_TOKEN: feishu.keys.verificationToken },
      ...{ WECOM_CORP_ID: wecom.corpId, WECOM_AGENT_ID: String(wecom.agentId), WECOM_SECRET: 's'.repeat(43) },
      ...{ WECOM_TOKEN: wecom.keys.token, WECOM_AES_KEY: wecom.keys.aesKey, WECOM_API_BASE: NOWHERE },
    },
    platforms,
  );
  const faults: string[] = [];
  const quiet = () => undefined;
  const fault: Log['error'] = (fields, message) => void faults.push(`${message} ${JSON.stringify(fields)}`);
  const app = await createApp({
    settings,
    log: { debug: quiet, info: quiet, warn: quiet, error: fault },
    now: Date.now,
  });
  app.server.listen(0, '127.0.0.1');
  await once(app.server, 'listening');
  const account = app.accounts[0];
  if (!account) throw new Error('no account is connected');
  const { token, hash } = newServiceToken();
  const ids = await app.transact(async (tx) => {
    const staff = { id: tx.newId(), name: '陈总监', role: 'admin' as const, supervisorId: null, active: true };
    await tx.staff.insert({ ...staff, createdAt: tx.now });
    const program = await addProgram(tx, { name: 'ERP', role: 'admin', tokenHash: hash, expiresAt: null });
    const customer = await insertCustomer(tx, { name: '宁波恒锐精密机电有限公司', ownerId: staff.id });
    await putContact(tx, { customerId: customer.id, name: '王工', phone: '13812345678' }, null);
    const [contact] = await tx.contact.list({ customerId: customer.id });
    const deal = await openDeal(tx, { customerId: customer.id, name: '伺服电机', ownerId: staff.id });
    return [staff.id, customer.id, deal.id, contact?.id ?? '', program?.staff.id ?? ''];
  });
  const cookie = newToken();
  const now = Date.now();
  const session = { tenantId: account.tenantId, staffId: ids[0] ?? '', accountId: account.id, id: sessionId(cookie) };
  await app.database.pageSessions.create({
    ...session,
    createdAt: now,
    signedInAt: now,
    expiresAt: now + 8 * 3_600_000,
  });
  return {
    ...{ app, port: (app.server.address() as AddressInfo).port, cookie, bearer: token, accountId: account.id, ids },
    faults: () => faults.splice(0),
    async close() {
      await app.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
