// 我的账号 in a browser: where a person is known, a code by hand or by the clipboard, and what it is good for; pictures are kept in .cache/pages.

import { mkdirSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import { receiveMessage } from '../../src/crm/message/receive-message.ts';
import { useSandbox } from '../support/sandbox.ts';
import { describeBrowser, useBrowser } from '../support/services/chromium.ts';
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
});
