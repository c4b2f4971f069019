/** Deals with their moves, and what people have to do for them. */
import { seedApprovals } from './approvals.ts';
import type { Bulk, NewRow } from './bulk.ts';
import type { Chance } from './chance.ts';
import { seedClocks } from './clocks.ts';
import type { Customers } from './customers.ts';
import type { People } from './people.ts';
import { seedQuotes } from './quotes.ts';
import type { Size } from './size.ts';
import type { Steps } from './steps.ts';

const STAGES = ['lead', 'contacted', 'qualified', 'quoted', 'sampling', 'contracted', 'fulfilling', 'after_sales'];
const DAY_MS = 86_400_000;
/** The large customer's deals. */
const OF_LARGE = 12;
const OPEN_EACH = 20;

/** Returns the deals' ids. */
export async function seedTrade(
  bulk: Bulk,
  size: Size,
  people: People,
  { all, large }: Customers,
  chance: Chance,
  steps: Steps,
  now: number,
): Promise<readonly string[]> {
  const made = steps(size.opportunities);
  const dealsOf = new Map<string, string[]>();
  const deals: NewRow<'opportunity'>[] = [];
  for (let n = 0; n < size.opportunities; n += 1) {
    const { id, at: createdAt } = made.next();
    const customer = n % Math.ceil(size.opportunities / OF_LARGE) === 0 ? large : chance.pick(all);
    dealsOf.set(customer.id, [...(dealsOf.get(customer.id) ?? []), id]);
    // A deal is open for a few months; of those that are older, few still are.
    const open = now - createdAt < 120 * DAY_MS ? chance.percent(85) : chance.percent(5);
    const stageEnteredAt = Math.min(now, createdAt + chance.below(90) * DAY_MS);
    deals.push({
      ...{ id, customerId: customer.id, ownerId: customer.ownerId, createdAt, stageEnteredAt },
      name: `${customer.name} 询价项目`,
      stage: chance.pick(STAGES),
      status: open ? 'open' : chance.percent(45) ? 'won' : 'lost',
      amountMinor: (1 + chance.below(500)) * 100_000,
      currency: 'CNY',
      lostReason: null,
      closedAt: open ? null : stageEnteredAt,
      policyVersion: 1,
      version: 1,
    });
  }
  const moves = [...movesOf(size, deals, dealsOf.get(large.id) ?? [], chance, steps(size.stageChanges))];
  const versionOf = new Map(moves.map(({ opportunityId, opportunityVersion }) => [opportunityId, opportunityVersion]));
  await bulk.put(
    'opportunity',
    deals.map((deal) => ({ ...deal, version: versionOf.get(deal.id) ?? 1 })),
  );
  await bulk.put('stageChange', moves);
  await seedClocks(bulk, deals, chance, now);
  await bulk.put('task', tasksOf(size, people, deals, chance, steps(size.tasks), now));
  await bulk.put('dealField', fieldsOf(deals, chance, steps(deals.length)));
  await bulk.put('signalDecision', decisionsOf(moves, chance, steps(moves.length)));
  await bulk.put('lead', leadsOf(size, people, chance, steps(size.leads)));
  const quotes = await seedQuotes(bulk, size, deals, new Set(dealsOf.get(large.id)), chance, steps);
  await seedApprovals(bulk, quotes, people.ids, chance, steps);
  return deals.map(({ id }) => id);
}

function* movesOf(
  { stageChanges, messages, activities, ofLarge }: Size,
  deals: readonly NewRow<'opportunity'>[],
  ofLargest: readonly string[],
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'stageChange'>> {
  const versions = new Map<string, number>();
  const large = Math.floor((ofLarge * stageChanges) / (stageChanges + messages + activities));
  const every = Math.floor(stageChanges / large);
  for (let n = 0; n < stageChanges; n += 1) {
    const { id, at } = made.next();
    const opportunityId = n % every === 0 ? chance.pick(ofLargest) : chance.pick(deals).id;
    const opportunityVersion = (versions.get(opportunityId) ?? 1) + 1;
    versions.set(opportunityId, opportunityVersion);
    yield {
      ...{ id, opportunityId, opportunityVersion, at, fromEnteredAt: at - 7 * DAY_MS },
      fromStage: chance.pick(STAGES),
      toStage: chance.pick(STAGES),
      cause: chance.percent(70) ? 'signal' : 'manual',
      staffId: null,
      messageId: null,
      quote: '帮我报下价，3000 套，含税到宁波',
      speakerName: '采购',
      ruleKey: 'quote_request',
      policyVersion: 1,
      leadId: null,
      undoableUntil: at + DAY_MS,
      undoneAt: null,
    };
  }
}

function* tasksOf(
  { tasks }: Size,
  { ids: staff }: People,
  deals: readonly NewRow<'opportunity'>[],
  chance: Chance,
  made: ReturnType<Steps>,
  now: number,
): Iterable<NewRow<'task'>> {
  const done = Math.max(0, tasks - OPEN_EACH * staff.length);
  for (let n = 0; n < tasks; n += 1) {
    const { id, at: createdAt } = made.next();
    const deal = chance.pick(deals);
    const ownerId = staff[n % staff.length] ?? deal.ownerId;
    const doneAt = n < done ? createdAt + DAY_MS : null;
    yield {
      ...{ id, ownerId, createdAt, doneAt, doneBy: doneAt === null ? null : ownerId },
      customerId: deal.customerId,
      opportunityId: deal.id,
      title: '发规格书给采购',
      dueAt: doneAt === null ? now + (chance.below(14) - 7) * DAY_MS : createdAt + DAY_MS,
      cause: 'manual',
      templateKey: null,
      createdBy: ownerId,
      version: 1,
    };
  }
}

function* fieldsOf(
  deals: readonly NewRow<'opportunity'>[],
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'dealField'>> {
  for (const { id: opportunityId, ownerId, createdAt } of deals) {
    if (!chance.percent(30)) continue;
    const facts = { fieldKey: 'budget', value: '30 万', updatedBy: ownerId, updatedAt: createdAt };
    yield { id: made.next().id, opportunityId, ...facts };
  }
}

/** What the moves by signals were decided by. */
function* decisionsOf(
  moves: readonly NewRow<'stageChange'>[],
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'signalDecision'>> {
  for (const { opportunityId, cause, toStage, quote, at } of moves) {
    if (cause !== 'signal') continue;
    yield {
      ...{ id: made.next().id, opportunityId, at, signal: toStage, quote: quote ?? '' },
      messageId: null,
      chatId: null,
      leadId: null,
      verdict: 'advance',
      ruleKey: 'quote_request',
      phrase: '报价',
      outcome: 'advanced',
      label: chance.percent(20) ? 'confirmed' : null,
      policyVersion: 1,
    };
  }
}

function* leadsOf(
  { leads }: Size,
  { ids: staff }: People,
  chance: Chance,
  made: ReturnType<Steps>,
): Iterable<NewRow<'lead'>> {
  for (let n = 0; n < leads; n += 1) {
    const { id, at: createdAt } = made.next();
    const status = chance.percent(15) ? 'open' : 'dropped';
    yield {
      ...{ id, status, createdAt, ownerId: chance.pick(staff) },
      name: `线索${n}`,
      chatId: id,
      opportunityId: null,
      version: 1,
    };
  }
}
