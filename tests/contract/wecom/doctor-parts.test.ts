/** What the setup doctor of WeCom says of the ways in that a company may have or not. */
import { expect, it } from 'vitest';
import { type DoctorParts, optionalParts } from '../../../adapters/wecom/doctor-parts.ts';
import type { WecomSettings } from '../../../adapters/wecom/settings.ts';
import type { Finding } from '../../../src/channel/doctor.ts';
import { scriptedClient } from '../../unit/wecom/doubles.ts';
import { openDesk } from './harness.ts';

const bare = { contactSecret: null, bot: null, proxy: {} } as unknown as WecomSettings;
const quiet = scriptedClient(() => ({ errcode: 48002 }));

async function look(parts: Partial<DoctorParts>): Promise<ReadonlyMap<string, Finding>> {
  const found = new Map<string, Finding>();
  const whole = { settings: bare, client: quiet, contacts: quiet, archive: null, ...parts };
  for await (const finding of optionalParts(whole)) found.set(finding.check, finding);
  return found;
}

const archive = (errcode: number, ids: string[] = []) => scriptedClient(() => ({ errcode, ids }));

it('neither bot nor archive is looked at where a company has none', async () => {
  expect([...(await look({})).keys()]).toEqual(['客户联系', '微信客服']);
});

it('the archive: who is in it, and what stands in the way', async () => {
  const words = async (errcode: number, ids?: string[]) => {
    const found = (await look({ archive: archive(errcode, ids) })).get('会话存档');
    return `${found?.state} ${found?.detail} ${found?.remedy}`;
  };
  expect(await words(0, ['lina', 'wangqiang'])).toMatch(/^good 2 位同事/);
  expect(await words(0)).toMatch(/^bad .*没有一位同事.*开启范围/);
  expect(await words(48002)).toMatch(/^bad .*WECOM_ARCHIVE_SECRET（不是应用的 Secret）/);
  expect(await words(301042)).toMatch(/^bad .*可信 IP/);
  expect(await words(301052)).toMatch(/^bad .*续费/);
  expect(await words(301053)).toMatch(/^bad .*开启会话内容存档/);
  expect(await words(-1)).toMatch(/^unknown .*系统繁忙/);
});

it('the bot is not signed in for: a second connection would take it from the running server', async () => {
  await using desk = await openDesk({ bot: { id: 'aib-1', secret: 'secret-of-the-bot' }, start: false });
  const bot = { id: 'aib-1', secret: 'secret-of-the-bot', url: desk.emulator.botUrl };
  const found = (await look({ settings: { ...bare, bot } })).get('智能机器人');
  expect(found).toMatchObject({ state: 'good', detail: expect.stringContaining('没有登录') });
  expect(desk.emulator.bot.ready()).toBe(0);
  expect(desk.emulator.journal.complaints).toEqual([]);
  const proxied = { ...bare, bot, proxy: { HTTPS_PROXY: 'http://127.0.0.1:9' } };
  expect((await look({ settings: proxied })).get('智能机器人')?.state).toBe('unknown');
  const away = { ...bare, bot: { ...bot, url: 'ws://127.0.0.1:9' } };
  expect((await look({ settings: away })).get('智能机器人')).toMatchObject({
    state: 'bad',
    remedy: expect.stringContaining('防火墙'),
  });
});
