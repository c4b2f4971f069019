/** Links of cards as DingTalk shows them: Markdown at the line they belong to, in the side panel or as plain addresses. */
import { expect, it } from 'vitest';
import { drawCardParams } from '../../../../adapters/dingtalk/cards.ts';
import { drawAsWords } from '../../../../adapters/dingtalk/fallback.ts';
import { createLinkDrawer } from '../../../../adapters/dingtalk/page-address.ts';
import type { Card } from '../../../../src/channel/card.ts';

const card: Card = {
  title: '恒锐',
  tone: 'info',
  summary: '恒锐',
  blocks: [
    { type: 'text', text: '轴承座：需求确认', link: { label: '打开商机', path: '/app/deals/D1' } },
    { type: 'text', text: '客户说的 [点我](https://evil.example)' },
    { type: 'links', links: [{ label: '打开客户', path: '/app/customers/C(1)' }] },
  ],
};
const site = 'https://crm.example.com';
const panel = (path: string) =>
  `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(site + path)}&pc_slide=true`;

it('opens pages in the side panel; brackets in an address do not end the link, and words make none', () => {
  const { markdown } = drawCardParams(card, createLinkDrawer(site, { linkStyle: 'panel' }));
  expect(markdown?.split('\n\n')).toEqual([
    `轴承座：需求确认 [打开商机](${panel('/app/deals/D1')})`,
    '客户说的 ［点我］(https：//evil.example)',
    `[打开客户](${panel('/app/customers/C').replace('&', '%281%29&')})`,
  ]);
});

it('opens plain addresses where the client does not know the panel, also in a card that went out as words', () => {
  const linkOf = createLinkDrawer(site, { linkStyle: 'plain' });
  expect(drawCardParams(card, linkOf).markdown).toContain(`[打开商机](${site}/app/deals/D1)`);
  expect(drawAsWords(card, linkOf).text).toContain(`[打开客户](${site}/app/customers/C%281%29)`);
});

it('has no link without a public URL', () => {
  const { markdown } = drawCardParams(card, createLinkDrawer(null, { linkStyle: 'panel' }));
  expect(markdown).toBe('轴承座：需求确认\n\n客户说的 ［点我］(https：//evil.example)');
});

it('keeps the ways to the pages when the words are too long', () => {
  const long: Card = {
    ...card,
    blocks: [...Array.from({ length: 60 }, () => ({ type: 'text' as const, text: '价'.repeat(400) })), ...card.blocks],
  };
  const { markdown = '' } = drawCardParams(long, createLinkDrawer(site, { linkStyle: 'plain' }));
  expect(markdown).toContain('[打开客户](');
  expect(Buffer.byteLength(markdown)).toBeLessThanOrEqual(4_000);
});
