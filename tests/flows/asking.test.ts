// Asking the bot through the core: what a colleague gets, what they do not, and that nothing said to the bot moves a deal.

import { expect, it } from 'vitest';
import type { Card } from '../../src/channel/card.ts';
import { cardAsText } from '../../src/crm/card/faces/as-text.ts';
import { drawCard } from '../../src/crm/card/faces/draw-card.ts';
import type { CardRow } from '../../src/crm/rows/cards.ts';
import { describeDatabase } from '../support/services/database.ts';
import { type Office, openOffice } from './office.ts';

/** 陈总监 above 李娜 (恒锐, one deal); 王强 beside her with 明远电机; a second 明远 of 李娜's. */
async function company(office: Office) {
  const chen = await office.employ('陈总监', { role: 'manager' });
  const lina = await office.employ('李娜', { supervisorId: chen });
  const wangqiang = await office.employ('王强', { supervisorId: chen });
  const hengrui = await office.customer('宁波恒锐机电', lina);
  const deal = await office.deal(hengrui, '恒锐 轴承座', lina, 'qualified');
  const keji = await office.customer('苏州明远科技', lina);
  const dianji = await office.customer('明远电机', wangqiang);
  return { chen, lina, wangqiang, hengrui, deal, keji, dianji };
}

/** A colleague writes to the bot alone. */
const write = (office: Office, person: string, text: string) =>
  office.hear(person, person, text, {
    chat: { id: person, kind: 'direct' },
    sender: { id: person, tenant: null, internal: true },
    addressed: true,
  });

const mention = (office: Office, group: string, person: string, text: string) =>
  office.hear(group, person, text, { sender: { id: person, tenant: null, internal: true }, addressed: true });

const draw = (office: Office, card: CardRow | undefined): Promise<Card> =>
  office.run((tx) => drawCard(tx, card as CardRow));

const answers = async (office: Office): Promise<string[]> =>
  Promise.all((await office.cards({ kind: 'answer' })).map(async (card) => cardAsText(await draw(office, card))));

const lastText = async (office: Office) => (await office.texts()).at(-1);

describeDatabase('asking the bot', () => {
  it('answers the owner, those above, and nobody else', async () => {
    await using office = await openOffice();
    const { hengrui, lina } = await company(office);
    await office.group('恒锐群', { addedBy: lina, customerId: hengrui });
    await office.hear('恒锐群', 'zhou', '你好，帮我报下价');
    for (const person of ['李娜', '陈总监', '王强']) await write(office, person, '恒锐上次报价多少');
    const cards = await office.cards({ kind: 'answer' });
    expect(cards.map(({ addressId }) => addressId)).toEqual(['李娜', '陈总监', '王强']);
    const [own, above, other] = await answers(office);
    expect(own).toContain('帮我报下价');
    expect(above).toEqual(own);
    expect(other).toContain('由李娜负责');
    expect(other).not.toMatch(/报价发送|轴承座|帮我报下价|刚刚/);
  });

  it('asks back once when a name fits several, and shows of strangers only the owner', async () => {
    await using office = await openOffice();
    const { keji, dianji } = await company(office);
    await write(office, '李娜', '明远');
    const [question] = await office.cards({ kind: 'answer' });
    const asked = await draw(office, question);
    expect(cardAsText(asked)).toContain('苏州明远科技（李娜）');
    expect(cardAsText(asked)).toContain('明远电机（王强）');
    expect((await office.tap('李娜', question, 'choose_customer', 'somebody-else')).notice?.tone).toBe('warning');
    const answer = await office.tap('李娜', question, 'choose_customer', keji);
    expect(answer.card?.title).toBe('苏州明远科技');

    await write(office, '李娜', '明远');
    const [, second] = await office.cards({ kind: 'answer' });
    const refused = await office.tap('李娜', second, 'choose_customer', dianji);
    expect(cardAsText(refused.card as Card)).toContain('由王强负责');
  });

  it('what is asked is kept nowhere and moves nothing', async () => {
    await using office = await openOffice();
    const { hengrui, lina, deal } = await company(office);
    await office.group('恒锐群', { addedBy: lina, customerId: hengrui });
    for (const text of ['上次报价多少', '恒锐的样品到哪一步了', '谁负责恒锐', '恒锐'])
      await mention(office, '恒锐群', '李娜', text);
    expect(await office.run((tx) => tx.message.list({}))).toEqual([]);
    expect((await office.run((tx) => tx.opportunity.get(deal)))?.stage).toBe('qualified');
    expect(await office.cards({ kind: 'answer' })).toHaveLength(4);
  });

  it('binds a group to a customer of the asker, and to no other', async () => {
    await using office = await openOffice();
    const { hengrui, lina, deal } = await company(office);
    await office.group('项目群', { addedBy: lina });
    await mention(office, '项目群', '王强', '绑定 宁波恒锐机电');
    expect(await lastText(office)).toEqual({ to: '王强', text: expect.stringContaining('由李娜负责，请对方来绑定') });
    await mention(office, '项目群', '李娜', '绑定 宁波恒锐机电');
    expect((await lastText(office))?.text).toContain('已归到「宁波恒锐机电」');
    const [chat] = await office.run((tx) => tx.chat.list({ externalId: '项目群' }));
    expect(chat?.customerId).toBe(hengrui);
    await mention(office, '项目群', '王强', '绑定 明远电机');
    expect((await lastText(office))?.text).toContain('要改请找李娜');
    await mention(office, '项目群', '李娜', '周工说：麻烦报个价');
    expect((await office.run((tx) => tx.opportunity.get(deal)))?.stage).toBe('quoted');
    await write(office, '李娜', '绑定 恒锐');
    expect((await lastText(office))?.text).toContain('请在要绑定的群里');
  });

  it('notes go on the timeline of the asker’s own customers, and say when they do not fit', async () => {
    await using office = await openOffice();
    const { hengrui, deal, lina } = await company(office);
    await write(office, '李娜', '记一下 恒锐 周五带样品上门');
    expect(await office.run((tx) => tx.activity.list({}))).toMatchObject([
      { customerId: hengrui, opportunityId: deal, staffId: lina, text: '周五带样品上门' },
    ]);
    await write(office, '王强', '记一下 恒锐 抢单');
    expect((await lastText(office))?.text).toContain('没有记下来');
    await write(office, '李娜', `记一下 恒锐 ${'字'.repeat(2_001)}`);
    expect((await lastText(office))?.text).toContain('最多 2000 字，现在有 2001 字');
    await write(office, '李娜', '记一下 天元重工 打过电话');
    expect((await lastText(office))?.text).toContain('要记在哪个客户上');
    expect(await office.run((tx) => tx.activity.list({}))).toHaveLength(1);
    await write(office, '李娜', '恒锐');
    expect((await answers(office)).at(-1)).toContain('周五带样品上门');
  });

  it('a new customer is made once, whoever asks and however the company is written', async () => {
    await using office = await openOffice();
    const { wangqiang } = await company(office);
    await write(office, '王强', '新建客户 天元重工');
    expect((await lastText(office))?.text).toContain('已新建客户「天元重工」');
    for (const name of ['天元重工', '天元重工有限公司', '天元重工 ']) {
      await write(office, '李娜', `新建客户 ${name}`);
      expect((await lastText(office))?.text).toContain('没有新建：已经有客户「天元重工」，由王强负责');
    }
    const made = await office.run((tx) => tx.customer.list({ name: '天元重工' }));
    expect(made.map(({ ownerId }) => ownerId)).toEqual([wangqiang]);
  });

  it('a group that is a colleague’s by the time of the tap, or has their lead, is not bound to another’s customer', async () => {
    await using office = await openOffice();
    const { lina, wangqiang, hengrui, dianji } = await company(office);
    await office.customer('明远塑胶', wangqiang);
    const inner = await office.group('内部群', { addedBy: lina });
    await mention(office, '内部群', '王强', '绑定 明远');
    const [question] = await office.cards({ kind: 'answer' });
    await mention(office, '内部群', '李娜', '绑定 恒锐');
    await office.tap('王强', question, 'choose_customer', dianji);
    expect((await office.run((tx) => tx.chat.get(inner)))?.customerId).toBe(hengrui);

    const strangers = await office.group('新客群', { addedBy: lina });
    await office.outsider('sun', '孙总');
    await office.hear('新客群', 'sun', '你好');
    await mention(office, '新客群', '王强', '绑定 明远电机');
    expect(await lastText(office)).toMatchObject({ to: '王强', text: '这个群已经归到李娜的线索，要改请找李娜。' });
    expect(await office.run((tx) => tx.chat.get(strangers))).toMatchObject({ customerId: null });
  });

  it('the day’s list has the asker’s own leads and deals, the longest untouched first', async () => {
    await using office = await openOffice();
    const { lina, keji } = await company(office);
    const older = await office.deal(keji, '明远 电机壳', lina, 'sampling');
    await office.run((tx) => tx.opportunity.update({ id: older }, { stageEnteredAt: tx.now - 5 * 86_400_000 }));
    await write(office, '李娜', '我今天要跟进谁');
    const [text] = await answers(office);
    expect(text).toMatch(/明远 电机壳：样品交付，已 5 天[\s\S]*恒锐 轴承座/);
    await write(office, '王强', '今天要跟进谁');
    expect((await answers(office)).at(-1)).toContain('没有进行中的商机');
  });

  it('somebody who has left gets no answer', async () => {
    await using office = await openOffice();
    await company(office);
    await office.run((tx) => tx.staff.update({ name: '李娜' }, { active: false }));
    await write(office, '李娜', '恒锐');
    await write(office, '李娜', '帮我报下价');
    expect(await office.cards()).toEqual([]);
    expect(await office.texts()).toEqual([]);
  });
});
