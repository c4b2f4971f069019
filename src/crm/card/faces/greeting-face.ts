/** The first card a colleague gets: who we are, what is theirs, how words arrive here, whom to follow up, where the page is. */
import type { Card, CardBlock } from '../../../channel/card.ts';
import { agendaOf } from '../../ask/agenda.ts';
import type { CardRow } from '../../rows/cards.ts';
import type { StaffRow } from '../../rows/people.ts';
import { holdingsOf } from '../../staff/holdings.ts';
import type { Tx } from '../../tx.ts';
import { dealLine, leadLine } from './agenda-face.ts';
import { linksBlock, todayLink } from './parts.ts';

const SHOWN = 3;

/** Nothing in it asks for anything, so it has no buttons. */
export async function drawGreeting(tx: Tx, card: CardRow): Promise<Card> {
  const staff = await tx.staff.get(card.staffId);
  const holdings = await holdingsOf(tx, card.staffId);
  const guide = tx.guideOf(card.accountId);
  const manages = staff !== null && (await isSupervisor(tx, staff));
  const mine = holdings.customers > 0 ? `你的客户：${holdings.customers} 位` : '你名下还没有客户';
  return {
    title: staff ? `${staff.name}，你好，我是聊单` : '你好，我是聊单',
    tone: 'info',
    summary: `聊单已经开通，${mine}`,
    blocks: [
      plain(
        '我把聊天里的客户和商机记下来：客户说到报价、样品、合同、付款，我来推进阶段，拿不准就先问你。我发的只有你看得到。',
      ),
      { type: 'text', style: 'emphasis', text: mine },
      ...(holdings.customers > 0
        ? []
        : [plain(`发“新建客户 公司名”${guide?.openPage ? '，或者在客户的聊天里打开页面，两下' : ''}就建好。`)]),
      ...section('客户的话怎么到我这里：', (guide?.wordsArrive ?? []).map(dotted)),
      ...section('今天先跟进：', await firstToFollow(tx, card.staffId)),
      ...section('页面在哪里：', guide?.openPage ? [dotted(guide.openPage)] : []),
      ...(manages
        ? [
            plain(
              '你带团队：下属的客户和商机你都能看；在主管的群里 @聊单 发“绑定 主管群”，以后给主管们的提醒发到那里。',
            ),
          ]
        : []),
      ...(guide?.openPage ? linksBlock(todayLink) : []),
      { type: 'text', style: 'muted', text: '发“帮助”，看我还会什么。' },
    ],
  };
}

const plain = (text: string): CardBlock => ({ type: 'text', text });

/** Where a card becomes a text, nothing but the dot tells a line from its heading. */
const dotted = (line: string): string => `· ${line}`;

function section(title: string, lines: readonly string[]): CardBlock[] {
  if (lines.length === 0) return [];
  return [{ type: 'text', style: 'emphasis', text: title }, ...lines.map(plain)];
}

async function firstToFollow(tx: Tx, staffId: string): Promise<string[]> {
  const { leads, deals } = await agendaOf(tx, staffId);
  return [...leads.map((lead) => leadLine(tx, lead)), ...deals.map((entry) => dealLine(tx, entry))]
    .slice(0, SHOWN)
    .map((line, at) => `${at + 1}. ${line}`);
}

async function isSupervisor(tx: Tx, { id, role }: StaffRow): Promise<boolean> {
  if (role !== 'sales') return true;
  if (await tx.staff.find({ supervisorId: id, active: true })) return true;
  return (await tx.staffDepartment.find({ staffId: id, leads: true })) !== null;
}
