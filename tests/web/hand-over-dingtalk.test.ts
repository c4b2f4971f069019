// 加入聊单 in DingTalk: what a colleague sees from the message menu to the moved deal, and when it does not work.

import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { movesOf, settled, stageOf } from '../../sandbox/flows/flow.ts';
import type { Sandbox } from '../../sandbox/start.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { dingtalkOf, openFromMenu, userAgent } from './hand-over-dingtalk-support.ts';
import { blankPage, pageReady } from './hand-over-support.ts';

const REPORTED = '报价单发过去了';

describeBrowser('加入聊单 in DingTalk', () => {
  const open = useSandbox();
  const browser = useBrowser();
  let sandbox: Sandbox;

  beforeEach(async () => {
    sandbox = await open({ dingtalk: {} });
  });

  const dingtalk = () => dingtalkOf(sandbox);
  const people = () => dingtalk().company.staff;
  /** What a colleague said in the internal group of the deal, to each other: the robot did not hear it. */
  const said = (what: Parameters<ReturnType<typeof dingtalk>['platform']['say']>[2] = REPORTED) =>
    dingtalk().platform.say(people().wangqiang, dingtalk().company.dealGroup, what).messageId;
  const visit = (ids: readonly string[], options: Parameters<typeof openFromMenu>[3] = {}, person = people().lina) =>
    openFromMenu({ sandbox, browser: browser() }, person, ids, options);
  const button = (page: Page) => page.getByRole('button');
  const see = (page: Page, text: string) => page.getByText(text).first().waitFor();
  const stage = () => stageOf(sandbox, dingtalk().company.deals.roller);

  it('shows what was picked, hands it over, and the deal moves', async () => {
    const before = dingtalk().platform.quota.used('openApi');
    const { page, complaints } = await visit([said('图纸收到了'), said()]);
    await see(page, '选中的消息（2 条）');
    expect(await page.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringMatching(/王强\s+刚刚\s+图纸收到了/),
      expect.stringMatching(/王强\s+刚刚\s+报价单发过去了/),
    ]);
    expect(dingtalk().platform.quota.used('openApi')).toBe(before);
    await button(page).filter({ hasText: '加入聊单（2 条）' }).click();
    await see(page, '已交给聊单');
    await settled(sandbox);
    expect(await stage()).toBe('quoted');
    expect(complaints).toEqual([]);
    const closed = page.evaluate(() => new Promise((ok) => addEventListener('dingtalk:close', () => ok('closed'))));
    await button(page).filter({ hasText: '完成' }).click();
    expect(await closed).toBe('closed');
  });

  it('reads a line that reports the customer as the words of the customer', async () => {
    const { page } = await visit([said('沈厂长说：帮我报下价，图纸发你了')]);
    await button(page).click();
    await see(page, '已交给聊单');
    await settled(sandbox);
    expect(await movesOf(sandbox, dingtalk().company.deals.roller)).toMatchObject([
      { toStage: 'quoted', speakerName: '沈厂长' },
    ]);
  });

  it('does not touch the deal of a chat that the colleague may not act for', async () => {
    const { page } = await visit([said()], {}, people().wangqiang);
    await button(page).click();
    await see(page, '已交给聊单');
    await settled(sandbox);
    expect(await stage()).toBe('qualified');
    const told = await dingtalk().platform.waitForText(people().wangqiang);
    expect(told).toContain('你名下还没有进行中的商机');
  });

  it('greys pictures and files and leaves them out', async () => {
    const { page } = await visit([said({ picture: '图纸.jpg' }), said({ file: '图纸.dwg' }), said()]);
    await see(page, '2 条聊单读不了，不会交出去');
    expect(await page.getByRole('listitem').nth(1).innerText()).toContain('[文件] 图纸.dwg');
    const request = page.waitForRequest('**/api/hand-over/dingtalk');
    await button(page).click();
    expect((await request).postDataJSON()).toEqual({
      code: expect.any(String),
      chatId: dingtalk().company.dealGroup.conversationId,
      lines: [{ speakerName: '王强', text: REPORTED, sentAt: expect.any(Number) }],
    });
    await see(page, '已交给聊单');
  });

  it('counts the same messages once, however often they are handed over', async () => {
    const id = said();
    for (const _time of [1, 2]) {
      const { page } = await visit([id]);
      await button(page).click();
      await see(page, '已交给聊单');
    }
    const rows = await sandbox.app.database.unitOfWork.read((session) =>
      session.query<{ dedupe_key: string }>("SELECT dedupe_key FROM inbox_event WHERE dedupe_key LIKE 'hand:%'"),
    );
    expect(rows).toHaveLength(1);
  });

  it('asks for a fresh code when one is used up, and then it works', async () => {
    let usedUp = false;
    const { page } = await visit([said()], {
      before: (fresh) =>
        fresh.route('**/api/hand-over/dingtalk', async (route) => {
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

  it('explains how to get here when DingTalk did not open it', async () => {
    await pageReady(sandbox);
    const address = `${sandbox.url}/app/hand-over?platform=dingtalk`;
    const outside = await blankPage(browser());
    await outside.goto(address);
    await see(outside, '请在钉钉里打开');
    const inside = await blankPage(browser(), { userAgent });
    await inside.goto(dingtalk().platform.openPage(people().lina, address));
    await see(inside, '没有收到选中的消息');
    await inside.goto(`${sandbox.url}/app/nowhere?platform=dingtalk`);
    await see(inside, '请从钉钉里重新打开');
  });

  it.each([
    ['delete dd.util.openTemporary', '钉钉版本太旧'],
    ["dd.util.openTemporary.getData = ({ onFail }) => onFail({ errorCode: '-1' })", '你取消了'],
    ["dd.util.openTemporary.getData = () => Promise.reject({ errorCode: '3' })", '钉钉没有答应这次请求'],
    ['dd.util.openTemporary.getData = ({ onSuccess }) => onSuccess({ msgList: [] })', '钉钉没有答应这次请求'],
  ])('%s: %s', async (change, words) => {
    const { page } = await visit([said()], { before: withClient(change) });
    await see(page, words);
  });

  it('signs in through the older function in a client from before the newer one', async () => {
    const change = "dd.requestAuthCode = ({ onFail }) => onFail({ errorCode: '3', errorMessage: 'no such function' })";
    const { page } = await visit([said()], { before: withClient(change) });
    await button(page).click();
    await see(page, '已交给聊单');
  });

  it('says what the administrator has to enter when the AgentId is missing or wrong', async () => {
    const agentId = (value: string | undefined) => (fresh: Page) =>
      fresh.route('**/api/jsapi/**', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: { ...(await response.json()), agentId: value } });
      });
    const missing = await visit([said()], { before: agentId(undefined) });
    await see(missing.page, 'DINGTALK_AGENT_ID');
    const wrong = await visit([said()], { before: agentId('agent') });
    await see(wrong.page, 'DINGTALK_AGENT_ID');
  });

  it('loads the page anew after a refused signature, since the client looks at one only', async () => {
    let forged = false;
    const { page } = await visit([said()], {
      before: (fresh) =>
        fresh.route('**/api/jsapi/**', async (route) => {
          const response = await route.fetch();
          const signature = forged ? {} : { signature: '0'.repeat(64) };
          forged = true;
          await route.fulfill({ response, json: { ...(await response.json()), ...signature } });
        }),
    });
    await see(page, '钉钉没有答应这次请求');
    await button(page).filter({ hasText: '重试' }).click();
    await see(page, REPORTED);
    await button(page).click();
    await see(page, '已交给聊单');
  });

  it('asks to try again when the script does not come', async () => {
    const { page } = await visit([said()], { before: (fresh) => fresh.route('**/dingtalk.open.js', (r) => r.abort()) });
    await see(page, '钉钉的组件没有下载成功');
    await page.unroute('**/dingtalk.open.js');
    await button(page).filter({ hasText: '重试' }).click();
    await see(page, REPORTED);
  });

  /** The client's own script, changed once it has run. */
  function withClient(change: string): (page: Page) => Promise<unknown> {
    return (fresh) =>
      fresh.route('**/dingtalk.open.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `${await response.text()}\n${change};` });
      });
  }
});
