/** Puts the desk together: the platform's chats, what the CRM made of them, and the wire between the two. */
import type { Chat, FeishuEmulator, Message } from '../feishu/index.ts';
import type { Sandbox } from '../start.ts';
import { dealViews } from './deals.ts';
import { fateOf } from './fates.ts';
import { messageText, readCardOf, summaryOfCard } from './messages.ts';
import { type Rows, readRows } from './rows.ts';
import type { DeskState } from './state.ts';
import { suggestedLines } from './suggestions.ts';
import type { ChatView, DealView, DeskView, MatterView, MessageView, PersonView } from './view.ts';
import { wireLines } from './wire.ts';
import { COMPLAINTS, ROLES } from './words.ts';

const SHOWN_MESSAGES = 150;
const SHOWN_COMPLAINTS = 20;

export async function readView(sandbox: Sandbox, state: DeskState): Promise<DeskView> {
  const { platform, app, company } = sandbox;
  const rows = await readRows(app);
  const deals = dealViews(rows);
  const linesOf = suggestedLines(company);
  const byChat = Map.groupBy(platform.world.messages.values(), (message) => message.chatId);
  return {
    born: state.born,
    company: platform.options.companyName,
    botName: platform.world.bot.name,
    aheadMs: Math.round((sandbox.now() - Date.now()) / 1000) * 1000,
    transport: platform.options.mode,
    connections: platform.connections(),
    people: [...platform.world.people.values()].map((person): PersonView => {
      const title = person.internal ? titleOf(rows, person.openId) : null;
      return {
        id: person.openId,
        name: person.name,
        company: person.internal ? null : (state.companies.get(person.openId) ?? '外部公司'),
        title,
      };
    }),
    chats: [...platform.world.chats.values()]
      .filter((chat) => !chat.dissolved)
      .map((chat) => ({
        ...chatView(rows, deals, chat, platform),
        lines: linesOf(chat),
        messages: (byChat.get(chat.chatId) ?? [])
          .filter((message) => !message.deleted)
          .slice(-SHOWN_MESSAGES)
          .map((message) => messageView(rows, state, platform, chat, message)),
      })),
    stages: rows.active.policy.pipeline.stages.map(({ key, name }) => ({ key, name })),
    deals,
    wire: wireLines(platform),
    complaints: platform.journal.complaints
      .slice(-SHOWN_COMPLAINTS)
      .map(({ at, kind, detail }) => ({ at, text: COMPLAINTS[kind], detail })),
    tricks: { copies: state.copies, limit: state.limit },
  };
}

function titleOf(rows: Rows, openId: string): string | null {
  const identity = rows.staffIdentities.find(({ externalId }) => externalId === openId);
  return ROLES[rows.staff.get(identity?.staffId ?? '')?.role ?? ''] ?? null;
}

function chatView(
  rows: Rows,
  deals: readonly DealView[],
  chat: Chat,
  { world }: FeishuEmulator,
): Omit<ChatView, 'lines' | 'messages'> {
  const kind = chat.kind === 'p2p' ? 'direct' : chat.external ? 'customer' : 'team';
  return {
    id: chat.chatId,
    name: chat.name,
    kind,
    external: chat.external,
    botIn: chat.botIn,
    memberIds: [...chat.memberIds].filter((id) => world.people.has(id)),
    matter: kind === 'direct' ? staffMatter(deals, chat) : chatMatter(rows, deals, chat),
  };
}

/** A colleague's private chat is about the deals they own. */
function staffMatter(deals: readonly DealView[], chat: Chat): MatterView {
  const own = deals.filter((deal) => deal.ownerName === chat.name && deal.status === 'open');
  const dealIds = own.map(({ id }) => id);
  return { kind: 'staff', name: chat.name, ownerName: chat.name, dealIds, chosenDealId: null };
}

function chatMatter(rows: Rows, deals: readonly DealView[], chat: Chat): MatterView {
  const row = rows.chats.find(({ externalId }) => externalId === chat.chatId);
  const nameOf = (id: string | undefined) => rows.staff.get(id ?? '')?.name ?? null;
  const none = { dealIds: [], chosenDealId: null };
  if (row?.ignored) return { kind: 'ignored', name: null, ownerName: null, ...none };
  const customer = rows.customers.get(row?.customerId ?? '');
  if (row && customer) {
    const shown = new Set(deals.map(({ id }) => id));
    const own = rows.deals.filter(({ customerId, id }) => customerId === customer.id && shown.has(id));
    return {
      kind: 'customer',
      name: customer.name,
      ownerName: nameOf(customer.ownerId),
      dealIds: own.map(({ id }) => id),
      chosenDealId: row.opportunityId,
    };
  }
  const lead = rows.leads.get(row?.leadId ?? '');
  if (lead) return { kind: 'lead', name: lead.name, ownerName: nameOf(lead.ownerId), ...none };
  return { kind: 'none', name: null, ownerName: null, ...none };
}

function messageView(
  rows: Rows,
  state: DeskState,
  platform: FeishuEmulator,
  chat: Chat,
  message: Message,
): MessageView {
  const card = readCardOf(message);
  const text = card ? '' : messageText(message);
  const sender = message.sender.kind === 'person' ? platform.world.person(message.sender.openId) : null;
  return {
    id: message.messageId,
    from: sender?.openId ?? 'bot',
    at: message.createdAt,
    text,
    toBot: message.mentions.some(({ bot }) => bot),
    card,
    summary: card ? summaryOfCard(card) : text,
    updates: message.updates,
    fate:
      sender && !state.scenery.has(message.messageId)
        ? fateOf(rows, { chat, message, sender, text, delivery: state.deliveries.get(message.messageId) })
        : null,
  };
}
