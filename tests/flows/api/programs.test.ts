// Programs on the API: a token instead of a session, and calls that are sent twice.

import { expect, it } from 'vitest';
import { addProgram, revokeProgram } from '../../../src/crm/staff/service-token.ts';
import { newServiceToken } from '../../../src/http/sessions/bearer.ts';
import { describeDatabase } from '../../support/services/database.ts';
import { type Body, type Company, openCompany } from './company.ts';

async function program(company: Company, role: 'admin' | 'sales', days = 1) {
  const { token, hash } = newServiceToken();
  const made = await company.transact((tx) =>
    addProgram(tx, { name: `ERP ${role}`, role, tokenHash: hash, expiresAt: tx.now + days * 86_400_000 }),
  );
  const ask = async (method: string, path: string, body?: object, more: Record<string, string> = {}, word = token) => {
    const headers = { authorization: `Bearer ${word}`, 'content-type': 'application/json', ...more };
    const url = `http://127.0.0.1:${company.port}${path}`;
    const response = await fetch(url, { method, headers, body: body ? JSON.stringify(body) : null });
    return { status: response.status, body: (await response.json()) as Body };
  };
  return { id: made?.staff.id ?? '', token, ask };
}

describeDatabase('programs', () => {
  it('work by a token with the rights of their role, and are in the audit log', async () => {
    await using company = await openCompany();
    const owner = await company.employ('孙销售');
    const customer = await company.customer('宁波恒锐精密机电有限公司', owner);
    const admin = await program(company, 'admin');
    const sales = await program(company, 'sales');
    expect(await admin.ask('GET', `/api/customers/${customer.id}`)).toMatchObject({ status: 200 });
    expect(await sales.ask('GET', `/api/customers/${customer.id}`)).toMatchObject({ status: 404 });
    const moved = { toStage: 'quoted', expectedVersion: 1 };
    expect(await admin.ask('POST', `/api/deals/${customer.dealId}/move`, moved)).toMatchObject({ status: 200 });
    expect(await company.audit({ entityId: customer.dealId })).toContain(`deal.move ${admin.id}`);
    const used = await company.transact((tx) => tx.serviceToken.get(admin.id));
    expect(used?.lastUsedAt).toBeGreaterThan(0);
  });

  it('are refused with a token that is wrong, past its time or revoked, whatever cookie comes along', async () => {
    await using company = await openCompany();
    const { ask, token, id } = await program(company, 'admin');
    const late = await program(company, 'sales', -1);
    const wrong = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A');
    for (const word of [wrong, 'x', '', late.token, token.slice('ldt_'.length)])
      expect(await ask('GET', '/api/me', undefined, {}, word)).toMatchObject({
        status: 401,
        body: { code: 'sign_in' },
      });
    expect(await ask('GET', '/api/me')).toMatchObject({ status: 200, body: { staff: { id } } });
    await company.transact((tx) => revokeProgram(tx, 'ERP admin'));
    expect(await ask('GET', '/api/me')).toMatchObject({ status: 401 });
    expect(JSON.stringify(await company.transact((tx) => tx.serviceToken.list({})))).not.toContain(token.slice(4));
  });

  it('a creating call under one key makes one thing, also when both come at once', async () => {
    await using company = await openCompany();
    const { ask } = await program(company, 'sales');
    const key = (word: string) => ({ 'idempotency-key': word });
    const body = { name: '无锡新创自动化', force: true };
    const first = await ask('POST', '/api/customers', body, key('k1'));
    expect(first.status).toBe(201);
    expect(await ask('POST', '/api/customers', body, key('k1'))).toEqual(first);
    expect(await ask('POST', '/api/customers', { ...body, name: '另一家' }, key('k1'))).toMatchObject({
      status: 422,
      body: { code: 'key_reused' },
    });
    const both = await Promise.all([1, 2, 3].map(() => ask('POST', '/api/customers', { name: '常州同创' }, key('k2'))));
    expect(new Set(both.map((answer) => `${answer.status} ${answer.body.id}`)).size).toBe(1);
    expect(await company.transact((tx) => tx.customer.list({ name: '常州同创' }))).toHaveLength(1);
  });

  it('what was refused under a key may be tried again under it', async () => {
    await using company = await openCompany();
    const { ask } = await program(company, 'admin');
    const key = { 'idempotency-key': 'k' };
    const path = '/api/customers/nobody/deals';
    expect(await ask('POST', path, { name: '一期' }, key)).toMatchObject({ status: 404 });
    expect(await ask('POST', path, { name: '一期' }, key)).toMatchObject({ status: 404 });
    expect(await ask('POST', '/api/customers', { name: '甲' }, { 'idempotency-key': 'x'.repeat(201) })).toMatchObject({
      status: 400,
    });
    expect(await company.transact((tx) => tx.answeredCall.list({}))).toEqual([]);
  });
});
