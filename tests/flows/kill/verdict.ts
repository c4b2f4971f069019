/** Judges what is left when the dust has settled: nothing lost, nothing doubled, nothing stuck. */
import type { FeishuEmulator } from '../../../sandbox/feishu/index.ts';
import type { App } from '../../../src/app.ts';
import type { Company, Deal } from './company.ts';
import { CARDS_PER_DEAL, MOVES, type Talk } from './conversation.ts';
import { judgeNeighbours, type NeighbourDeal } from './neighbour-deals.ts';
import { type Expect, judgeQuotes } from './quote-verdict.ts';
import type { Sellers } from './sellers.ts';
import { judgeSleepers, type Sleeper } from './sleepers.ts';

export interface Counts {
  readonly stored: number;
  readonly stageChanges: number;
  readonly cards: number;
  /** Sends that were repeated, all under the key of the first. */
  readonly doubles: number;
  readonly approvals: number;
  readonly decisions: number;
  /** Of these: messages from WeCom and DingTalk. */
  readonly elsewhere: number;
  readonly alerts: number;
}

export interface Verdict {
  readonly faults: readonly string[];
  readonly counts: Counts;
}

/** What the journal may complain about when a server dies in the middle of an answer, and forgets how much it has just sent. */
/** And refuses what it cannot store, what is signed by a clock that is not its own, and what nobody can read. */
const DUE_TO_THE_KNOCKS = ['unreachable', 'late_ack', 'refused_ack', 'bad_tap_answer', 'over_qps', 'over_api_rate'];

/** Kinds of card that a conversation brings; a quote's are judged with the quote. */
const OF_A_TALK = ['ask', 'digest'];

export interface Lived {
  readonly platform: FeishuEmulator;
  readonly company: Company;
  readonly talk: Talk;
  readonly sellers: Sellers;
  readonly neighbours: readonly NeighbourDeal[];
  readonly sleepers: readonly Sleeper[];
}

export async function judge(app: App, lived: Lived): Promise<Verdict> {
  const { platform, company, talk, sellers } = lived;
  const faults: string[] = [];
  const expect: Expect = (what, is, should) => {
    if (JSON.stringify(is) !== JSON.stringify(should))
      faults.push(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
  };

  const feishuId = app.accounts.find(({ platform: name }) => name === 'feishu')?.id;
  const all = await app.look((tx) => tx.message.list({}));
  const messages = all.filter(({ accountId }) => accountId === feishuId);
  expect('stored messages', messages.map(({ externalId }) => externalId).sort(), [...talk.messageIds].sort());

  let stageChanges = 0;
  for (const deal of company.deals) stageChanges += await judgeDeal(app, platform, deal, expect);

  const quotes = await judgeQuotes(app, platform, sellers, expect);
  const elsewhere = await judgeNeighbours(app, lived.neighbours, expect);
  const alerts = await judgeSleepers(app, platform, lived.sleepers, expect);
  const cards = (await app.look((tx) => tx.card.list({ accountId: feishuId ?? '' }))).filter(({ kind }) =>
    OF_A_TALK.includes(kind),
  );
  expect('cards without a message', cards.filter(({ messageId }) => messageId === null).length, 0);
  const shown = company.deals.flatMap(({ sales }) => platform.cardsOf(sales).map(({ messageId }) => messageId));
  expect('cards on the platform', [...shown].sort(), cards.map(({ messageId }) => messageId).sort());

  const complaints = platform.journal.complaints.filter(({ kind }) => !DUE_TO_THE_KNOCKS.includes(kind));
  expect('complaints', complaints, []);
  const doubles = judgeSends(platform, expect);
  const stored = messages.length + elsewhere;
  const counts = { stored, stageChanges, cards: cards.length, doubles, ...quotes, elsewhere, alerts };
  return { faults, counts };
}

async function judgeDeal(app: App, platform: FeishuEmulator, deal: Deal, expect: Expect): Promise<number> {
  const { row, changes, cards } = await app.look(async (tx) => {
    const row = await tx.opportunity.get(deal.id);
    return {
      row,
      changes: await tx.stageChange.list({ opportunityId: deal.id }, { orderBy: 'opportunityVersion' }),
      cards: await tx.card.list({ staffId: row?.ownerId ?? '' }),
    };
  });
  const moves = changes.map(({ toStage, cause }) => `${toStage}:${cause}`);
  expect(`moves of ${deal.name}`, moves, MOVES);
  expect(`${deal.name} itself`, [row?.stage, row?.version], ['fulfilling', MOVES.length + 1]);
  expect(`cards of ${deal.name}`, cards.map(({ kind }) => kind).sort(), ['ask', 'digest']);
  const faces = platform.cardsOf(deal.sales).map(({ text }) => text);
  expect(`cards ${deal.name} sees`, faces.length, CARDS_PER_DEAL);
  const digest = faces.find((text) => text.includes('订单执行')) ?? '';
  expect(`the digest of ${deal.name} shows the last move`, digest !== '', true);
  return changes.length;
}

/** Each key went to one receiver; what was sent more often than once was sent under the same key. */
function judgeSends(platform: FeishuEmulator, expect: Expect): number {
  const receivers = new Map<string, Set<string>>();
  let calls = 0;
  for (const entry of platform.journal.entries) {
    if (entry.kind !== 'api' || entry.method !== 'POST' || entry.path !== '/open-apis/im/v1/messages') continue;
    if (entry.code !== 0) continue;
    calls += 1;
    const { uuid = '', receive_id = '' } = entry.body as { uuid?: string; receive_id?: string };
    receivers.set(uuid, (receivers.get(uuid) ?? new Set()).add(receive_id));
  }
  expect('sends without a key', receivers.has(''), false);
  expect('keys used for two receivers', [...receivers.values()].filter(({ size }) => size > 1).length, 0);
  return calls - receivers.size;
}
