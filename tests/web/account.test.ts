// 我的账号 in a browser: where a person is known, a code by hand or by the clipboard, and what it is good for; pictures are kept in .cache/pages.

import { mkdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { receiveMessage } from '../../src/crm/message/receive-message.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
import { DESK, lookAt, PHONE } from './looks-support.ts';
import { visit } from './pages-support.ts';

const PICTURES = '.cache/pages';

describeBrowser('the person’s own accounts', () => {
  const open = useSandbox();
  const browser = useBrowser();
  beforeAll(() => void mkdirSync(PICTURES, { recursive: true }));

  it('a code of the page joins the account that says it, and closing the sheet hides it for good', async () => {
    const sandbox = await open();
    const { lina } = sandbox.company.staff;
    const { page, see, tap, complaints } = await visit({ sandbox, browser: browser() }, lina, 'today');
    await see('恒锐 轴承座');
    await tap('我的账号');
    await see('聊单在飞书上认识你');
    await tap('拿一个绑定码');
    const shown = await page.locator('.made code').innerText();
    expect(shown).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${PICTURES}/account-375.png` });
    await page.keyboard.press('Escape');
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await tap('我的账号');
    await see('你之前拿过一个码');
    await page.waitForTimeout(400);
    await page.screenshot({ path: `${PICTURES}/account-1440-dark.png` });
    expect(await page.getByText(shown).count()).toBe(0);
    expect(complaints).toEqual([]);

    // Somebody says it elsewhere, where the same person has another account.
    const joined = await sandbox.app.transact(async (tx) => {
      const sender = { id: 'u-lina', tenant: null, internal: true };
      const chat = { id: 'u-lina', kind: 'direct' } as const;
      const message = {
        type: 'message',
        messageId: 'm1',
        chat,
        sender,
        senderKind: 'person',
        senderName: 'Lina',
        text: shown,
      } as const;
      const rest = { addressed: true, mentions: [], repliesTo: null, record: null, sentAt: tx.now };
      await receiveMessage(tx, 'another-account', { ...message, ...rest });
      const identity = await tx.staffIdentity.find({ accountId: 'another-account' });
      return identity && (await tx.staff.get(identity.staffId));
    });
    expect(joined?.name).toBe('李娜');
  });

  it('leave, how one is told, and a task told at an hour, entered on a phone', async () => {
    const sandbox = await open();
    const { lina, chen } = sandbox.company.staff;
    const { page, see, tap, complaints } = await visit({ sandbox, browser: browser() }, lina, 'today');
    await see('恒锐 轴承座');
    await tap('休假');
    await see('名下的商机和线索不计停留时间');
    await see('没有填休假');
    await page.waitForTimeout(400);
    await lookAt(page, 'leave', [PHONE]);
    await tap('填休假');
    await see('休假已填好');
    const entered = await sandbox.app.look((tx) => tx.leaveTime.list({}));
    expect(entered).toHaveLength(1);
    expect((entered[0]?.untilAt ?? 0) - (entered[0]?.fromAt ?? 0)).toBe(86_400_000);
    await page.getByLabel('休假').getByRole('button', { name: '取消' }).last().click();
    await see('休假已取消');
    await page.getByLabel('休假').getByRole('button', { name: '取消' }).click();

    await tap('提醒设置');
    await see('照公司的：20:00 到 08:30');
    await page.getByLabel('自己定').check();
    await page.getByLabel('提醒设置').getByLabel('从').fill('18:30');
    await page.getByLabel('提醒设置').getByLabel('从').blur();
    await page.getByLabel('并进当日进展').click();
    await page.getByLabel('工作日 08:45 发').click();
    await page.waitForTimeout(400);
    await lookAt(page, 'notices', [PHONE]);
    await page.keyboard.press('Escape');
    const [wishes] = await sandbox.app.look((tx) => tx.staffPreference.list({}));
    expect(wishes).toMatchObject({ quietFrom: '18:30', quietTo: '08:30', alerts: 'digest', morning: false });

    await page.setViewportSize(PHONE);
    await tap('添加');
    await page.getByLabel('做什么').fill('给周工回电话');
    await page.getByLabel('明天', { exact: true }).check();
    await page.getByLabel('到时间提醒').check();
    await page.getByLabel('几点').fill('15:00');
    await page.waitForTimeout(400);
    await lookAt(page, 'task-hour', [PHONE]);
    await page.getByRole('button', { name: '保存' }).click();
    await see('已添加');
    const [task] = await sandbox.app.look((tx) => tx.task.list({ title: '给周工回电话' }));
    const ring = await sandbox.app.look((tx) => tx.taskRing.get(task?.id ?? ''));
    expect(ring?.ringAt).toBe(task?.dueAt);
    expect(new Date((task?.dueAt ?? 0) + 8 * 3_600_000).getUTCHours()).toBe(15);
    expect(complaints).toEqual([]);

    // A supervisor enters it for somebody below.
    const above = await visit({ sandbox, browser: browser() }, chen, 'today');
    await above.tap('休假');
    await above.tap('给同事填');
    await above.page.getByLabel('找同事').fill('李娜');
    await above.page.getByRole('radio', { name: '李娜' }).check();
    await above.see('李娜的休假');
    await above.page.waitForTimeout(400);
    await lookAt(above.page, 'leave-other', [PHONE]);
    await above.tap('给李娜填休假');
    await above.see('陈总监填的');
    await above.page.setViewportSize(DESK);
    for (const [name, words] of [
      ['休假', '没有填休假'],
      ['提醒设置', '照公司的'],
    ] as const) {
      await above.tap(name);
      await above.see(words);
      await above.page.waitForTimeout(400);
      await lookAt(above.page, name === '休假' ? 'leave' : 'notices', [DESK]);
      await above.page.keyboard.press('Escape');
    }
  });
});
