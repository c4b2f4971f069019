/** One deal on WeCom, where its customer writes to the service account, and one on DingTalk, where a colleague tells the robot. */

import type { Delivery } from '../../../sandbox/platform/deliveries.ts';
import { createSeeder, haveReadOrganisation } from '../../../sandbox/seed.ts';
import type { App } from '../../../src/app.ts';
import type { Neighbours } from './neighbours.ts';
import type { Patience } from './patience.ts';
import type { Expect } from './quote-verdict.ts';

export interface NeighbourDeal {
  readonly name: string;
  readonly dealId: string;
  readonly accountId: string;
  readonly on: keyof typeof EXPECTED;
  /** Says the customer's words; the message is on its way. */
  say(): { readonly messageId: string; readonly delivery: Delivery | null };
  replay(eventId: string): Promise<{ readonly accepted: boolean }> | null;
  /** The owner's cards, as their platform shows them. */
  cards(): readonly { readonly messageId: string; readonly text: string }[];
}

/** WeCom's daily card waits for the evening, because it can be changed once only: there the words leave a question. */
const EXPECTED = {
  wecom: { words: '报价啥时候能出', moves: [], end: ['qualified', 1], kind: 'ask' },
  dingtalk: { words: '沈厂长说：麻烦报个价，图纸发你了', moves: ['quoted:signal'], end: ['quoted', 2], kind: 'digest' },
} as const;

/** As many deals on each of the two. */
export async function seedNeighbours(
  app: App,
  { wecom, dingtalk }: Neighbours,
  count: number,
): Promise<NeighbourDeal[]> {
  const idOf = (name: string) => app.accounts.find(({ platform }) => platform === name)?.id ?? '';
  const [wecomId, dingtalkId] = [idOf('wecom'), idOf('dingtalk')];
  await haveReadOrganisation(app);
  const staffed = Array.from({ length: count }, (_, n) => `service${n + 1}`);
  const members = staffed.map((userid, n) => wecom.world.addMember({ userid, name: `客服${n + 1}` }));
  const service = wecom.kf.addAccount({ name: '客服', staff: staffed });
  return app.transact(async (tx) => {
    const made: NeighbourDeal[] = [];
    for (const [n, member] of members.entries()) {
      const seed = createSeeder(tx, wecomId);
      const ownerId = await seed.employ(member.name, 'sales', null);
      await seed.identify(ownerId, member.userid);
      const customer = wecom.world.addCustomer({ name: `微信客户${n + 1}` });
      wecom.knowContact(customer, member, { remark: customer.name });
      const person = { contactName: customer.name, contactExternalId: customer.externalUserId };
      const customerId = await seed.sell({ name: `微信公司${n + 1}`, ownerId, ...person });
      const facts = { customerId, ownerId, name: `阀门${n + 1}`, stage: 'qualified', amountMinor: 1 };
      made.push({
        name: facts.name,
        dealId: await seed.deal(facts),
        accountId: wecomId,
        on: 'wecom',
        say: () => wecom.kf.customerSays(customer, service, EXPECTED.wecom.words),
        replay: (eventId) => wecom.deliveries.replay(eventId),
        cards: () => wecom.cardsOf(member),
      });
    }
    for (let n = 1; n <= count; n += 1) {
      const seed = createSeeder(tx, dingtalkId);
      const person = dingtalk.world.addPerson({ userId: `ding${n}`, name: `钉钉销售${n}` });
      const ownerId = await seed.employ(person.name, 'sales', null);
      await seed.identify(ownerId, person.userId);
      const group = dingtalk.world.createGroup({ name: `钉钉群${n}`, members: [person] });
      dingtalk.world.addBot(group);
      const customerId = await seed.sell({ name: `钉钉公司${n}`, ownerId, contactName: '沈厂长' });
      const { conversationId: externalId, name } = group;
      await seed.link({ externalId, name, customerId, staffId: ownerId, external: false });
      const facts = { customerId, ownerId, name: `辊子${n}`, stage: 'qualified', amountMinor: 1 };
      made.push({
        name: facts.name,
        dealId: await seed.deal(facts),
        accountId: dingtalkId,
        on: 'dingtalk',
        say: () => dingtalk.mentionBot(person, group, EXPECTED.dingtalk.words),
        replay: (eventId) => dingtalk.deliveries.replay(eventId),
        cards: () => dingtalk.cardsOf(person),
      });
    }
    return made;
  });
}

/** Resolves when the words have left a card. */
export async function sayAtNeighbour(deal: NeighbourDeal, patience: Patience, calm: Promise<void>): Promise<void> {
  const { delivery } = deal.say();
  // WeCom tells of words that it keeps for us at most once a while: then somebody else's notice brings ours.
  if (delivery) {
    await Promise.race([delivery.done, calm]);
    await patience.until(`the words about ${deal.name}`, async () => {
      if (delivery.outcomes.some(({ accepted }) => accepted)) return true;
      return (await deal.replay(delivery.eventId))?.accepted || null;
    });
  }
  // They may still be at WeCom: they are fetched after the notice, and once more where that failed.
  await patience.until(`the card about ${deal.name}`, () => deal.cards().find(({ text }) => text.includes(deal.name)));
}

/** Stored once, moved or asked about once, told once. Returns how many messages were stored. */
export async function judgeNeighbours(app: App, deals: readonly NeighbourDeal[], judge: Expect): Promise<number> {
  const ids = new Set(deals.map(({ accountId }) => accountId));
  for (const deal of deals) {
    const { changes, row } = await app.look(async (tx) => ({
      changes: await tx.stageChange.list({ opportunityId: deal.dealId }),
      row: await tx.opportunity.get(deal.dealId),
    }));
    const expect: Expect = (what, is, should) => judge(`${what} of ${deal.name}`, is, should);
    const { moves, end, kind } = EXPECTED[deal.on];
    expect(
      'moves',
      changes.map(({ toStage, cause }) => `${toStage}:${cause}`),
      moves,
    );
    expect('stage and version', [row?.stage, row?.version], end);
    const cards = await app.look((tx) => tx.card.list({ staffId: row?.ownerId ?? '', kind }));
    expect('cards', cards.length, 1);
    expect('cards that are not out', cards.filter(({ messageId }) => messageId === null).length, 0);
    expect(
      'its owner sees it',
      deal.cards().some(({ text }) => text.includes(deal.name)),
      true,
    );
  }
  const messages = await app.look((tx) => tx.message.list({}));
  const stored = messages.filter(({ accountId }) => ids.has(accountId));
  judge('messages stored from WeCom and DingTalk', stored.length, deals.length);
  judge('of them known twice', stored.length - new Set(stored.map(({ externalId }) => externalId)).size, 0);
  return stored.length;
}
