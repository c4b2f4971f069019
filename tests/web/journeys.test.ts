// One salesperson's way with a new customer on each of the three clients: added from the chat, a double found, moved and taken
// back, closed to a colleague, handed over. Pictures at both widths stay in .cache/pages.

import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { settled } from '../../sandbox/flows/flow.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { userAgents } from './bridge-support.ts';
import { blankPage, pageReady } from './hand-over-support.ts';

const PICTURES = '.cache/pages';
const LONG = { timeout: 120_000 };

type PlatformName = keyof typeof userAgents;

/** How a platform's client opens our pages for 李娜 and 王强. */
interface Clients {
  /** Beside a chat about a company that nobody has added: what 李娜's client opens. */
  stranger(name: string): Promise<string>;
  /** A page by its address. */
  at(person: 'lina' | 'wangqiang', path: string): string;
}

describeBrowser('a new customer on each client', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    sandbox = await startSandbox({ logLevel: 'silent', wecom: {}, dingtalk: {} });
    await pageReady(sandbox);
  }, 90_000);
  afterAll(() => sandbox?.close());

  function clients(): Readonly<Record<PlatformName, Clients>> {
    const { url, platform: feishu, company, wecom, dingtalk } = sandbox;
    if (!wecom || !dingtalk) throw new Error('the sandbox has all three platforms');
    return {
      feishu: {
        at: (person, path) => feishu.openPage(company.staff[person], `${url}/app/${path}?platform=feishu`),
        async stranger(name) {
          const { lina } = company.staff;
          const person = feishu.world.addPerson({ name: '吴经理', company: name });
          const chat = feishu.world.createGroup({ name, members: [lina, person] });
          await feishu.addBotToGroup(chat, lina).first;
          await feishu.say(person, chat, '您好，先认识一下').delivery?.first;
          return feishu.openPage(lina, `${url}/app/customer?platform=feishu`, chat);
        },
      },
      wecom: {
        at: (person, path) => wecom.platform.openPage(wecom.company.staff[person], `${url}/app/${path}`),
        async stranger(name) {
          const { lina } = wecom.company.staff;
          const contact = wecom.platform.world.addCustomer({ name: '钱女士' });
          await wecom.platform.addContact(contact, lina).first;
          await wecom.platform.editContact(contact, lina, { remark: name }).first;
          return wecom.platform.openPage(lina, `${url}/app/customer`, { contact });
        },
      },
      dingtalk: {
        at: (person, path) =>
          dingtalk.platform.openPage(dingtalk.company.staff[person], `${url}/app/${path}?platform=dingtalk`),
        async stranger(name) {
          const { platform, company: people } = dingtalk;
          const { lina, wangqiang } = people.staff;
          const chat = platform.world.createGroup({ name, members: [lina, wangqiang] });
          platform.world.addBot(chat);
          await platform.waitForConnection({ timeoutMs: 10_000 });
          await platform.mentionBot(lina, chat, '大家好，这个群谈项目').delivery?.first;
          const page = `${url}/app/customer?platform=dingtalk&chat=$ENCCID$`;
          return platform.openPage(lina, platform.quickEntry(chat, page));
        },
      },
    };
  }

  it.each([
    ['feishu', '嘉兴华冠电机'],
    ['wecom', '湖州恒丰泵业'],
    ['dingtalk', '永康鸿达五金'],
  ] as const)('%s', LONG, async (platform, name) => {
    const client = clients()[platform];
    const complaints: string[] = [];
    const open = async (address: string): Promise<Page> => {
      const page = await blankPage(browser(), { userAgent: userAgents[platform] });
      page.on('pageerror', (error) => complaints.push(error.message));
      await page.goto(address);
      return page;
    };
    const tap = (page: Page, label: string) => page.getByRole('button', { name: label, exact: true }).click();
    const see = (page: Page, words: string) => page.getByText(words).first().waitFor();
    const picture = async (page: Page, step: string) => {
      for (const [width, height] of [
        [375, 812],
        [1440, 900],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.waitForTimeout(300);
        await page.screenshot({ path: `${PICTURES}/journey-${platform}-${step}-${width}.png` });
      }
      await page.setViewportSize({ width: 375, height: 812 });
    };

    // Filled from the platform; another company's name is known already, and its own is saved with a tap.
    const address = await client.stranger(name);
    await settled(sandbox);
    const page = await open(address);
    await see(page, '这个聊天还没有客户');
    expect(await page.getByLabel('客户名称').inputValue()).toBe(name);
    await picture(page, 'unknown');
    await page.getByLabel('客户名称').fill('宁波恒锐机电有限公司');
    await tap(page, '保存客户');
    await see(page, '可能已经有这个客户');
    await see(page, '宁波恒锐机电');
    await picture(page, 'duplicate');
    await tap(page, '回去修改');
    await page.getByLabel('客户名称').fill(name);
    await tap(page, '保存客户');
    await page.getByRole('heading', { level: 1, name }).waitFor();

    // Moved with a reason, and taken back.
    await page
      .getByRole('link', { name: `${name}的商机` })
      .first()
      .click();
    await tap(page, '改阶段');
    await page.getByLabel('需求确认').check();
    await tap(page, '改到 需求确认');
    await see(page, '已改到 需求确认');
    await picture(page, 'moved');
    await tap(page, '撤销这一步');
    await see(page, '已撤销');

    // A colleague who has nothing to do with it finds nothing, neither as a page nor from the server.
    const customer = await sandbox.app.look((tx) => tx.customer.find({ name }));
    const colleague = await open(client.at('wangqiang', `customers/${customer?.id}`));
    await see(colleague, '没有找到');
    expect(await colleague.getByRole('main').innerText()).not.toContain('初步接触');
    expect((await colleague.request.get(`${sandbox.url}/api/customers/${customer?.id}`)).status()).toBe(404);
    await picture(colleague, 'denied');

    // Handed over: now it is the colleague's.
    const mine = await open(client.at('lina', `customers/${customer?.id}`));
    await tap(mine, '更多操作');
    await mine.getByRole('button', { name: /交给同事/ }).click();
    await mine.getByRole('radio', { name: /王强/ }).check();
    await picture(mine, 'give');
    await tap(mine, '交给王强');
    await see(mine, '已交给王强');
    await colleague.reload();
    await colleague.getByRole('heading', { level: 1, name }).waitFor();
    await picture(colleague, 'given');
    expect(complaints).toEqual([]);
  });
});
