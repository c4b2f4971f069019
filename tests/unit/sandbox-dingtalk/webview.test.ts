/** The fake client's page: sign-in codes at once, picked messages after a good signature. */
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { pageSignature } from '../../../sandbox/dingtalk/sealing.ts';
import { CLIENT, call, office, startEmulator, tokenOf } from './support.ts';

interface Page {
  dd: {
    ready(task: () => void): void;
    error(task: (error: unknown) => void): void;
    config(options: object): void;
    requestAuthCode(options: object): Promise<{ code: string }>;
    util: { openTemporary: { getData(options?: object): Promise<unknown> } };
  };
}

test('the address of a quick entry names company and chat', async () => {
  const emulator = await startEmulator();
  const { deal } = office(emulator);
  const url = emulator.quickEntry(deal, 'https://crm.example/side?corp=$CORPID$&chat=$ENCCID$');
  expect(Object.fromEntries(new URL(url).searchParams)).toEqual({ corp: 'dingcorp0001', chat: deal.conversationId });
});

test('a page gets a code without dd.config, and picked messages only with it', async () => {
  const emulator = await startEmulator();
  const { lina, chen, deal } = office(emulator);
  const { messageId } = emulator.say(chen, deal, '</script>样品寄出了');
  const picked = emulator.messageMenu(lina, [messageId]);
  const script = emulator.webviewScript(lina, picked);
  expect(script).not.toContain('</script>');
  const url = 'https://crm.example/pick?name=%E6%81%92%E9%94%90';
  const open = () => {
    const location = { href: `${url}#top` };
    const page = createContext({ setTimeout, crypto, TextEncoder, Event, location, dispatchEvent: () => true });
    runInContext('var window = globalThis;', page);
    runInContext(script, page);
    return (page as unknown as Page).dd;
  };
  const dd = open();
  const { code } = await dd.requestAuthCode({ corpId: 'dingcorp0001', clientId: CLIENT });
  const asked = `/topapi/v2/user/getuserinfo?access_token=${await tokenOf(emulator)}`;
  expect((await call(emulator.oapiBase, asked, { code })).body).toMatchObject({ result: { userid: lina.userId } });
  await expect(dd.requestAuthCode({ corpId: 'dingother' })).rejects.toMatchObject({ errorCode: '-1' });
  await expect(dd.util.openTemporary.getData()).rejects.toMatchObject({ errorCode: '7' });
  const config = (page: Page['dd'], signedUrl: string, agentId = '1') =>
    new Promise((resolve) => {
      const signature = pageSignature(emulator.jsapiTicket(), 'n', 1, signedUrl);
      const jsApiList = ['util.openTemporary.getData'];
      page.config({ agentId, corpId: 'dingcorp0001', timeStamp: 1, nonceStr: 'n', signature, jsApiList });
      page.ready(() => resolve('ready'));
      page.error(resolve);
    });
  const refused = open();
  expect(await config(refused, 'https://crm.example/')).toMatchObject({ errorCode: 52013 });
  expect(await config(refused, url)).toMatchObject({ errorCode: 52013 });
  expect(await config(open(), url, '')).toMatchObject({ errorMessage: '无效的agent_id' });
  expect(await config(dd, url)).toBe('ready');
  expect(await dd.util.openTemporary.getData()).toMatchObject({
    conversation: { openConversationId: deal.conversationId },
    msgList: [{ msgtype: 'text', senderName: '陈总监', text: { content: '</script>样品寄出了' } }],
  });
  const zhou = emulator.world.addPerson({ name: '小周' });
  expect(() => emulator.messageMenu(zhou, [messageId])).toThrow();
});
