/** The fake webview behaves like the client's: signature first, then the picked messages; the sign-in code once. */
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { pageSignature } from '../../../sandbox/feishu/webview.ts';
import { APP_ID, clientOf, startEmulator } from './support.ts';

interface Page {
  h5sdk: { config(options: object): Promise<void> };
  tt: Record<'requestAccess' | 'requestAuthCode' | 'getBlockActionSourceDetail', (options: object) => void>;
}

const asked = (call: (options: object) => void, options: object): Promise<unknown> =>
  new Promise((resolve) => call({ ...options, success: resolve, fail: resolve }));

test('the page signature is that of the published vectors', () => {
  const nonce = 'Y7a8KkqX041bsSwT';
  expect(
    pageSignature(
      '617bf955832a4d4d80d9d8d85917a427',
      nonce,
      1510045655000,
      'https://example.cn/test/1234/content.html',
    ),
  ).toBe('40a68999ecf7e05907edba43b31a50fd1830c777');
  expect(
    pageSignature(
      'a885c93b03d6b6057e992ddda519e6ac857b5d6c',
      nonce,
      1609904126124,
      'https://m.mm.cn/ttc/3541093/3131_1.html',
    ),
  ).toBe('fc87e50e5fa427ffad0685cc5040a004531d8e9c');
});

test('a page gets the picked messages after a good signature, and the sign-in code once', async () => {
  const emulator = await startEmulator();
  const sales = emulator.world.addPerson({ name: '陈晓' });
  const group = emulator.world.createGroup({ name: '内部', members: [sales] });
  const { messageId } = emulator.say(sales, group, '</script>样品寄出了');
  const opened = emulator.messageAction(sales, [messageId]);
  const ticket = await clientOf(emulator).request<{ data: { ticket: string } }>({
    method: 'POST',
    url: '/open-apis/jssdk/ticket/get',
  });
  const url = `https://crm.example.cn/hand-over?${opened.query}`;
  const script = emulator.webviewScript(opened);
  expect(script).not.toContain('</script>');
  const page = createContext({ setTimeout, crypto, TextEncoder, Event, location: { href: `${url}#top` } });
  runInContext('var window = globalThis;', page);
  runInContext(script, page);
  const { h5sdk, tt } = page as unknown as Page;
  const pick = () => asked(tt.getBlockActionSourceDetail, { triggerCode: opened.triggerCode });
  const config = (timestamp: number, signedUrl: string) =>
    new Promise((resolve) => {
      const signature = pageSignature(ticket.data.ticket, 'n', timestamp, signedUrl);
      const jsApiList = ['getBlockActionSourceDetail'];
      const rest = { onSuccess: () => resolve('fine'), onFail: resolve };
      void h5sdk.config({ appId: APP_ID, timestamp, nonceStr: 'n', signature, jsApiList, ...rest });
    });
  expect(await pick()).toMatchObject({ errorCode: 333445 });
  expect(await config(Date.now(), 'https://crm.example.cn/')).toMatchObject({ errorCode: 333441 });
  expect(await config(Math.floor(Date.now() / 1000), url)).toMatchObject({ errorCode: 333444 });
  expect(await config(Date.now(), url)).toBe('fine');
  expect(await pick()).toMatchObject({ bizType: 'message', content: { messages: [{ openMessageId: messageId }] } });
  expect(await asked(tt.requestAccess, { appID: APP_ID, state: 's' })).toEqual({ code: opened.code, state: 's' });
  expect(await asked(tt.requestAuthCode, { appId: APP_ID })).toMatchObject({ errno: 2700002 });
});
