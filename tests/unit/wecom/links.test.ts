/** Links of cards as WeCom shows them: lines of the list and the card itself, anchors in texts of the app, addresses elsewhere. */
import { expect, it } from 'vitest';
import { plainMarkdown } from '../../../adapters/wecom/bot/markdown.ts';
import { cardLinks, drawCard, drawUpdate } from '../../../adapters/wecom/cards.ts';
import { withLinks } from '../../../adapters/wecom/text.ts';
import { findCardFaults } from '../../../sandbox/wecom/card-validator.ts';
import type { Card } from '../../../src/channel/card.ts';

const site = 'https://crm.example.com';
const card: Card = {
  title: '恒锐：要推进吗？',
  tone: 'warning',
  summary: '恒锐',
  blocks: [
    { type: 'text', text: '轴承座：需求确认 → 报价发送', link: { label: '打开商机', path: '/app/deals/D1' } },
    { type: 'fields', fields: [{ label: '商机', value: '轴承座' }] },
    { type: 'buttons', buttons: [{ label: '忽略', style: 'default', actionKey: 'k1' }] },
    {
      type: 'links',
      links: [
        { label: '打开客户', path: '/app/customers/C1' },
        { label: '打开商机', path: '/app/deals/D1' },
      ],
    },
  ],
};
const faults = (drawn: unknown) => findCardFaults(drawn, { sender: 'app', knownMember: () => true });

it('are lines below the fields, each address once, and a tap on the card opens the first of its own', () => {
  const drawn = drawCard(card, 't', site);
  expect(faults(drawn)).toEqual([]);
  expect(drawn).toMatchObject({
    card_action: { type: 1, url: `${site}/app/customers/C1` },
    horizontal_content_list: [
      { type: 0, keyname: '商机', value: '轴承座' },
      { type: 1, keyname: '页面', value: '打开商机', url: `${site}/app/deals/D1` },
      { type: 1, keyname: '页面', value: '打开客户', url: `${site}/app/customers/C1` },
    ],
  });
  expect(drawUpdate(card, 't', site)).toMatchObject({ card_action: { url: `${site}/app/customers/C1` } });
});

it('are not there without a public URL', () => {
  const drawn = drawCard(card, 't', null);
  expect(faults(drawn)).toEqual([]);
  expect(JSON.stringify(drawn)).not.toMatch(/http|card_action/);
});

it('never make the list longer than it may be', () => {
  const blocks = Array.from({ length: 9 }, (_, at) => ({
    type: 'text' as const,
    text: `第 ${at} 行`,
    link: { label: '打开商机', path: `/app/deals/D${at}` },
  }));
  expect(faults(drawCard({ ...card, blocks: [...card.blocks, ...blocks] }, 't', site))).toEqual([]);
});

it('stand below a text, which is cut before a link is', () => {
  const links = cardLinks(card, site);
  const text = withLinks('<a href="https://evil.example">点我</a>价'.repeat(200), links, 2048, 'anchor');
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(2048);
  expect(text.match(/<a /g)).toHaveLength(2);
  expect(
    text.endsWith(`\n<a href="${site}/app/customers/C1">打开客户</a>\n<a href="${site}/app/deals/D1">打开商机</a>`),
  ).toBe(true);
  expect(withLinks('在这里', links.slice(0, 1), 2048, 'bare')).toBe(`在这里\n打开客户：${site}/app/customers/C1`);
  expect(plainMarkdown('[点我](https://evil.example)', links.slice(0, 1))).toBe(
    `[点我]（https://evil.example)\n[打开客户](${site}/app/customers/C1)`,
  );
});

it('never lets the name of a customer become markup', () => {
  const named = (name: string) => [{ label: `打开 ${name}`, url: `${site}/app/customers/C1`, about: null }];
  const evil = 'https://evil.example';
  expect(withLinks('好', named(`<a href="${evil}">甲</a>`), 2048, 'anchor')).not.toContain(`<a href="${evil}`);
  for (const name of [`甲](${evil})`, '<@all>', `甲](${evil})[乙`]) {
    const drawn = plainMarkdown('好', named(name));
    expect(drawn).not.toMatch(/<@|\]\(https:\/\/evil/);
    expect(drawn).toContain(`](${site}/app/customers/C1)`);
  }
});
