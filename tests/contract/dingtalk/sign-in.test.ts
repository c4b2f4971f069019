/** Who holds a sign-in code of DingTalk's client. */
import { expect, it } from 'vitest';
import { corpId } from '../../unit/dingtalk/inbound/sealing.ts';
import { loginPage } from '../web-login-support.ts';
import { office, openDesk } from './harness.ts';

const refused = { ok: false, reason: 'sign_in' };

it('tells which colleague holds a code, once and for five minutes, and asks nothing of the month', async () => {
  await using desk = await openDesk();
  const { channel, emulator, usage } = desk;
  const { lina } = office(emulator);
  const before = usage.used('api');
  const code = emulator.signInCode(lina);
  const person = { id: lina.userId, tenant: corpId, internal: true };
  expect(await channel.signIn?.(code)).toEqual({ ok: true, person, name: '李娜' });
  expect(await channel.signIn?.(code)).toEqual(refused);
  expect(await channel.signIn?.('invented')).toEqual(refused);
  const old = emulator.signInCode(lina);
  emulator.clock.advance(5 * 60_000 + 1);
  expect(await channel.signIn?.(old)).toEqual(refused);
  expect(usage.used('api')).toBe(before);
});

it('takes nobody of another company', async () => {
  await using desk = await openDesk();
  const { emulator } = desk;
  const foreign = emulator.world.addPerson({ name: '周工', company: '恒锐' });
  expect(await desk.channel.signIn?.(emulator.signInCode(foreign))).toEqual(refused);
  desk.inbound.isOurTenant = async () => false;
  expect(await desk.channel.signIn?.(emulator.signInCode(office(emulator).lina))).toEqual(refused);
});

it('says that the platform is away, and works when it is back', async () => {
  await using desk = await openDesk();
  const { channel, emulator } = desk;
  const { lina } = office(emulator);
  const code = emulator.signInCode(lina);
  emulator.misbehave.api({ match: /getuserinfo/, effect: { kind: 'reset' } });
  expect(await channel.signIn?.(code)).toEqual({ ok: false, reason: 'unavailable' });
  expect(await channel.signIn?.(code)).toMatchObject({ ok: true });
});

it('an ordinary browser signs in who is of the company, whatever company else they are of; nothing of the month is used', async () => {
  const returnTo = 'https://crm.example.com/app/enter/dingtalk';
  await using desk = await openDesk({ redirectUrls: [returnTo] });
  const { channel, emulator, usage } = desk;
  const { lina } = office(emulator);
  const foreign = emulator.world.addPerson({ name: '周工', company: '恒锐' });
  const base = emulator.apiBase.replace(/\/api$/, '/login');
  const login = loginPage(channel.webLogin, base, returnTo);
  const before = usage.used('api');
  const code = await login.choose(lina.userId);
  const person = { id: lina.userId, tenant: corpId, internal: true };
  expect(await channel.webLogin?.signIn(code, returnTo)).toEqual({ ok: true, person, name: '李娜' });
  expect(await channel.webLogin?.signIn(code, returnTo)).toEqual(refused);
  expect(await channel.webLogin?.signIn(await login.choose(foreign.userId), returnTo)).toEqual(refused);
  const old = await login.choose(lina.userId);
  emulator.clock.advance(5 * 60_000 + 1);
  expect(await channel.webLogin?.signIn(old, returnTo)).toEqual(refused);
  expect(usage.used('api')).toBe(before);
  emulator.misbehave.api({ match: /users\/me/, effect: { kind: 'reset' } });
  const lost = await channel.webLogin?.signIn(await login.choose(lina.userId), returnTo);
  expect(lost).toEqual({ ok: false, reason: 'unavailable' });
  expect((await loginPage(channel.webLogin, base, 'https://evil.example/').open()).status).toBe(400);
});
