/** Links of cards as Feishu shows them: buttons that open the page beside the chat on a computer, as a page on a phone. */
import { expect, it } from 'vitest';
import { drawCard } from '../../../adapters/feishu/cards.ts';
import { applinkOf } from '../../../adapters/feishu/page-address.ts';
import { findCardFaults } from '../../../sandbox/feishu/card-validator.ts';
import type { Card } from '../../../src/channel/card.ts';

const site = 'https://crm.example.com';
const line = (at: number) => ({
  type: 'text' as const,
  text: `第 ${at} 行`,
  link: { label: '打开商机', path: `/app/deals/D${at}` },
});
const cardOf = (...blocks: Card['blocks']): Card => ({ title: '今天', tone: 'info', summary: '今天', blocks });
const links: Card['blocks'][number] = {
  type: 'links',
  links: [{ label: '打开客户', path: '/app/customers/C1?a=b c' }],
};
const cardFaults = (drawn: ReturnType<typeof drawCard>) => findCardFaults(drawn, { knownPerson: () => true });
const opened = (drawn: unknown): string[] =>
  [...JSON.stringify(drawn).matchAll(/"default_url":"([^"]+)"/g)].map(([, url]) => url ?? '');

it('is a button beside its line and buttons for the whole card', () => {
  const drawn = drawCard(cardOf(line(1), links), site);
  expect(cardFaults(drawn)).toEqual([]);
  expect(opened(drawn)).toEqual([`${site}/app/deals/D1`, `${site}/app/customers/C1?a=b c`]);
  expect(JSON.stringify(drawn)).toContain(
    `https://applink.feishu.cn/client/web_url/open?mode=sidebar-semi&url=${encodeURIComponent(`${site}/app/customers/C1?a=b c`)}`,
  );
});

it('is not there without a public URL, and leaves no empty row', () => {
  const drawn = drawCard(cardOf(line(1), links), null);
  expect(cardFaults(drawn)).toEqual([]);
  expect(JSON.stringify(drawn)).not.toMatch(/open_url|http|column_set/);
});

it('leaves the links of lines out before it leaves out words, and keeps those of the card', () => {
  const drawn = drawCard(cardOf(...Array.from({ length: 60 }, (_, at) => line(at)), links), site);
  expect(cardFaults(drawn)).toEqual([]);
  expect(JSON.stringify(drawn)).toContain('第 59 行');
  expect(opened(drawn)).toHaveLength(1);
});

it('begins the links into the client where the edition of the client has them', () => {
  expect(applinkOf('https://open.larksuite.com')).toBe('https://applink.larksuite.com');
  expect(applinkOf('https://open.feishu.cn')).toBe('https://applink.feishu.cn');
  expect(JSON.stringify(drawCard(cardOf(links), site, applinkOf('https://open.larksuite.com')))).toContain(
    '"pc_url":"https://applink.larksuite.com/client/web_url/open?mode=sidebar-semi&url=',
  );
});
