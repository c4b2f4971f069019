/** Who holds a sign-in code of Feishu's client. */
import { expect, it } from 'vitest';
import { ourTenant } from '../../unit/feishu/sealing.ts';
import { loginPage } from '../web-login-support.ts';
import { openDesk } from './harness.ts';

const refused = { ok: false, reason: 'sign_in' };

it('tells which colleague holds a code, once and for three minutes', async () => {
  await using desk = await openDesk('webhook');
  const { channel, emulator } = desk;
  const li = emulator.world.addPerson({ name: '李雷' });
  const code = emulator.signInCode(li);
  const person = { id: li.openId, tenant: ourTenant, internal: true };
  expect(await channel.signIn?.(code)).toEqual({ ok: true, person, name: '李雷' });
  expect(await channel.signIn?.(code)).toEqual(refused);
  expect(await channel.signIn?.('invented')).toEqual(refused);
  const old = emulator.signInCode(li);
  emulator.clock.advance(3 * 60_000 + 1);
  expect(await channel.signIn?.(old)).toEqual(refused);
});

it('takes nobody of another company', async () => {
  await using desk = await openDesk('webhook');
  desk.inbound.isOurTenant = async () => false;
  const code = desk.emulator.signInCode(desk.emulator.world.addPerson({ name: '外人' }));
  expect(await desk.channel.signIn?.(code)).toEqual(refused);
});

it.each([/oauth\/token/, /user_info/])(
  'says that the platform is away at %s, and works when it is back',
  async (match) => {
    await using desk = await openDesk('webhook');
    const { channel, emulator } = desk;
    const li = emulator.world.addPerson({ name: '李雷' });
    emulator.misbehave.api({ match, effect: { kind: 'error', status: 503, code: 2200 } });
    expect(await channel.signIn?.(emulator.signInCode(li))).toEqual({ ok: false, reason: 'unavailable' });
    expect(await channel.signIn?.(emulator.signInCode(li))).toMatchObject({ ok: true });
  },
);

it('an ordinary browser gets its code at a registered address, and it works for that address only, once, for five minutes', async () => {
  const returnTo = 'https://crm.example.com/app/enter/feishu';
  await using desk = await openDesk('webhook', { redirectUrls: [returnTo] });
  const { channel, emulator } = desk;
  const li = emulator.world.addPerson({ name: '李雷' });
  const login = loginPage(channel.webLogin, emulator.apiBase, returnTo);
  expect((await login.open()).text).toContain('李雷');
  expect(await channel.webLogin?.signIn(await login.choose(li.openId), `${returnTo}2`)).toEqual(refused);
  const code = await login.choose(li.openId);
  const person = { id: li.openId, tenant: ourTenant, internal: true };
  expect(await channel.webLogin?.signIn(code, returnTo)).toEqual({ ok: true, person, name: '李雷' });
  expect(await channel.webLogin?.signIn(code, returnTo)).toEqual(refused);
  const old = await login.choose(li.openId);
  emulator.clock.advance(5 * 60_000 + 1);
  expect(await channel.webLogin?.signIn(old, returnTo)).toEqual(refused);
  expect(emulator.journal.complaints).toEqual([]);
  const elsewhere = await loginPage(channel.webLogin, emulator.apiBase, 'https://evil.example/app/enter/feishu').open();
  expect(elsewhere).toMatchObject({ status: 400, text: expect.stringContaining('20029') });
});
