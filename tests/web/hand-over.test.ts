// 加入聊单 in a real browser: what a colleague sees from the long press to the moved deal, and when it does not work.

import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { blankPage, openHandOver, pageReady } from './hand-over-support.ts';

const UNHEARD = { flaws: { forgedSignature: true } } as const;

describeBrowser('加入聊单', () => {
  const open = useSandbox();
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await open();
  });

  /** A message of the customer that the bot did not hear. */
  const said = (text = '麻烦报个价') =>
    sandbox.platform.say(sandbox.company.customers.zhou, sandbox.company.chats.hengrui, text, UNHEARD).messageId;
  const visit = (ids: readonly string[], options?: Parameters<typeof openHandOver>[3]) =>
    openHandOver({ sandbox, browser: browser() }, sandbox.company.staff.lina, ids, options);
  const button = (page: Page) => page.getByRole('button');
  const see = (page: Page, text: string) => page.getByText(text).first().waitFor();

  it('shows what was picked, hands it over, and the deal moves', async () => {
    const { page, complaints } = await visit([said('图纸收到了'), said()]);
    await see(page, '选中的消息（2 条）');
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/周工\s+刚刚\s+图纸收到了/),
      expect.stringMatching(/周工\s+刚刚\s+麻烦报个价/),
    ]);
    await button(page).filter({ hasText: '加入聊单（2 条）' }).click();
    await see(page, '已交给聊单');
    await see(page, '处理结果会发到你和聊单的私聊');
    await settled(sandbox);
    expect(await stageOf(sandbox, sandbox.company.deals.bearing)).toBe('quoted');
    expect(complaints).toEqual([]);
    const closed = page.evaluate(() => new Promise((resolve) => addEventListener('feishu:close', () => resolve('ok'))));
    await button(page).filter({ hasText: '完成' }).click();
    expect(await closed).toBe('ok');
  });

  it('greys what cannot be read and leaves it out', async () => {
    const sticker = sandbox.platform.world.addMessage({
      chatId: sandbox.company.chats.hengrui.chatId,
      sender: { kind: 'person', openId: sandbox.company.customers.zhou.openId },
      type: 'sticker',
      content: '{}',
    });
    const { page } = await visit([sticker.messageId, said()]);
    await see(page, '1 条聊单读不了，不会交出去');
    expect(await page.getByRole('listitem').first().getAttribute('class')).toContain('left-out');
    const request = page.waitForRequest('**/api/hand-over/feishu');
    await button(page).click();
    expect((await request).postDataJSON().messageIds).toHaveLength(1);
    await see(page, '已交给聊单');
  });

  it('has nothing to hand over when nothing can be read', async () => {
    const { chats, customers } = sandbox.company;
    const sender = { kind: 'person', openId: customers.zhou.openId } as const;
    const sticker = { chatId: chats.hengrui.chatId, sender, type: 'sticker', content: '{}' };
    const { page } = await visit([sandbox.platform.world.addMessage(sticker).messageId]);
    await see(page, '选中的消息聊单都读不了');
    expect(await button(page).isDisabled()).toBe(true);
  });

  it('says that somebody who has left the chat may not hand its words over', async () => {
    const { page } = await visit([said()]);
    await see(page, '麻烦报个价');
    sandbox.company.chats.hengrui.memberIds.delete(sandbox.company.staff.lina.openId);
    await button(page).click();
    await see(page, '你不在这个会话里');
    expect(await button(page).innerText()).toBe('关闭');
  });

  it('asks for a fresh code when one is used up, and then it works', async () => {
    const id = said();
    let usedUp = false;
    const { page } = await visit([id], {
      before: (fresh) =>
        fresh.route('**/api/hand-over/feishu', async (route) => {
          // Somebody else is quicker with the first code.
          if (!usedUp) await route.fetch();
          usedUp = true;
          await route.continue();
        }),
    });
    await button(page).click();
    await see(page, '登录已过期');
    await button(page).filter({ hasText: '重试' }).click();
    await see(page, '已交给聊单');
  });

  it('says that the message is gone, and that trying again may help', async () => {
    const id = said();
    const { page } = await visit([id]);
    await see(page, '麻烦报个价');
    sandbox.platform.world.message(id).deleted = true;
    await button(page).click();
    await see(page, '读不到这些消息');
    expect(await button(page).innerText()).toBe('重试');
  });

  it('survives a platform and a network that are away for a moment', async () => {
    const { page } = await visit([said()]);
    await see(page, '麻烦报个价');
    sandbox.platform.misbehave.api({ match: /oauth\/token$/, effect: { kind: 'reset' } });
    await button(page).click();
    await see(page, '飞书暂时没有回应');
    await page.context().setOffline(true);
    await button(page).click();
    await see(page, '连不上聊单');
    await page.context().setOffline(false);
    await button(page).click();
    await see(page, '已交给聊单');
  });

  it('explains how to get here when it was not opened by Feishu', async () => {
    await pageReady(sandbox);
    const page = await blankPage(browser());
    await page.goto(`${sandbox.url}/app/hand-over`);
    await see(page, '请在飞书里打开');
    const launch = encodeURIComponent(JSON.stringify({ __trigger_id__: 'c-unknown' }));
    await page.goto(`${sandbox.url}/app/hand-over?bdp_launch_query=${launch}`);
    await see(page, '请在飞书里打开');
    await page.goto(`${sandbox.url}/app/nowhere`);
    await see(page, '没有这个页面');
  });

  it.each([
    ['delete window.tt.getBlockActionSourceDetail', '飞书版本太旧'],
    ['window.h5sdk.config = ({ onFail }) => onFail({ errno: 2601002, errorCode: 333447 })', '飞书不认识这个网址'],
    ['window.h5sdk.config = ({ onFail }) => onFail({ errno: 2601002, errorCode: 333449 })', '你还不能使用聊单'],
    ['window.h5sdk.config = ({ onFail }) => onFail({ errno: 2601002, errorCode: 333444 })', '页面打开得太久了'],
  ])('%s: %s', async (change, words) => {
    const { page } = await visit([said()], { before: withClient(change) });
    await see(page, words);
  });

  it('offers another try when the person refuses to sign in, and when the client is from before requestAccess', async () => {
    const refusal = `const ask = window.tt.requestAccess; let asked = 0;
      window.tt.requestAccess = (o) => (asked += 1) === 1 ? o.fail({ errno: 2700002 }) : o.fail({ errno: 103 });`;
    const { page } = await visit([said()], { before: withClient(refusal) });
    await button(page).click();
    await see(page, '你没有同意登录');
    await button(page).filter({ hasText: '重试' }).click();
    await see(page, '已交给聊单');
  });

  it('asks to try again when the script does not come', async () => {
    const { page } = await visit([said()], { before: (fresh) => fresh.route('**/h5-js-sdk.js', (r) => r.abort()) });
    await see(page, '页面没有加载完整');
    await page.unroute('**/h5-js-sdk.js');
    await button(page).filter({ hasText: '重试' }).click();
    await see(page, '麻烦报个价');
  });

  it('refuses the page where it stands under an address that is not ours', async () => {
    const { page } = await visit([said()], {
      before: (fresh) =>
        fresh.route('**/api/jsapi/**', (route) =>
          route.continue({ url: route.request().url().replace('3A%2F%2F127.0.0.1', '3A%2F%2Fcrm.evil.example') }),
        ),
    });
    await see(page, '页面的网址和服务器设置的不一致');
  });

  /** The client's own script, changed once it has run. */
  function withClient(change: string): (page: Page) => Promise<unknown> {
    return (fresh) =>
      fresh.route('**/h5-js-sdk.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${await response.text()}\n${change};` });
      });
  }
});
