/** WeCom's sign-in by redirect: there and back, only with the state that is this browser's, and never to another place. */
import { expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeDatabase } from '../support/services/database.ts';
import { type Browser, browse } from './browse.ts';

const PAGE = '/app/customer?platform=wecom';
const enterPath = (to: string) => `/app/enter/wecom?to=${encodeURIComponent(to)}`;

/** What of it is still a path below `/app/` may be gone to. */
const elsewhere = [
  'https://evil.example/app/customer',
  '//evil.example/app/',
  '/\\evil.example/app/',
  '/app/\\..\\..//evil.example',
  '/app/../../evil',
  '/app/..%2f..%2fevil/../../../x',
  '/app//evil.example/',
  '/app/enter/wecom?to=/app/',
  '/api/session',
  'javascript:alert(1)',
  '/app/\r\nSet-Cookie: a=b',
  `/app/${'x'.repeat(1600)}`,
  '',
];

describeDatabase('entering by redirect', () => {
  const open = useSandbox();
  const start = async () => {
    const sandbox = await open({ wecom: {} });
    const { wecom } = sandbox;
    if (!wecom) throw new Error('these tests are about WeCom');
    return { sandbox, ...wecom };
  };

  /** Opens the page in the member's client and walks to the platform and back, as far as it leads. */
  async function walk({ url }: Sandbox, browser: Browser, opening: string, to = PAGE) {
    await browser.send('GET', opening.slice(url.length));
    const away = await browser.send('GET', enterPath(to));
    expect(away.status).toBe(302);
    const back = await browser.send('GET', away.location.slice(url.length).replace(/#.*/, ''));
    return { away, back, end: await browser.send('GET', back.location.slice(url.length)) };
  }

  it('goes to the platform and comes back signed in, to the page it began at', async () => {
    const { sandbox, platform, company } = await start();
    const browser = browse(sandbox.url);
    const opening = platform.openPage(company.staff.lina, `${sandbox.url}${PAGE}`);
    const { away, back, end } = await walk(sandbox, browser, opening);
    expect(new URL(away.location).searchParams.get('redirect_uri')).toBe(`${sandbox.url}/app/enter/wecom`);
    expect(new URL(back.location).pathname).toBe('/app/enter/wecom');
    expect(end).toMatchObject({ status: 302, location: `${sandbox.url}${PAGE}&entered=ok` });
    expect(await browser.who()).toMatchObject({ staff: { name: '李娜' } });
    expect(browser.cookie('liaodan-enter')).toBe('');
    expect(platform.journal.complaints).toEqual([]);
    const again = await browser.send('GET', back.location.slice(sandbox.url.length));
    expect(again.location).toBe(`${sandbox.url}/app/?entered=sign_in`);
  });

  it('tells the page why nobody was signed in', async () => {
    const { sandbox, platform } = await start();
    const newcomer = platform.world.addMember({ name: '新同事' });
    const browser = browse(sandbox.url);
    const { end } = await walk(sandbox, browser, platform.openPage(newcomer, `${sandbox.url}${PAGE}`));
    expect(end.location).toBe(`${sandbox.url}${PAGE}&entered=stranger`);
    expect(await browser.who()).toMatchObject({ staff: null });
    const [, state = ''] = [await browser.send('GET', enterPath(PAGE)), browser.cookie('liaodan-enter').split(':')[0]];
    const without = await browser.send('GET', `/app/enter/wecom?state=${state}`);
    expect(without.location).toBe(`${sandbox.url}${PAGE}&entered=sign_in`);
  });

  it("signs nobody in with a code in somebody else's address", async () => {
    const { sandbox, platform, company } = await start();
    const mallory = browse(sandbox.url);
    await mallory.send('GET', enterPath(PAGE));
    const state = mallory.cookie('liaodan-enter').split(':')[0];
    const code = platform.signInCode(company.staff.wangqiang);
    const path = `/app/enter/wecom?code=${code}&state=${state}`;
    const victim = browse(sandbox.url);
    expect((await victim.send('GET', path)).location).toContain('entered=sign_in');
    await victim.send('GET', enterPath(PAGE));
    expect((await victim.send('GET', path)).location).toContain('entered=sign_in');
    expect(await victim.who()).toMatchObject({ staff: null });
    expect((await victim.send('GET', `/app/enter/wecom?code=${code}&state=`)).location).toContain('entered=sign_in');
    expect(victim.token()).toBe('');
  });

  it('leads nowhere but to our own pages', async () => {
    const { sandbox, platform, company } = await start();
    for (const to of elsewhere) {
      const browser = browse(sandbox.url);
      const first = await browser.send('GET', enterPath(to));
      if (first.status === 302) {
        const opening = platform.openPage(company.staff.lina, `${sandbox.url}${PAGE}`);
        const { end } = await walk(sandbox, browser, opening, to);
        expect(new URL(end.location).origin, to).toBe(sandbox.url);
        expect(new URL(end.location).pathname, to).toMatch(/^\/app\//);
      } else expect(first, to).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    }
  });

  it('believes nothing of a cookie that was written by others', async () => {
    const { sandbox, platform, company } = await start();
    const code = platform.signInCode(company.staff.lina);
    const response = await fetch(`${sandbox.url}/app/enter/wecom?code=${code}&state=s`, {
      redirect: 'manual',
      headers: { cookie: `liaodan-enter=s:${encodeURIComponent('https://evil.example/app/')}` },
    });
    expect(response.headers.get('location')).toBe(`${sandbox.url}/app/?entered=sign_in`);
  });

  it('is not there for platforms whose clients hand codes to the page', async () => {
    const { sandbox } = await start();
    const path = '/app/enter/feishu?to=%2Fapp%2F';
    expect(await browse(sandbox.url).send('GET', path)).toMatchObject({ status: 404, body: { code: 'not_connected' } });
  });
});
