/** The client's webview in a frame: whose cookies go where, what of the product's answers is changed, and who is turned away. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cookieNames } from '../../../sandbox/client-frame/cookie-names.ts';
import { createDesk } from '../../../sandbox/desk/index.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start.ts';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createDesk(startSandbox({ logLevel: 'silent' }));
}, 60_000);
afterAll(() => sandbox.close());

const frameOf = (person: { openId: string }) => `${sandbox.url}/client-frame/feishu/${person.openId}`;
const ask = (url: string, headers: Record<string, string> = {}) => fetch(url, { headers, redirect: 'manual' });

it('keeps the cookies of two webviews apart, and out of everything else', () => {
  const [lina, wang] = [cookieNames('/client-frame/wecom/lina'), cookieNames('/client-frame/wecom/wang')];
  const given = lina.asGiven('liaodan=abc; Max-Age=60; Path=/; HttpOnly; SameSite=Lax');
  expect(given).toMatch(
    /^w[0-9a-f]{8}\.liaodan=abc; Max-Age=60; Path=\/client-frame\/wecom\/lina\/; HttpOnly; SameSite=Lax$/,
  );
  const [kept = ''] = given.split(';');
  expect(lina.asAsked(`other=1; ${kept}; liaodan=own`)).toBe('liaodan=abc');
  expect(wang.asAsked(kept)).toBe('');
});

it('opens the page below its own address, with the policy of the product and the name of the client', async () => {
  const { chats, staff } = sandbox.company;
  const frame = frameOf(staff.lina);
  const opened = await ask(`${frame}/open?chat=${chats.hengrui.chatId}`);
  const address = opened.headers.get('location') ?? '';
  expect(address.startsWith(`${frame}/app/customer?platform=feishu&`)).toBe(true);
  const [page, plain] = await Promise.all([ask(address), ask(`${sandbox.url}/app/customer`)]);
  expect(page.headers.get('content-security-policy')).toBe(plain.headers.get('content-security-policy'));
  const script = new URL(/<head><script src="([^"]+)"/.exec(await page.text())?.[1] ?? '', sandbox.url);
  expect(await (await ask(script.href)).text()).toContain('Lark/');
});

it('has the page signed for the address that the product knows', async () => {
  const { chats, staff } = sandbox.company;
  const frame = frameOf(staff.lina);
  const address = (await ask(`${frame}/open?chat=${chats.hengrui.chatId}`)).headers.get('location') ?? '';
  const signed = await ask(`${frame}/api/jsapi/feishu?url=${encodeURIComponent(address)}`);
  const { sdkUrl } = (await signed.json()) as { sdkUrl: string };
  expect(sdkUrl.startsWith(`${frame}/feishu-platform/`)).toBe(true);
  const sdk = await (await ask(sdkUrl, { referer: address })).text();
  expect(sdk).toContain(`.replace("${frame}", "${sandbox.url}")`);
  // An address of the frame is none of the product's own.
  expect((await ask(`${sandbox.url}/api/jsapi/feishu?url=${encodeURIComponent(address)}`)).status).toBe(403);
});

it('opens a page that a link in the chat leads to, and no other address', async () => {
  const { chats, staff } = sandbox.company;
  const open = `${frameOf(staff.lina)}/open?chat=${chats.hengrui.chatId}`;
  const linked = await ask(`${open}&to=${encodeURIComponent('/app/today?platform=feishu')}`);
  expect(linked.headers.get('location')).toContain(`${frameOf(staff.lina)}/app/today?platform=feishu&`);
  const foreign = await ask(`${open}&to=${encodeURIComponent('https://example.com/app/')}`);
  expect(foreign.headers.get('location')).toContain(`${frameOf(staff.lina)}/app/customer?`);
});

it('opens nothing for whoever is not in the chat, nothing that is no chat, and nothing for other sites', async () => {
  const { chats, staff, customers } = sandbox.company;
  const open = `open?chat=${chats.hengrui.chatId}`;
  expect((await ask(`${frameOf(staff.wangqiang)}/${open}`)).status).toBe(404);
  expect((await ask(`${frameOf(customers.zhou)}/${open}`)).status).toBe(404);
  expect((await ask(`${frameOf(staff.lina)}/open?chat=nowhere`)).status).toBe(404);
  expect((await ask(`${sandbox.url}/client-frame/other/lina/${open}`)).status).toBe(404);
  expect((await ask(`${frameOf(staff.lina)}/${open}`, { origin: 'https://example.com' })).status).toBe(403);
});
