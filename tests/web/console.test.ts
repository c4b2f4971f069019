/** The console page in a real browser, on a real sandbox: speak as a customer, find the card, take the move back. */
import { createServer } from 'node:http';
import { beforeEach, expect, it } from 'vitest';
import { createDesk } from '../../sandbox/desk/index.ts';
import { type Sandbox, startSandbox } from '../../sandbox/start.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { chatNamed, openConsole, say, showSeen } from './console-support.ts';

describeBrowser('console page', () => {
  const browser = useBrowser();
  let sandbox: Sandbox;
  /** Whatever a stranger would see in the developer tools, and requests that leave this machine. */
  let faults: string[];

  beforeEach(async () => {
    faults = [];
    sandbox = await startSandbox({ logLevel: 'silent' });
    await createDesk(sandbox);
    return () => sandbox.close();
  });

  /** With the words of a known customer on the left and what the CRM made of them on the right. */
  async function open(): Promise<Awaited<ReturnType<typeof openConsole>>> {
    const page = await openConsole(browser(), sandbox.url, faults, { width: 1440, height: 900 });
    await chatNamed(page, '宁波恒锐').click();
    await showSeen(page);
    return page;
  }

  const stageOfBearing = () =>
    sandbox.app.look(async (tx) => (await tx.opportunity.get(sandbox.company.deals.bearing))?.stage);

  it('shows a move to its owner and lets her take it back', async () => {
    await using page = await open();
    await chatNamed(page, '宁波恒锐').click();
    await say(page, '周工（宁波恒锐机电）', '帮我报下价，规格书发你了');
    await page.getByText('聊单：已推进到「报价发送」').waitFor();
    expect(await stageOfBearing()).toBe('quoted');

    const arrival = page.getByRole('status').filter({ hasText: '李娜和聊单的私聊收到卡片' });
    await chatNamed(page, '李娜和聊单的私聊，1 条未读').waitFor();
    await arrival.getByRole('button', { name: '去看看' }).click();
    const card = page.getByRole('article', { name: /今日进展/ });
    expect(await card.innerText()).toContain('恒锐 轴承座 3000 套：需求确认 → 报价发送');

    await card.getByRole('button', { name: '撤销' }).click();
    await page.getByText('只有李娜看得到这条提示').waitFor();
    await card.getByText('（已撤销）').waitFor();
    expect(await card.getByRole('button', { name: '撤销' }).count()).toBe(0);
    expect(await stageOfBearing()).toBe('qualified');
    const history = page.getByRole('list', { name: '阶段历史' });
    expect(await history.innerText()).toContain('李娜撤销');
    expect(await page.getByText('平台投诉 0').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('says why words that look like progress move nothing', async () => {
    await using page = await open();
    await page.getByRole('button', { name: '先不用报价了' }).click();
    await page.getByText('聊单：没有动作：被「先不用」否定了').waitFor();
    await page.getByRole('button', { name: '一样品质的有吗' }).click();
    await page.getByText('聊单：没有动作：「样品」在这里是别的词的一部分').waitFor();
    expect(await stageOfBearing()).toBe('qualified');
    expect(faults).toEqual([]);
  });

  it('asks which deal is meant, and takes the choice from the list', async () => {
    await using page = await open();
    await chatNamed(page, '苏州明远').click();
    await say(page, '韩经理（苏州明远科技）', '帮我报下价');
    await page.getByText('聊单：已问是哪个商机').waitFor();
    await page.getByRole('button', { name: '去看看' }).click();
    const card = page.getByRole('article', { name: /说的是哪个商机/ });
    expect(await card.getByRole('button', { name: '就是它' }).isDisabled()).toBe(true);
    await card.getByRole('combobox').selectOption({ label: '明远 传动轴 年度订单（初步接触）' });
    await card.getByRole('button', { name: '就是它' }).click();
    await page.getByRole('article', { name: /商机已选定/ }).waitFor();
    await chatNamed(page, '苏州明远').click();
    await page.getByText('本群的话算它').waitFor();
    expect(faults).toEqual([]);
  });

  it('never takes words for markup', async () => {
    await using page = await open();
    const words = '<img src=x onerror="document.title=1"> 帮我报下价 **粗** [x](https://example.com)';
    await say(page, '周工（宁波恒锐机电）', words);
    await page.getByText('聊单：已推进到「报价发送」').waitFor();
    await page.getByRole('button', { name: '去看看' }).click();
    await page.getByRole('article', { name: /今日进展/ }).waitFor();
    expect(await page.locator(`img, a:not([href^="${sandbox.url}/app/"])`).count()).toBe(0);
    expect(await page.title()).toBe('聊单 · 演示台');
    expect(faults).toEqual([]);
  });

  it('brings a new customer, whose lead a salesperson drops only after confirming', async () => {
    await using page = await open();
    await page.getByRole('button', { name: '新客户来消息' }).click();
    await page.getByText('聊单：新面孔，已建线索').waitFor();
    await page.getByRole('button', { name: '去看看' }).click();
    const card = page.getByRole('article', { name: /新线索/ });
    await card.getByRole('button', { name: '不是客户' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    expect(await card.getByRole('button', { name: '不是客户' }).isEnabled()).toBe(true);
    await card.getByRole('button', { name: '不是客户' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await card.waitFor({ state: 'hidden' });
    await page.getByRole('article', { name: /线索/ }).getByText('王强标记为不是客户').waitFor();
    expect(faults).toEqual([]);
  });

  it('shows that a forged callback is turned away', async () => {
    await using page = await open();
    await page.getByRole('button', { name: '捣乱' }).click();
    await page.getByRole('button', { name: '发一条伪造签名的飞书回调' }).click();
    await page.getByText('聊单拒收（HTTP 401），什么都没保存').waitFor();
    expect(await page.getByText('平台投诉 0').count()).toBe(1);
    expect(faults).toEqual([]);
  });

  it('shows the long connection go and come back', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ logLevel: 'silent', mode: 'websocket' });
    await createDesk(sandbox);
    await using page = await open();
    await page.getByText('长连接', { exact: true }).waitFor();
    await page.getByRole('button', { name: '捣乱' }).click();
    await page.getByRole('button', { name: '断开飞书长连接' }).click();
    await page.getByRole('article', { name: '线路' }).getByText('长连接断开').waitFor();
    await page.getByText('长连接', { exact: true }).waitFor();
    await sandbox.platform.waitForConnection();
    await say(page, '周工（宁波恒锐机电）', '帮我报下价');
    await page.getByText('聊单：已推进到「报价发送」').waitFor();
    expect(faults).toEqual([]);
  });

  it('begins anew when the sandbox has been restarted under it', async () => {
    await using page = await open();
    await say(page, '周工（宁波恒锐机电）', '帮我报下价');
    await page.getByText('聊单：已推进到「报价发送」').waitFor();
    const port = Number(new URL(sandbox.url).port);
    await sandbox.close();
    await page.getByRole('alert').waitFor();
    // Something else answers on the port for a while, as a sandbox does that is still starting.
    const other = createServer((_, response) => response.writeHead(404).end());
    const asked = new Promise<void>((resolve) => other.once('request', () => resolve()));
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    await asked;
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
    await page.context().setOffline(true);
    sandbox = await startSandbox({ logLevel: 'silent', port });
    await createDesk(sandbox);
    await page.context().setOffline(false);
    await page.getByRole('alert').waitFor({ state: 'hidden' });
    expect(await page.getByText('聊单：已推进到「报价发送」').count()).toBe(0);
    await chatNamed(page, '宁波恒锐').click();
    await page.getByText('好的，我们内部再对一下数量', { exact: true }).waitFor();
  });

  it('is one pane at a time on a phone, and nothing is wider than the screen', async () => {
    await using page = await openConsole(browser(), sandbox.url, faults, { width: 375, height: 812 });
    const tabs = page.getByRole('navigation', { name: '切换页面' });
    await tabs.getByRole('button', { name: /会话/ }).click();
    await chatNamed(page, '宁波恒锐').click();
    await page.getByRole('button', { name: '帮我报下价，规格书发你了' }).click();
    await page.getByText('聊单：已推进到「报价发送」').waitFor();
    expect(await page.getByRole('navigation', { name: '会话列表' }).isVisible()).toBe(false);

    await tabs.getByRole('button', { name: '聊单看到' }).click();
    await page.getByRole('article', { name: '这句话的结果' }).waitFor();
    expect(await page.getByRole('log').isVisible()).toBe(false);

    await tabs.getByRole('button', { name: /会话/ }).click();
    await chatNamed(page, '李娜').click();
    await page.getByRole('article', { name: /今日进展/ }).waitFor();
    const tooWide = await page.evaluate(() => {
      const wide = [...document.querySelectorAll('body *')].filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        const scrolls = element.closest('.lines') !== null;
        return width > 0 && !scrolls && (left < -1 || right > innerWidth + 1);
      });
      return wide.map((element) => element.className);
    });
    expect(tooWide).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375);
    expect(faults).toEqual([]);
  });
});
