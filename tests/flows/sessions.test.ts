/** Signing in on pages over HTTP: who gets in, how long it lasts, what other sites cannot do, where a redirect may lead. */
import { expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/start.ts';
import { keepHouse } from '../support/keep-house.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';
import { type Browser, browse } from './browse.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describeDatabase('signing in on pages', () => {
  const open = useSandbox();
  const start = async (options: Parameters<typeof open>[0] = {}) => {
    const sandbox = await open(options);
    const { platform, company } = sandbox;
    return { sandbox, ...company, code: (person = company.staff.lina) => platform.signInCode(person) };
  };
  const signedIn = async ({ sandbox, code }: { sandbox: Sandbox; code: () => string }): Promise<Browser> => {
    const browser = browse(sandbox.url);
    expect(await browser.signIn('feishu', code())).toMatchObject({ status: 200 });
    return browser;
  };

  it('takes a code once, says who that is, and forgets on leaving', async () => {
    const desk = await start();
    const browser = browse(desk.sandbox.url);
    expect(await browser.who()).toMatchObject({ staff: null });
    const code = desk.code();
    const entered = await browser.signIn('feishu', code);
    expect(entered).toMatchObject({ status: 200, body: { staff: { name: '李娜', role: 'sales' } } });
    expect(browser.setCookies()).toEqual([
      expect.stringMatching(/^liaodan=[\w-]{43}; Max-Age=28800; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect(await browser.who()).toMatchObject({ staff: { name: '李娜' } });
    const stranger = browse(desk.sandbox.url);
    expect(await stranger.signIn('feishu', code)).toMatchObject({ status: 401, body: { code: 'sign_in' } });
    const kept = browser.token();
    expect(await browser.send('DELETE', '/api/session')).toMatchObject({ status: 204 });
    expect(browser.token()).toBe('');
    expect(await browse(desk.sandbox.url, kept).who()).toMatchObject({ staff: null });
  });

  it('keeps no token in the database, and ends the session that was there before', async () => {
    const desk = await start();
    const browser = await signedIn(desk);
    const first = browser.token();
    await browser.signIn('feishu', desk.code());
    expect(browser.token()).not.toBe(first);
    expect(await browse(desk.sandbox.url, first).who()).toMatchObject({ staff: null });
    const rows = await desk.sandbox.app.database.unitOfWork.read((session) =>
      session.query<Record<string, unknown>>('SELECT * FROM page_session'),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(browser.token());
  });

  it('refuses whom we do not know or know no more, and says what to do', async () => {
    const desk = await start();
    const browser = browse(desk.sandbox.url);
    const newcomer = desk.sandbox.platform.world.addPerson({ name: '新同事' });
    expect(await browser.signIn('feishu', desk.sandbox.platform.signInCode(newcomer))).toMatchObject({
      status: 403,
      body: { code: 'stranger', title: '聊单还不认识你', detail: expect.stringContaining('同步通讯录') },
    });
    await desk.sandbox.app.transact((tx) => tx.staff.update({ name: '李娜' }, { active: false }));
    expect(await browser.signIn('feishu', desk.code())).toMatchObject({ status: 403, body: { code: 'inactive' } });
    expect(await browser.signIn('wecom', 'x')).toMatchObject({ status: 404, body: { code: 'not_connected' } });
    desk.sandbox.platform.misbehave.api({ match: /oauth\/token/, effect: { kind: 'reset' } });
    expect(await browser.signIn('feishu', desk.code())).toMatchObject({ status: 502, body: { code: 'unavailable' } });
    expect(browser.token()).toBe('');
  });

  it('ends at once for somebody who leaves the company', async () => {
    const desk = await start();
    const browser = await signedIn(desk);
    const staffId = (await browser.who()).staff?.id ?? '';
    await desk.sandbox.app.transact((tx) => tx.staff.update({ id: staffId }, { active: false }));
    expect(await browser.who()).toMatchObject({ staff: null });
    await desk.sandbox.app.transact((tx) => tx.staff.update({ id: staffId }, { active: true }));
    expect(await browser.who()).toMatchObject({ staff: null });
  });

  it('brings a new token every half hour, lets requests under way through, and ends after eight hours unused', async () => {
    const desk = await start();
    const { sandbox } = desk;
    const browser = await signedIn(desk);
    const old = browser.token();
    sandbox.advance(29 * MINUTE_MS);
    await browser.who();
    expect(browser.token()).toBe(old);
    sandbox.advance(2 * MINUTE_MS);
    const late = Array.from({ length: 6 }, () => browse(sandbox.url, old));
    const answers = await Promise.all(late.map((one) => one.who()));
    expect(answers.every(({ staff }) => staff?.name === '李娜')).toBe(true);
    const fresh = late.filter((one) => one.token() !== old);
    expect(fresh).toHaveLength(1);
    sandbox.advance(59_000);
    expect(await browse(sandbox.url, old).who()).toMatchObject({ staff: { name: '李娜' } });
    sandbox.advance(2_000);
    expect(await browse(sandbox.url, old).who()).toMatchObject({ staff: null });
    const current = fresh[0]?.token() ?? '';
    sandbox.advance(7 * HOUR_MS);
    const renewed = browse(sandbox.url, current);
    expect(await renewed.who()).toMatchObject({ staff: { name: '李娜' } });
    sandbox.advance(8 * HOUR_MS);
    expect(await renewed.who()).toMatchObject({ staff: null });
    const { app, now } = sandbox;
    await keepHouse(app, now());
    const rows = await app.database.unitOfWork.read((session) => session.query('SELECT id FROM page_session'));
    expect(rows).toEqual([]);
  });

  it('ends a week after signing in, however much it is used', async () => {
    const desk = await start();
    const browser = await signedIn(desk);
    for (let hours = 0; hours < 7 * 24 - 6; hours += 6) {
      desk.sandbox.advance(6 * HOUR_MS);
      expect(await browser.who()).toMatchObject({ staff: { name: '李娜' } });
    }
    desk.sandbox.advance(6 * HOUR_MS + MINUTE_MS);
    expect(await browser.who()).toMatchObject({ staff: null });
  });

  it('changes nothing for a page of another site', async () => {
    const desk = await start();
    const { sandbox } = desk;
    const browser = browse(sandbox.url);
    const json = 'application/json';
    const own = { 'x-liaodan': '1', 'content-type': json };
    const refused = { status: 403, body: { code: 'forbidden' } };
    const post = (headers: Record<string, string>) =>
      browser.send('POST', '/api/session', { platform: 'feishu', code: desk.code() }, headers);
    expect(await post({ 'content-type': json })).toMatchObject(refused);
    expect(await post({ 'x-liaodan': '1', 'content-type': 'text/plain' })).toMatchObject(refused);
    expect(await post({ ...own, origin: 'https://evil.example' })).toMatchObject(refused);
    expect(await post({ ...own, origin: 'null' })).toMatchObject(refused);
    expect(await post({ ...own, origin: `${sandbox.url}.evil.example` })).toMatchObject(refused);
    expect(await post({ ...own, 'sec-fetch-site': 'cross-site' })).toMatchObject(refused);
    expect(await post({ ...own, 'sec-fetch-site': 'same-site' })).toMatchObject(refused);
    expect(browser.token()).toBe('');
    expect(await post({ ...own, origin: sandbox.url, 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 200 });
    expect(await browser.send('DELETE', '/api/session', null, {})).toMatchObject(refused);
    expect(await browser.who()).toMatchObject({ staff: { name: '李娜' } });
    expect(await browser.send('POST', '/api/session', { platform: 'feishu' })).toMatchObject({ status: 400 });
  });

  it('lets a signed-in page change things, and no other site in its name', async () => {
    const desk = await start();
    const { url } = desk.sandbox;
    const browser = await signedIn(desk);
    const add = (headers: Record<string, string>) =>
      browser.send(
        'POST',
        '/api/customers',
        { name: '宁波甬江电机' },
        { 'content-type': 'application/json', ...headers },
      );
    const refused = { status: 403, body: { code: 'forbidden', title: '没有执行' } };
    expect(await add({})).toMatchObject(refused);
    expect(await add({ 'x-liaodan': '1', origin: 'https://evil.example' })).toMatchObject(refused);
    expect(await add({ 'x-liaodan': '1', 'sec-fetch-site': 'cross-site' })).toMatchObject(refused);
    expect(await add({ 'x-liaodan': '1', origin: url })).toMatchObject({ status: 201 });
    const nobody = await browse(url).send('POST', '/api/customers', { name: '宁波甬江电机' });
    expect(nobody).toMatchObject({ status: 401, body: { code: 'sign_in', status: 401, title: '需要登录' } });
  });

  it('asks the platform no more after twenty wrong codes in a minute from one address', async () => {
    const desk = await start();
    const browser = browse(desk.sandbox.url);
    const from = (address: string, code: string) =>
      browser.send(
        'POST',
        '/api/session',
        { platform: 'feishu', code },
        { 'x-liaodan': '1', 'content-type': 'application/json', 'x-forwarded-for': `1.1.1.1, ${address}` },
      );
    // All at once: each counts from the moment it is tried.
    const tried = await Promise.all(Array.from({ length: 40 }, (_, i) => from('203.0.113.7', `wrong-${i}`)));
    expect(tried.filter(({ status }) => status === 401)).toHaveLength(20);
    expect(tried.filter(({ status }) => status === 429)).toHaveLength(20);
    expect(await from('203.0.113.7', desk.code())).toMatchObject({ status: 429, body: { code: 'too_many' } });
    expect(await from('203.0.113.8', desk.code())).toMatchObject({ status: 200 });
    desk.sandbox.advance(MINUTE_MS);
    expect(await from('203.0.113.7', desk.code())).toMatchObject({ status: 200 });
  });
});
