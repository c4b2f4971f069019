// The first run, as an administrator lives it: code, company, platform, people, finish; and what must never happen.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { platforms } from '../../../adapters/index.ts';
import { startFeishuEmulator } from '../../../sandbox/feishu/index.ts';
import { createApp } from '../../../src/app.ts';
import { insertCustomer } from '../../../src/crm/customer/insert-customer.ts';
import { addProgram } from '../../../src/crm/staff/service-token.ts';
import { createIdGenerator } from '../../../src/ids.ts';
import { createLog } from '../../../src/log.ts';
import { openDatabase } from '../../../src/persistence/database.ts';
import { createKeyring } from '../../../src/secret-key.ts';
import { readSettings } from '../../../src/settings.ts';
import { beginSetup } from '../../../src/setup/gate.ts';
import { adminsOf, listPeople, setAdmins } from '../../../src/setup/people.ts';
import { describeDatabase, freshDatabaseUrl } from '../../support/services/database.ts';
import { type FirstRun, openFirstRun, SECRET_KEY, until } from './first-run.ts';

const app = { appId: 'cli_a1b2c3d4e5f60718', appSecret: 'the-secret-of-the-feishu-app' };
const values = { FEISHU_APP_ID: ` ${app.appId}\n`, FEISHU_APP_SECRET: app.appSecret };

async function openFeishu() {
  const keys = { encryptKey: 'key', verificationToken: 'token', tenantKey: '2ed263bf32cf1651' };
  const emulator = await startFeishuEmulator({ ...app, ...keys, mode: 'websocket' });
  onTestFinished(() => emulator.close());
  const { openId } = emulator.world.addDepartment('销售部');
  for (const name of ['李娜', '王强']) emulator.world.addPerson({ name, departmentIds: [openId] });
  return emulator;
}

async function stored(url: string, sql: string): Promise<unknown[]> {
  const database = await openDatabase({ url, now: Date.now, newId: createIdGenerator(Date.now) });
  try {
    return await database.unitOfWork.read((session) => session.query(sql));
  } finally {
    await database.close();
  }
}

/** What set-up writes, as text. */
const storedText = async (url: string): Promise<string> =>
  JSON.stringify([await stored(url, 'SELECT * FROM setting'), await stored(url, 'SELECT * FROM audit_entry')]);

const ready = async (run: FirstRun) =>
  (await run.health()).some(({ platform, status }) => platform === 'feishu' && status === 'ready');

describeDatabase('first run', () => {
  it('from the code in the log to a company at work, in one process', { timeout: 120_000 }, async () => {
    const feishu = await openFeishu();
    await using run = await openFirstRun({ FEISHU_API_BASE: feishu.apiBase });
    const code = await run.code();
    const browser = run.browser();

    // The door.
    expect((await browser.ask('GET', '')).status).toBe(401);
    expect((await browser.ask('PUT', '/admins', { staffIds: ['x'] })).status).toBe(401);
    expect((await browser.ask('POST', '/enter', { code }, { 'x-liaodan': '' })).body.code).toBe('foreign_page');
    expect((await browser.ask('POST', '/enter', { code }, { origin: 'https://evil.example' })).status).toBe(403);
    const strangers = { 'x-forwarded-for': '10.9.9.9' };
    const tries = Array.from({ length: 6 }, () => browser.ask('POST', '/enter', { code: 'AAAA-AAAA' }, strangers));
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([401, 401, 401, 401, 401, 429]);
    const entered = await browser.enter(code.toLowerCase().replace('-', ' '));
    expect(entered.status).toBe(204);
    expect(entered.cookie).toMatch(/HttpOnly; SameSite=Lax$/);
    expect((await run.browser().enter(code)).body).toMatchObject({ code: 'code_used', status: 401 });
    expect(await browser.view()).toMatchObject({ company: { trade: null }, admins: [], people: { sync: null } });
    expect((await browser.ask('GET', '/nothing')).body).toMatchObject({ code: 'not_found' });
    expect((await browser.ask('POST', '/finish', { greet: false })).body).toMatchObject({
      code: 'not_ready',
      detail: '还差：保存公司名称和行业、接入至少一个平台、选至少一位管理员。',
    });

    // The company: its trade's policy is published, and that is on record. What is no address would end the server for good.
    const company = { name: '海川工程', trade: 'engineering', publicUrl: 'http://127.0.0.1:1/' };
    for (const publicUrl of [
      'http://[',
      'https://crm.example.com:80800',
      'https://a:b@crm.example.com',
      'https://c.cn/?x',
    ])
      expect((await browser.ask('PUT', '/company', { ...company, publicUrl })).body.detail).toMatch(/开头的网址/);
    expect((await browser.ask('PUT', '/company', company)).body).toMatchObject({
      company: { name: '海川工程', trade: 'engineering' },
      publicUrl: { value: 'http://127.0.0.1:1', fixed: false },
    });
    await run.server.says('connected anew');
    expect((await browser.view()).platforms[0]).toMatchObject({ callbackUrl: 'http://127.0.0.1:1/callbacks/feishu' });

    // A platform, first told wrongly.
    const half = await browser.ask('PUT', '/platforms/feishu', { values: { FEISHU_APP_ID: 'cli_wrong' } });
    expect(half.status).toBe(422);
    const faulty = (half.body.faults as { variable: string }[]).map(({ variable }) => variable);
    expect(faulty).toEqual(['FEISHU_APP_ID', 'FEISHU_APP_SECRET']);
    const elsewhere = { values: { ...values, FEISHU_API_BASE: 'https://evil.example' } };
    expect((await browser.ask('PUT', '/platforms/feishu', elsewhere)).body.faults[0].variable).toBe('FEISHU_API_BASE');
    expect((await browser.ask('POST', '/people/sync', {})).status).toBe(409);
    const saved = await browser.ask('PUT', '/platforms/feishu', { values });
    expect(saved.status).toBe(200);
    expect(saved.body.platforms[0]).toMatchObject({ source: 'stored', status: 'connecting' });
    await until(() => ready(run), 'feishu connected');
    const stays = await browser.ask('GET', '');
    expect(stays.body.platforms[0]).toMatchObject({ status: 'ready', callbackUrl: null });
    expect(stays.body.platforms[0].fields.slice(0, 2)).toMatchObject([
      { variable: 'FEISHU_APP_ID', value: app.appId, filled: true },
      { variable: 'FEISHU_APP_SECRET', value: null, filled: true },
    ]);

    // Secrets: not in an answer, not in the log, not in the rows.
    for (const text of [saved.text, stays.text, run.server.log(), await storedText(run.databaseUrl)]) {
      expect(text).not.toContain(app.appSecret);
    }
    expect(await storedText(run.databaseUrl)).toContain('policy.publish');

    // What the platform thinks of it, and who works here.
    const findings = await browser.doctor('feishu');
    expect(findings[0]).toMatchObject({ check: '正在运行的聊单', state: 'good' });
    expect(findings.length).toBeGreaterThan(4);
    expect((await browser.ask('POST', '/people/sync', {})).status).toBe(202);
    await until(async () => (await browser.view()).people.sync?.status === 'done', 'people are here');
    const { items } = (await browser.ask('GET', `/people?q=${encodeURIComponent('李')}`)).body;
    expect(items).toMatchObject([{ name: '李娜', department: '销售部' }]);
    expect((await browser.ask('PUT', '/admins', { staffIds: [] })).status).toBe(400);
    expect((await browser.ask('PUT', '/admins', { staffIds: ['nobody'] })).status).toBe(422);
    const chosen = await browser.ask('PUT', '/admins', { staffIds: [items[0].id] });
    expect(chosen.body).toMatchObject({ admins: [{ name: '李娜' }], toGreet: 2 });

    // Another life of the process: what was told is kept; who was inside needs the new code.
    await run.server.kill();
    await run.server.start();
    await until(() => ready(run), 'connected after a restart');
    await until(async () => (await browser.ask('GET', '')).status === 401, 'a new code');
    const given = await run.cli(['setup']);
    expect(given.out).toContain('http://127.0.0.1:1/app/setup');
    expect((await browser.enter(/一次性代码：([0-9A-Z-]+)/.exec(given.out)?.[1] ?? '')).status).toBe(204);

    // The end of it, for good.
    expect((await browser.ask('POST', '/finish', { greet: true })).status).toBe(204);
    expect((await browser.ask('GET', '')).body).toMatchObject({ code: 'closed', status: 404 });
    expect((await run.browser().enter(code)).status).toBe(404);
    expect(await stored(run.databaseUrl, 'SELECT id FROM greeting')).toHaveLength(2);

    // A key that does not fit says so, and forgetting what it sealed is the way out.
    await run.server.stop();
    const other = await run.cli(['start'], { SECRET_KEY: 'x'.repeat(40) });
    expect(other).toMatchObject({
      code: 1,
      err: expect.stringContaining('SECRET_KEY（或数据目录里的 secret.key）不是当初的那个'),
    });
    expect((await run.cli(['setup', '--forget'], { SECRET_KEY: 'x'.repeat(40) })).out).toContain('已清除 1 个平台');
    expect(await storedText(run.databaseUrl)).not.toContain('platform.feishu');
  });
});

describeDatabase('set-up', () => {
  async function openApp(env: Record<string, string>) {
    const { url, dispose } = await freshDatabaseUrl();
    const variables = { DATABASE_URL: url, SECRET_KEY, ...env };
    const setup = { env: variables, platforms, keyring: createKeyring(variables, url), reconnect: () => {} };
    const settings = readSettings(variables, platforms);
    const made = await createApp({ settings, log: createLog('silent'), now: Date.now, setup });
    made.server.listen(0, '127.0.0.1');
    await once(made.server, 'listening');
    onTestFinished(async () => {
      await made.stop();
      await dispose();
    });
    const { port } = made.server.address() as AddressInfo;
    const ask = (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}/api/setup${path}`, init);
    return { app: made, ask };
  }

  it('never opens where a company is at work already', async () => {
    const { app: made, ask } = await openApp({});
    await made.transact(async (tx) => {
      const staff = { id: tx.newId(), name: '李娜', role: 'sales', supervisorId: null, active: true } as const;
      await tx.staff.insert({ ...staff, createdAt: tx.now });
      await insertCustomer(tx, { name: '恒锐精密', ownerId: staff.id });
    });
    expect(await beginSetup(made.transact)).toBeNull();
    expect((await ask('')).status).toBe(404);
    expect(await made.look((tx) => tx.setting.get('setup.done'))).not.toBeNull();
  });

  it('leaves what the environment says alone', async () => {
    const env = { FEISHU_APP_ID: app.appId, FEISHU_APP_SECRET: app.appSecret, PUBLIC_URL: 'https://crm.example.com' };
    const { app: made, ask } = await openApp(env);
    const code = await beginSetup(made.transact);
    const headers = { 'x-liaodan': '1', 'content-type': 'application/json', origin: 'https://crm.example.com' };
    const entered = await ask('/enter', { method: 'POST', headers, body: JSON.stringify({ code }) });
    const set = entered.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^__Host-liaodan-setup=[\w-]+; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    const cookie = set.split(';')[0] ?? '';
    const text = await (await ask('', { headers: { cookie } })).text();
    expect(text).not.toContain(app.appSecret);
    expect(JSON.parse(text)).toMatchObject({
      publicUrl: { value: 'https://crm.example.com', fixed: true },
      platforms: [{ name: 'feishu', source: 'environment' }, { source: 'none' }, { source: 'none' }],
    });
    const put = { method: 'PUT', headers: { ...headers, cookie }, body: JSON.stringify({ values }) };
    expect((await ask('/platforms/feishu', put)).status).toBe(409);
    expect((await ask('/platforms/feishu', { ...put, method: 'DELETE', body: null })).status).toBe(409);
  });

  it('takes no program for an administrator, and leaves its rights to its token', async () => {
    const { app: made } = await openApp({});
    await made.transact(async (tx) => {
      const program = await addProgram(tx, { name: 'ERP', role: 'admin', tokenHash: 'h', expiresAt: null });
      const erp = program?.staff.id ?? '';
      expect(await adminsOf(tx)).toEqual([]);
      const row = { name: '李娜', role: 'sales', supervisorId: null, active: true, createdAt: tx.now } as const;
      const { id } = await tx.staff.insert({ id: tx.newId(), ...row });
      expect((await listPeople(tx, '')).items.map(({ name }) => name)).toEqual(['李娜']);
      expect(await setAdmins(tx, [id, erp])).toEqual({ ok: false, reason: 'unknown_staff' });
      expect(await setAdmins(tx, [id])).toMatchObject({ ok: true });
      expect(await adminsOf(tx)).toEqual([{ id, name: '李娜' }]);
      expect((await tx.staff.get(erp))?.role).toBe('admin');
    });
  });

  it('makes no second company of two browsers with one code', async () => {
    const { app: made, ask } = await openApp({});
    const code = await beginSetup(made.transact);
    const headers = { 'x-liaodan': '1', 'content-type': 'application/json' };
    const enter = () => ask('/enter', { method: 'POST', headers, body: JSON.stringify({ code }) });
    const statuses = (await Promise.all([enter(), enter(), enter()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([204, 401, 401]);
  });
});
