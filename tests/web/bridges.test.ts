// The bridges in a real browser against the emulated clients: who opens the page, beside what, and what cannot be had.

import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { call, openPage, PLACE, userAgents } from './bridge-support.ts';

const lina = { ok: true, value: { name: '李娜', role: 'sales' } };
const trouble = (title: string) => ({ ok: false, problem: { title } });

describeBrowser('bridges', () => {
  const open = useSandbox();
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await open({ wecom: {}, dingtalk: {} });
  });

  type Options = BrowserContextOptions & { readonly before?: (page: Page) => Promise<unknown> };
  const visit = (address: string, options?: Options) => openPage({ sandbox, browser: browser() }, address, options);

  describe('Feishu', () => {
    const userAgent = userAgents.feishu;

    it('signs in and knows the chat whose + menu opened the page, also after the address has changed', async () => {
      const { platform, company, url } = sandbox;
      const address = platform.openPage(company.staff.lina, `${url}${PLACE}`, company.chats.hengrui);
      const { page, complaints } = await visit(address, { userAgent });
      expect(await call(page, 'ensureSession')).toMatchObject(lina);
      const chat = { ok: true, value: { kind: 'chat', externalId: company.chats.hengrui.chatId } };
      expect(await call(page, 'currentChat')).toEqual(chat);
      await page.evaluate(() => history.pushState(null, '', '/app/today'));
      expect(await call(page, 'currentChat')).toEqual(chat);
      const { externalId } = chat.value;
      expect(await call(page, 'chatHere')).toEqual({ ok: true, value: { platform: 'feishu', externalId } });
      expect(await call(page, 'canSend')).toBe(false);
      expect(complaints).toEqual([]);
    });

    it('knows the chat of a message action, and none where it was opened by itself', async () => {
      const { platform, company, url } = sandbox;
      const said = platform.say(company.customers.zhou, company.chats.hengrui, '您好').messageId;
      const { query } = platform.messageAction(company.staff.lina, [said]);
      const beside = await visit(`${url}${PLACE}?${query}`, { userAgent });
      expect(await call(beside.page, 'currentChat')).toMatchObject({
        value: { externalId: company.chats.hengrui.chatId },
      });
      const alone = await visit(platform.openPage(company.staff.lina, `${url}${PLACE}`), { userAgent });
      expect(await call(alone.page, 'ensureSession')).toMatchObject(lina);
      expect(await call(alone.page, 'currentChat')).toEqual({ ok: true, value: null });
    });

    it('says what to do when the person refuses, the client is old, the script is missing, or we do not know them', async () => {
      const { platform, company, url } = sandbox;
      const address = platform.openPage(company.staff.lina, `${url}${PLACE}`);
      const inClient = (change: string): Options => ({
        userAgent,
        before: (page) =>
          page.route('**/h5-js-sdk.js', async (route) => {
            const answer = await route.fetch();
            await route.fulfill({ response: answer, body: `${await answer.text()};${change}` });
          }),
      });
      const refusing = 'tt.requestAccess = ({ fail }) => fail({ errno: 2700002 })';
      const refused = await visit(address, inClient(refusing));
      expect(await call(refused.page, 'ensureSession')).toMatchObject(trouble('你没有同意登录'));
      const old = await visit(address, inClient('delete tt.requestAccess; delete tt.requestAuthCode'));
      expect(await call(old.page, 'ensureSession')).toMatchObject(trouble('飞书版本太旧'));
      const without = await visit(address, {
        userAgent,
        before: (page) => page.route('**/h5-js-sdk.js', (r) => r.abort()),
      });
      expect(await call(without.page, 'ensureSession')).toMatchObject(trouble('页面没有加载完整'));
      const outside = await visit(`${url}${PLACE}?platform=feishu`);
      expect(await call(outside.page, 'ensureSession')).toMatchObject(trouble('请在飞书里打开'));
      const newcomer = platform.world.addPerson({ name: '新同事' });
      const unknown = await visit(platform.openPage(newcomer, `${url}${PLACE}`), { userAgent });
      expect(await call(unknown.page, 'ensureSession')).toMatchObject(trouble('聊单还不认识你'));
    });

    it('signs in once for all who ask, and again after signing out', async () => {
      const { platform, company, url } = sandbox;
      const { page } = await visit(platform.openPage(company.staff.lina, `${url}${PLACE}`), { userAgent });
      let posts = 0;
      page.on('request', (request) => {
        if (request.method() === 'POST' && request.url().endsWith('/api/session')) posts += 1;
      });
      const both = await Promise.all([call(page, 'ensureSession'), call(page, 'ensureSession')]);
      expect(both).toMatchObject([lina, lina]);
      expect(posts).toBe(1);
      await page.evaluate(() => fetch('/api/session', { method: 'DELETE', headers: { 'x-liaodan': '1' } }));
      expect(await page.context().cookies()).toEqual([]);
      expect(await call(page, 'ensureSession')).toMatchObject(lina);
      expect(posts).toBe(2);
    });
  });

  describe('DingTalk', () => {
    const userAgent = userAgents.dingtalk;
    const dingtalk = () => sandbox.dingtalk ?? raise();

    it('signs in and knows the group whose quick entry opened the page', async () => {
      const { platform, company } = dingtalk();
      const entry = platform.quickEntry(company.dealGroup, `${sandbox.url}${PLACE}?platform=dingtalk&chat=$ENCCID$`);
      const { page, complaints } = await visit(platform.openPage(company.staff.lina, entry), { userAgent });
      expect(await call(page, 'ensureSession')).toMatchObject(lina);
      const externalId = company.dealGroup.conversationId;
      expect(await call(page, 'currentChat')).toEqual({ ok: true, value: { kind: 'chat', externalId } });
      await page.evaluate(() => history.pushState(null, '', '/app/today'));
      expect(await call(page, 'chatHere')).toEqual({ ok: true, value: { platform: 'dingtalk', externalId } });
      expect(complaints).toEqual([]);
    });

    it('knows none where the placeholder was not filled in, and nobody outside the client', async () => {
      const { platform, company } = dingtalk();
      const address = `${sandbox.url}${PLACE}?platform=dingtalk&chat=$ENCCID$`;
      const { page } = await visit(platform.openPage(company.staff.lina, address), { userAgent });
      expect(await call(page, 'chatHere')).toEqual({ ok: true, value: null });
      const outside = await visit(address);
      expect(await call(outside.page, 'ensureSession')).toMatchObject(trouble('请在钉钉里打开'));
    });
  });

  describe('WeCom', () => {
    const userAgent = userAgents.wecom;
    const wecom = () => sandbox.wecom ?? raise();

    /** Signing in leaves the page; this waits for the way back. */
    async function signIn(page: Page): Promise<void> {
      await Promise.all([page.waitForURL(/entered=/), call(page, 'ensureSession').catch(() => null)]);
    }

    it('signs in by going away and back, knows the contact, and puts words into the chat', async () => {
      const { platform, company } = wecom();
      const beside = { contact: company.customers.lin };
      const address = platform.openPage(company.staff.lina, `${sandbox.url}${PLACE}?x=1`, beside);
      const { page, complaints } = await visit(address, { userAgent });
      expect(await call(page, 'currentChat')).toEqual({
        ok: true,
        value: { kind: 'contact', externalId: company.customers.lin.externalUserId },
      });
      await signIn(page);
      // The platform's own fragment stays: browsers carry it over redirects.
      expect(page.url()).toBe(`${sandbox.url}${PLACE}?x=1&entered=ok#wechat_redirect`);
      expect(await call(page, 'ensureSession')).toMatchObject(lina);
      await page.evaluate(() => history.pushState(null, '', '/app/today'));
      expect(await call(page, 'canSend')).toBe(false);
      const { externalUserId } = company.customers.lin;
      expect(await call(page, 'chatHere')).toEqual({
        ok: true,
        value: { platform: 'wecom', externalId: externalUserId },
      });
      expect(await call(page, 'canSend')).toBe(true);
      expect(await call(page, 'sendToChat', '您好，报价单已发您邮箱。')).toEqual({ ok: true, value: null });
      const chat = platform.world.chatBetween('private', ['lina', externalUserId]);
      expect(platform.world.messagesIn(chat).map(({ body }) => body.content)).toEqual(['您好，报价单已发您邮箱。']);
      expect(complaints).toEqual([]);
      expect(platform.journal.complaints).toEqual([]);
    });

    it('knows the customer group, and none in the workbench', async () => {
      const { platform, company } = wecom();
      const members = [company.staff.lina, company.customers.lin];
      const group = platform.world.createGroup({ name: '泰利客户群', members });
      const url = `${sandbox.url}${PLACE}`;
      const beside = await visit(platform.openPage(company.staff.lina, url, { group }), { userAgent });
      expect(await call(beside.page, 'currentChat')).toEqual({
        ok: true,
        value: { kind: 'chat', externalId: group.chatId },
      });
      const alone = await visit(platform.openPage(company.staff.lina, url), { userAgent });
      expect(await call(alone.page, 'currentChat')).toEqual({ ok: true, value: null });
      expect(await call(alone.page, 'canSend')).toBe(false);
    });

    it('tells why nobody was signed in once, and goes again when asked again', async () => {
      const { platform } = wecom();
      const newcomer = platform.world.addMember({ name: '新同事' });
      const { page } = await visit(platform.openPage(newcomer, `${sandbox.url}${PLACE}`), { userAgent });
      await signIn(page);
      expect(await call(page, 'ensureSession')).toMatchObject(trouble('聊单还不认识你'));
      const away = page.waitForRequest('**/app/enter/wecom?to=*');
      await Promise.all([away, call(page, 'ensureSession').catch(() => null)]);
      expect(new URL((await away).url()).searchParams.get('to')).toBe(PLACE);
    });

    it('says so when the browser keeps no cookies, and does not go round in circles', async () => {
      const { platform, company } = wecom();
      const { page } = await visit(platform.openPage(company.staff.lina, `${sandbox.url}${PLACE}`), { userAgent });
      await signIn(page);
      await page.context().clearCookies({ name: 'liaodan' });
      expect(await call(page, 'ensureSession')).toMatchObject(trouble('登录没有保存下来'));
    });

    it('says what is missing: the client, the right, the signature', async () => {
      const { platform, company } = wecom();
      const url = `${sandbox.url}${PLACE}`;
      const outside = await visit(`${url}?platform=wecom`);
      expect(await call(outside.page, 'ensureSession')).toMatchObject(trouble('请在企业微信里打开'));
      const beside = { contact: company.customers.lin };
      platform.grants.customerContact = false;
      const denied = await visit(platform.openPage(company.staff.lina, url, beside), { userAgent });
      expect(await call(denied.page, 'currentChat')).toEqual({ ok: false, reason: 'not_for_you' });
      platform.grants.customerContact = true;
      expect(await call(denied.page, 'currentChat')).toEqual({ ok: false, reason: 'not_for_you' });
      const mixed = await visit(platform.openPage(company.staff.lina, url, beside), {
        userAgent,
        before: (page) =>
          page.route('**/api/jsapi/wecom?*', async (route) => {
            const answer = await route.fetch();
            const said = await answer.json();
            await route.fulfill({ response: answer, json: { ...said, agentSignature: said.signature } });
          }),
      });
      expect(await call(mixed.page, 'currentChat')).toEqual({ ok: false, reason: 'client' });
    });
  });

  describe('an ordinary browser', () => {
    it('lets in who has a session already, and tells anybody else where to go', async () => {
      const { platform, company, url } = sandbox;
      const { page } = await visit(`${url}${PLACE}`);
      expect(await call(page, 'ensureSession')).toMatchObject(trouble('请在聊天里打开聊单'));
      expect(await call(page, 'currentChat')).toEqual({ ok: true, value: null });
      const inside = await visit(platform.openPage(company.staff.lina, `${url}${PLACE}`), {
        userAgent: userAgents.feishu,
      });
      await call(inside.page, 'ensureSession');
      await page.context().addCookies(await inside.page.context().cookies());
      expect(await call(page, 'ensureSession')).toMatchObject(lina);
    });
  });
});

function raise(): never {
  throw new Error('the sandbox has all three platforms');
}
