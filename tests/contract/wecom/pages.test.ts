/** What pages get from WeCom: who holds a code, where to fetch one, and two signatures over an address. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { wecom } from '../../../adapters/wecom/index.ts';
import { signPage } from '../../../adapters/wecom/jsapi.ts';
import { agentId, corpId } from '../../unit/wecom/sealing.ts';
import { loginPage } from '../web-login-support.ts';
import { type Desk, openDesk } from './harness.ts';

const refused = { ok: false, reason: 'sign_in' };
const down = { ok: false, reason: 'unavailable' };
const url = 'https://crm.example.com/app/customer?platform=wecom';

function people({ emulator: { world } }: Desk) {
  return { lina: world.addMember({ userid: 'LiNa', name: '李娜' }), lin: world.addCustomer({ name: '林采购' }) };
}

it('tells which colleague holds a code, once and for five minutes, and takes no outsider', async () => {
  await using desk = await openDesk();
  const { channel, emulator } = desk;
  const { lina, lin } = people(desk);
  const code = emulator.signInCode(lina);
  const person = { id: 'LiNa', tenant: corpId, internal: true };
  expect(await channel.signIn?.(code)).toEqual({ ok: true, person, name: '' });
  expect(await channel.signIn?.(code)).toEqual(refused);
  expect(await channel.signIn?.('invented')).toEqual(refused);
  expect(await channel.signIn?.(emulator.signInCode(lin))).toEqual(refused);
  const old = emulator.signInCode(lina);
  emulator.clock.advance(5 * 60_000 + 1);
  expect(await channel.signIn?.(old)).toEqual(refused);
});

it('says that the platform is away, and works when it is back', async () => {
  await using desk = await openDesk();
  const { channel, emulator } = desk;
  const code = emulator.signInCode(people(desk).lina);
  emulator.misbehave.api({ match: /getuserinfo/, effect: { kind: 'reset' } });
  expect(await channel.signIn?.(code)).toEqual(down);
  emulator.misbehave.api({ match: /getuserinfo/, effect: { kind: 'error', status: 200, code: -1 } });
  expect(await channel.signIn?.(code)).toEqual(down);
  expect(await channel.signIn?.(code)).toMatchObject({ ok: true });
});

it('lets nobody in when the company is another', async () => {
  await using desk = await openDesk();
  desk.inbound.isOurTenant = async () => false;
  expect(await desk.channel.signIn?.(desk.emulator.signInCode(people(desk).lina))).toEqual(refused);
});

it('sends a page to the platform as the document writes it', async () => {
  await using desk = await openDesk({ env: { WECOM_OAUTH_BASE: '' } });
  const back = 'https://crm.example.com/app/enter/wecom';
  expect(desk.channel.pages?.signInUrl?.(back, 's1')).toBe(
    `https://open.weixin.qq.com/connect/oauth2/authorize?appid=${corpId}&redirect_uri=${encodeURIComponent(back)}` +
      `&response_type=code&scope=snsapi_base&state=s1&agentid=${agentId}#wechat_redirect`,
  );
});

it('signs an address with the ticket of the company and with that of the app, and asks for each once', async () => {
  await using desk = await openDesk();
  const { channel, emulator } = desk;
  const [one, two] = await Promise.all([channel.pages?.configure(url), channel.pages?.configure(url)]);
  const { timestamp, nonceStr, signature, agentSignature } = one ?? {};
  const sha1 = (ticket: string) =>
    createHash('sha1')
      .update(`jsapi_ticket=${ticket}&noncestr=${nonceStr}&timestamp=${timestamp}&url=${url}`)
      .digest('hex');
  expect(one).toMatchObject({ corpId, agentId });
  expect(signature).toBe(sha1(emulator.tickets.corp));
  expect(agentSignature).toBe(sha1(emulator.tickets.agent));
  expect(timestamp).toBe(Math.floor(emulator.clock.now() / 1000));
  expect(two?.['nonceStr']).not.toBe(nonceStr);
  const asked = emulator.journal.entries.filter((entry) => entry.kind === 'api' && /ticket/.test(entry.path));
  expect(asked).toHaveLength(2);
  expect(JSON.stringify(one)).not.toContain(emulator.tickets.corp);
});

it('has no signature while the platform is away, and does not ask again at once', async () => {
  await using desk = await openDesk();
  const { channel, emulator } = desk;
  emulator.misbehave.api({ match: /ticket/, effect: { kind: 'reset' } });
  expect(await channel.pages?.configure(url)).toBeNull();
  expect(await channel.pages?.configure(url)).toBeNull();
  emulator.clock.advance(41_000);
  expect(await channel.pages?.configure(url)).toMatchObject({ corpId });
});

it('makes the signature of the published example', () => {
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';
  const example = signPage(ticket, 'Wm3WZYTPz0wzccnW', 1_414_587_457, 'http://mp.weixin.qq.com?params=value');
  expect(example).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed');
});

it('an ordinary browser gets a code for the trusted host only, which tells the colleague once', async () => {
  await using desk = await openDesk({ trustedHost: 'crm.example.com' });
  const { channel, emulator } = desk;
  const { lina } = people(desk);
  const returnTo = 'https://crm.example.com/app/enter/wecom';
  const login = loginPage(channel.webLogin, emulator.apiBase, returnTo);
  const code = await login.choose(lina.userid);
  const person = { id: 'LiNa', tenant: corpId, internal: true };
  expect(await channel.webLogin?.signIn(code, returnTo)).toEqual({ ok: true, person, name: '' });
  expect(await channel.webLogin?.signIn(code, returnTo)).toEqual(refused);
  expect(emulator.journal.complaints).toEqual([]);
  const elsewhere = loginPage(channel.webLogin, emulator.apiBase, 'https://evil.example/app/enter/wecom');
  expect((await elsewhere.open()).status).toBe(400);
});

it.each([
  ['WW_verify_AbCd1234.txt', 'AbCd1234'],
  ['WW_verify_AbCd1234.txt=other-words', 'other-words'],
])('offers the file that shows whose domain it is: %s', async (written, content) => {
  await using desk = await openDesk({ env: { WECOM_VERIFY_FILE: written } });
  expect(desk.channel.rootFiles).toEqual([{ name: 'WW_verify_AbCd1234.txt', content }]);
});

it.each(['../etc/passwd', 'WW_verify_.txt', 'WW_verify_AbCd.html', 'WW_verify_Ab/Cd1.txt'])(
  'takes no other file: %s',
  (written) => {
    const read = wecom.readSettings({ WECOM_VERIFY_FILE: written });
    expect(read.ok ? [] : read.faults.map(({ variable }) => variable)).toContain('WECOM_VERIFY_FILE');
  },
);
