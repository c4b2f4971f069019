/** From a card to the page it speaks of, and signing in where no client of a platform shows the page; as requests of a browser. */
import assert from 'node:assert/strict';
import type { SessionView } from '../../src/http/contract/session.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, settled } from './flow.ts';
import { bookImported } from './wecom.ts';

interface Landed {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

/** A browser as far as redirects and cookies go. */
function browse(sandbox: Sandbox) {
  const cookies = new Map<string, string>();
  async function go(address: string): Promise<Landed> {
    for (let url = new URL(address, sandbox.url), hops = 0; ; hops += 1) {
      assert.ok(hops < 10, `redirects do not end: ${url}`);
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const given of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(given) ?? [];
        cookies.set(name, value);
      }
      const location = response.headers.get('location');
      const text = await response.text();
      if (location === null) return { url, status: response.status, text };
      url = new URL(location, url);
    }
  }
  const who = async () => JSON.parse((await go('/api/session')).text) as SessionView;
  return { go, who };
}

/** The first way on a login page that has this name on it. */
function wayOf({ url, text }: Landed, name: string): string {
  const found = [...text.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)].find(([, , words]) => words === name)?.[1];
  assert.ok(found, `${name} is not on the login page: ${text}`);
  return new URL(found.replaceAll('&#38;', '&'), url).href;
}

/** Opens a page like somebody without a client, signs in on the platform, and is back on that page. */
async function signInTo(sandbox: Sandbox, platform: string, page: string, name: string): Promise<void> {
  const browser = browse(sandbox);
  const nobody = await browser.who();
  assert.equal(nobody.staff, null);
  assert.ok(nobody.logins.includes(platform), `${platform} offers no login`);
  const login = await browser.go(`/app/enter/${platform}?via=web&to=${encodeURIComponent(page)}`);
  const back = await browser.go(wayOf(login, name));
  assert.equal(back.url.searchParams.get('entered'), 'ok');
  back.url.searchParams.delete('entered');
  assert.equal(back.url.pathname + back.url.search, page);
  assert.equal((await browser.who()).staff?.name, name);
}

/** What a link of ours leads to: below our own address, a page, and nothing that would let anybody in. */
function pathOf(sandbox: Sandbox, address: string | undefined): string {
  assert.ok(address, 'the card has no link');
  const url = new URL(address);
  assert.equal(url.origin, new URL(sandbox.url).origin);
  assert.match(url.pathname, /^\/app\/(customers|deals)\/\w{26}$|^\/app\/today$/);
  assert.equal(url.search, '');
  return url.pathname;
}

const onFeishu: Flow = {
  name: 'deep-link:feishu',
  async play(sandbox) {
    const { platform, company } = sandbox;
    const { lina } = company.staff;
    platform.say(company.customers.zhou, company.chats.hengrui, '帮我报下价，规格书发你了');
    const shown = await platform.waitForCard(lina, '报价发送');
    const found = JSON.stringify(shown.card).match(/"default_url":"([^"]+)","pc_url":"([^"]+)"/);
    const path = pathOf(sandbox, found?.[1]);
    assert.equal(path, `/app/deals/${company.deals.bearing}`);
    const beside = new URL(found?.[2] ?? '');
    assert.deepEqual(
      [beside.host, beside.searchParams.get('mode'), beside.searchParams.get('url')],
      ['applink.feishu.cn', 'sidebar-semi', sandbox.url + path],
    );
    await signInTo(sandbox, 'feishu', path, lina.name);
  },
};

const onWecom: Flow = {
  name: 'deep-link:wecom',
  sandbox: { wecom: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom);
    const { platform, company } = sandbox.wecom;
    await bookImported(sandbox);
    const { lina } = company.staff;
    // A hint asks by a card, whose own tap and whose line lead to the deal; an answer in words has links below.
    platform.kf.customerSays(company.customers.lin, company.service, '报价啥时候能出');
    const { card } = await platform.waitForCard(lina, '要推进到「报价发送」吗');
    const opens = (card.card_action as { readonly url?: string } | undefined)?.url;
    const path = pathOf(sandbox, opens);
    assert.equal(path, `/app/deals/${company.deals.valve}`);
    assert.ok(
      JSON.stringify(card.horizontal_content_list).includes(
        `"type":1,"keyname":"页面","value":"打开商机","url":"${opens}"`,
      ),
    );
    platform.sayToApp(lina, '谁负责泰利');
    const words = await platform.waitForText(lina, '负责人：李娜');
    assert.ok(words.includes(`<a href="${opens}">打开商机</a>`), words);
    await signInTo(sandbox, 'wecom', path, lina.name);
  },
};

const onDingtalk: Flow = {
  name: 'deep-link:dingtalk',
  sandbox: { dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.dingtalk);
    const { platform, company } = sandbox.dingtalk;
    await platform.waitForConnection();
    const { lina } = company.staff;
    platform.mentionBot(lina, company.dealGroup, '沈厂长说：帮我报下价');
    const shown = await platform.waitForCard(lina, '报价发送');
    const link = /\[打开商机\]\((dingtalk:[^)]+)\)/.exec(JSON.stringify(shown.card))?.[1] ?? '';
    const path = pathOf(sandbox, new URL(link).searchParams.get('url') ?? undefined);
    assert.equal(path, `/app/deals/${company.deals.roller}`);
    await signInTo(sandbox, 'dingtalk', path, lina.name);
  },
};

const webLogin: Flow = {
  name: 'web-login',
  sandbox: { wecom: {}, dingtalk: {} },
  async play(sandbox) {
    await settled(sandbox);
    const page = '/app/search?q=%E6%81%92%E9%94%90';
    for (const platform of ['wecom', 'feishu', 'dingtalk']) await signInTo(sandbox, platform, page, '李娜');
    // An answer that somebody else's browser began signs nobody in.
    const victim = browse(sandbox);
    const code = sandbox.platform.signInCode(sandbox.company.staff.wangqiang);
    const back = await victim.go(`/app/enter/feishu?code=${code}&state=0123456789abcdef`);
    assert.equal(back.url.searchParams.get('entered'), 'sign_in');
    assert.equal((await victim.who()).staff, null);
  },
};

export const linkFlows: readonly Flow[] = [onFeishu, onWecom, onDingtalk, webLogin];
