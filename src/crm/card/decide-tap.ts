/** A tap on a card: who taps, may they, is it still open, and what it does. All in one transaction, answered at once. */
import type { CardTap, TapAnswer } from '../../channel/event.ts';
import type { CardActionRow, CardRow } from '../rows/cards.ts';
import type { StaffRow } from '../rows/people.ts';
import { findStaff } from '../staff/known-staff.ts';
import { mayTakeFrom } from '../staff/rights.ts';
import type { Tx } from '../tx.ts';
import type { ActionContext, ActionResult } from './action.ts';
import { WORDS } from './faces/approval-face.ts';
import { drawCard } from './faces/draw-card.ts';
import { choiceName } from './faces/parts.ts';
import { shownAs } from './send-card.ts';
import { advanceAlerted, extendAlerted, followAlert } from './taps/alert-taps.ts';
import { agreeApproval, refuseApproval, remakeRefused } from './taps/approval-taps.ts';
import { chooseCustomer } from './taps/choose-customer.ts';
import { chooseDeal } from './taps/choose-deal.ts';
import { advanceAsked, changeStage, ignoreCard, loseDeal, undoMove } from './taps/deal-taps.ts';
import { adoptLead, attachLead, dropLead, ignoreChat, linkChat } from './taps/lead-taps.ts';
import { submitQuoteTapped } from './taps/submit-quote.ts';
import { anHourLater, daysAfter, finishTask, laterChosen, tomorrowMorning } from './taps/task-taps.ts';

const HANDLERS: Readonly<Record<CardActionRow['kind'], (context: ActionContext) => Promise<ActionResult>>> = {
  advance: advanceAsked,
  ignore: ignoreCard,
  change_stage: changeStage,
  lose: loseDeal,
  undo: undoMove,
  choose_deal: chooseDeal,
  adopt_lead: adoptLead,
  attach_lead: attachLead,
  drop_lead: dropLead,
  link_chat: linkChat,
  ignore_chat: ignoreChat,
  choose_customer: chooseCustomer,
  agree: agreeApproval,
  refuse: refuseApproval,
  submit_quote: submitQuoteTapped,
  task_done: finishTask,
  task_later: laterChosen,
  task_hour: anHourLater,
  task_tomorrow: tomorrowMorning,
  task_days: daysAfter,
  remake: remakeRefused,
  alert_follow: followAlert,
  alert_advance: advanceAlerted,
  alert_extend: extendAlerted,
};

export async function decideTap(tx: Tx, accountId: string, tap: CardTap): Promise<TapAnswer> {
  const key = await tx.cardAction.get(tap.actionKey);
  // Two taps on one card, and a tap on a matter that is just being closed, go one after the other.
  const card = key && (await holdCard(tx, key));
  const action = await tx.cardAction.get(tap.actionKey);
  if (!action || !card) return refuse('这张卡片已经失效，请看最新的卡片。');
  // A matter above the day's cap is shown by the digest: that is the card that was tapped.
  const shown = await shownAs(tx, card);
  const staff = await findStaff(tx, accountId, tap.tapper);
  if (!staff?.active) return refuse('你还不是聊单里的同事，不能处理这张卡片。请联系管理员。');
  if (!(await mayTap(tx, staff, action))) {
    const owner = await tx.staff.get(action.staffId);
    return refuse(`这件事由${owner?.name ?? '负责人'}${isApproval(action) ? '审批' : '处理'}，你不能代为决定。`);
  }
  if (card.status === 'closed' || action.usedAt !== null)
    return { notice: info(card.outcome ?? '这一步已经处理过了。'), card: await drawCard(tx, shown) };
  if (tx.now > action.expiresAt)
    return { notice: warning('按钮已过期，不能再操作。'), card: await drawCard(tx, shown) };

  // The answer itself carries this card's new face: nothing else may update it meanwhile.
  tx.answering.cardId = shown.id;
  const result = await HANDLERS[action.kind]({
    tx,
    card,
    action,
    staff,
    choice: tap.values[choiceName(card, action.kind)] ?? '',
    words: tap.values[WORDS] ?? '',
  });
  if (!result.ok) return { notice: warning(result.notice), card: await drawCard(tx, shown) };
  await tx.cardAction.update({ id: action.id }, { usedAt: tx.now });
  if (result.closed !== null) await tx.card.update({ id: card.id }, { status: 'closed', outcome: result.closed });
  const now = await tx.card.get(shown.id);
  return { notice: { tone: 'success', text: result.notice }, card: await drawCard(tx, now ?? shown) };
}

const isApproval = ({ kind }: CardActionRow): boolean => kind === 'agree' || kind === 'refuse';

/** An approval is decided by whoever it names, not by those above them. */
async function mayTap(tx: Tx, staff: StaffRow, action: CardActionRow): Promise<boolean> {
  return isApproval(action) ? staff.id === action.staffId : mayTakeFrom(tx, staff, action.staffId);
}

/** The approval before its cards, as everybody does who takes both: two taps at one step, on two cards, then wait and do not deadlock. */
async function holdCard(tx: Tx, action: CardActionRow): Promise<CardRow | null> {
  if (isApproval(action)) await tx.approval.hold(action.targetId ?? '');
  // Likewise the clock that an alert is about: the tap ends it on the cards of others.
  if (action.kind.startsWith('alert_')) await tx.stageClock.hold(action.targetId ?? '');
  return tx.card.hold(action.cardId);
}

function refuse(text: string): TapAnswer {
  return { notice: { tone: 'error', text }, card: null };
}

const info = (text: string) => ({ tone: 'info' as const, text });
const warning = (text: string) => ({ tone: 'warning' as const, text });
