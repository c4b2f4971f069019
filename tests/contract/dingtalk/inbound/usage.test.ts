/** What the month costs: our count is the platform's. */
import { expect, it } from 'vitest';
import type { Card } from '../../../../src/channel/card.ts';
import { office, openDesk } from '../harness.ts';

const card: Card = {
  title: '要推进吗？',
  tone: 'info',
  summary: '恒锐提到了报价',
  blocks: [{ type: 'buttons', buttons: [{ label: '推进', style: 'primary', actionKey: 'key' }] }],
};

it.each(['stream', 'webhook'] as const)(
  'a day with everything in it (%s) is counted as the platform counts it',
  async (mode) => {
    await using desk = await openDesk({ mode });
    const { emulator, channel } = desk;
    const { lina, chen, deal } = office(emulator);
    const person = { kind: 'person', id: lina.userId } as const;
    const chat = { kind: 'chat', id: deal.conversationId } as const;

    let failures = 1;
    desk.inbound.onStore = async () => {
      failures -= 1;
      if (failures >= 0) throw new Error('disk full');
    };
    await emulator.mentionBot(lina, deal, '客户要报价').delivery?.done;
    await emulator.sayToBot(lina, '在吗', { flaws: { copies: mode === 'stream' ? 1 : 2 } }).delivery?.done;
    await channel.deliver({ kind: 'text.send', key: 'k1', to: person, text: '在' });
    await channel.deliver({ kind: 'text.send', key: 'k2', to: { kind: 'person', id: chen.userId }, text: '陈总监好' });
    await channel.deliver({ kind: 'card.send', key: 'k3', to: chat, card });
    const sent = await channel.deliver({ kind: 'card.send', key: 'k4', to: person, card });
    const [shown] = emulator.cardsOf(lina);
    if (sent.kind !== 'sent' || !shown) throw new Error('not sent');
    desk.inbound.answer = { notice: { tone: 'warning', text: '请先选客户' }, card: null };
    await emulator.tap(lina, shown.messageId, '推进');
    await emulator.waitForText(lina, '请先选客户');
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const rest = { messageId: sent.messageId, sentAt: emulator.clock.now(), updateHandle: null, to: person, card };
    await channel.deliver({ kind: 'card.update', key: 'k5', ...rest });
    await channel.deliver({ kind: 'person.lookup', key: 'k6', chatId: deal.conversationId, personId: chen.userId });
    await emulator.hire({ name: '小周' }).delivery.done;
    await emulator.push('chat_update_title', { openConversationId: deal.conversationId, title: '新名' })?.done;
    await emulator.leaveGroup(deal, chen)?.done;
    await emulator.leaveCompany(chen).done;
    await channel.stop();

    expect({ api: emulator.quota.used('openApi'), push: emulator.quota.used('stream') }).toEqual(desk.usage.counts);
    expect(desk.usage.counts['api']).toBe(4);
    expect(emulator.journal.complaints.filter(({ kind }) => kind !== 'refused_ack')).toEqual([]);
  },
);
