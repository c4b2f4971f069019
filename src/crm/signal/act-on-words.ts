/** From a stored message to its consequence: detect, find the matter it is about, act or ask which deal is meant. */
import { openCard } from '../card/open-card.ts';
import { refreshCard } from '../card/send-card.ts';
import { openLead } from '../lead/convert-lead.ts';
import { LOST } from '../opportunity/pipeline.ts';
import type { OpportunityRow } from '../rows/deals.ts';
import type { ChatRow, MessageRow, PendingFinding } from '../rows/words.ts';
import type { Tx } from '../tx.ts';
import { actOnFindings } from './act-on-findings.ts';
import { pendingFinding, recordDecision } from './record-decision.ts';

export interface Words {
  readonly accountId: string;
  readonly chat: ChatRow;
  readonly message: MessageRow;
  /** The last messages before it, oldest first. */
  readonly recent: readonly MessageRow[];
}

export async function actOnWords(tx: Tx, words: Words): Promise<void> {
  const { chat, message } = words;
  const deals = chat.customerId === null ? [] : await tx.queries.openOpportunities(chat.customerId);
  const stage = (theDeal(chat, deals) ?? deals[0])?.stage;
  const found = tx.active.detector.detect({
    speaker: message.speaker,
    text: message.text,
    recent: words.recent.map(({ speaker, text }) => ({ speaker, text })),
    ...(stage === undefined ? {} : { stage }),
  });
  if (found.length === 0) return;
  const { text, speakerName, id: messageId } = message;
  const findings = found.map((finding) => pendingFinding(finding, { text, speakerName, messageId }));
  await actOnMatter(tx, { accountId: words.accountId, chat, findings });
}

/** Acts on findings whose chat is known: on its lead, its one deal, the remembered deal, or asks which. */
export async function actOnMatter(
  tx: Tx,
  input: { readonly accountId: string; readonly chat: ChatRow; readonly findings: readonly PendingFinding[] },
): Promise<void> {
  const { accountId, chat, findings } = input;
  if (chat.leadId !== null) {
    const lead = await openLead(tx, chat.leadId);
    if (lead) return void (await actOnFindings(tx, { matter: { lead }, findings, accountId, chatId: chat.id }));
    // Somebody has just decided about it: the words belong where the chat belongs now.
    const now = await tx.chat.get(chat.id);
    if (now && now.leadId !== chat.leadId) await actOnMatter(tx, { ...input, chat: now });
    return;
  }
  if (chat.customerId === null) return;
  const deals = await tx.queries.openOpportunities(chat.customerId);
  const deal = theDeal(chat, deals);
  if (deal) {
    await actOnFindings(tx, { matter: { opportunity: deal }, findings, accountId, chatId: chat.id });
    return;
  }
  const customer = await tx.customer.get(chat.customerId);
  const staffId = deals[0]?.ownerId ?? customer?.ownerId;
  // A customer without an open deal who only asks around is not yet a new deal.
  const worthAsking =
    deals.length > 0 || findings.some((finding) => finding.verdict === 'advance' && finding.signal !== LOST);
  if (staffId !== undefined && worthAsking) await askWhich(tx, input, staffId);
  const outcome = worthAsking ? 'asked_deal' : 'no_deal';
  for (const finding of findings)
    await recordDecision(tx, finding, outcome, { chatId: chat.id, opportunityId: null, leadId: null });
}

function theDeal(chat: ChatRow, deals: readonly OpportunityRow[]): OpportunityRow | null {
  if (deals.length === 1) return deals[0] ?? null;
  return deals.find((deal) => deal.id === chat.opportunityId) ?? null;
}

/** One question per chat at a time: words that come while it is open join it. */
async function askWhich(
  tx: Tx,
  input: { readonly accountId: string; readonly chat: ChatRow; readonly findings: readonly PendingFinding[] },
  staffId: string,
): Promise<void> {
  const subject = `which:${input.chat.id}`;
  const known = await tx.card.find({ subject, status: 'open' });
  const open = known && (await tx.card.hold(known.id));
  if (open?.status === 'open') {
    const pending = open.data.pending ?? [];
    const fresh = input.findings.filter((finding) => !pending.some(({ signal }) => signal === finding.signal));
    if (fresh.length === 0) return;
    await tx.card.update({ id: open.id }, { data: { ...open.data, pending: [...pending, ...fresh] } });
    await refreshCard(tx, open);
  } else {
    await openCard(tx, {
      kind: 'which_deal',
      staffId,
      accountId: input.accountId,
      subject,
      data: { chatId: input.chat.id, pending: [...input.findings] },
      actions: [{ kind: 'choose_deal' }, { kind: 'ignore' }],
    });
  }
}
