/** Page signatures: the known vector, what of an address is signed, and the ticket that is asked for once. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { ApiFailure } from '../../../../adapters/dingtalk/api-failure.ts';
import { createPages, signPage } from '../../../../adapters/dingtalk/jsapi.ts';
import { pageSignature } from '../../../../sandbox/dingtalk/sealing.ts';
import { ownMeans } from '../../../support/own-means.ts';

const ticket = 'gUsHOoPPzLVZKVkClnESg88m7qMV4c0Ys9VGsMigqzZU7gA8PeoNzHODmYPZ85TYuoZryXuqEUFlXLN1OPEixm';
const page = 'https://crm.example.cn/app/hand-over?platform=dingtalk';
const minute = 60_000;

it('signs the known vector with SHA-256', () => {
  const url = 'http://test4.weixin.wtoip.com:80/wtoip/dingding/dzmp';
  expect(signPage(ticket, 'abcde12345', 1463125744, url)).toBe(
    '06db718d460dde9fba6788934c0f994abf83a79dd019b7d98e66a3e0b7e5a5b9',
  );
});

it.each([
  [`${page}#top`, page],
  [`${page}&name=%E6%81%92%E9%94%90`, `${page}&name=恒锐`],
  [`${page}&cid=cid%2Bab%2F%3D#/x?y`, `${page}&cid=cid+ab/=`],
  [`${page}&broken=%E6%8`, `${page}&broken=%E6%8`],
  ['https://crm.example.cn/%E8%81%8A/app/hand-over', 'https://crm.example.cn/%E8%81%8A/app/hand-over'],
])('signs %s as %s', (url, signed) => {
  const plain = `jsapi_ticket=t&noncestr=n&timestamp=1&url=${signed}`;
  expect(signPage('t', 'n', 1, url)).toBe(createHash('sha256').update(plain).digest('hex'));
});

/** A platform that gives one ticket after the other, and what was asked of it. */
function platform(seconds = 7200) {
  const asked: string[] = [];
  let failing = false;
  const clock = { now: 1_000_000 };
  const client = {
    async api(method: 'POST' | 'PUT', path: string) {
      asked.push(`${method} ${path}`);
      if (failing) throw ApiFailure.unreached('network', null);
      return { jsapiTicket: `ticket-${asked.length}`, expireIn: seconds };
    },
  };
  const now = () => clock.now;
  const settings = {
    clientId: 'dingclient',
    clientSecret: 'secret of the app',
    corpId: 'dingcorp',
    agentId: '301',
    jsSdkUrl: 'https://cdn.example/dd.js',
  };
  const pages = (more: Partial<typeof settings> | { agentId: null } = {}) =>
    createPages(client, { ...settings, ...more }, { now, ...ownMeans(now) });
  return { asked, clock, pages, fail: (how: boolean) => (failing = how) };
}

it('gives the client what dd.config wants, and a fresh nonce each time', async () => {
  const { pages } = platform();
  const own = pages();
  const configured = [await own.configure(page), await own.configure(page)];
  const { nonceStr = '', timeStamp = 0 } = configured[0] ?? {};
  const signature = pageSignature('ticket-1', String(nonceStr), Number(timeStamp), page);
  expect(configured[0]).toEqual({
    agentId: '301',
    clientId: 'dingclient',
    corpId: 'dingcorp',
    timeStamp,
    nonceStr,
    signature,
  });
  expect(configured[1]?.['nonceStr']).not.toBe(nonceStr);
  expect(own).toMatchObject({ sdkUrl: 'https://cdn.example/dd.js', frameAncestors: ['https://*.dingtalk.com'] });
});

it('leaves the AgentId out where nobody has set it', async () => {
  const configured = await platform().pages({ agentId: null }).configure(page);
  expect(Object.keys(configured ?? {})).not.toContain('agentId');
});

it('asks for one ticket, however many pages open at once, and again five minutes before it ends', async () => {
  const { asked, clock, pages } = platform();
  const own = pages();
  await Promise.all([1, 2, 3].map(() => own.configure(page)));
  expect(asked).toEqual(['POST /v1.0/oauth2/jsapiTickets']);
  clock.now += 110 * minute;
  await own.configure(page);
  expect(asked).toHaveLength(1);
  clock.now += 6 * minute;
  await own.configure(page);
  expect(asked).toHaveLength(2);
});

it('does not ask again and again for a ticket it was refused', async () => {
  const { asked, clock, pages, fail } = platform();
  const own = pages();
  fail(true);
  expect(await own.configure(page)).toBeNull();
  fail(false);
  expect(await own.configure(page)).toBeNull();
  expect(asked).toHaveLength(1);
  clock.now += 6_000;
  expect(await own.configure(page)).toMatchObject({ corpId: 'dingcorp' });
});
