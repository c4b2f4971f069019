/** Taps on an alert: 我来跟进, 推进, 延期. What they do ends the alert on everybody's card, so no card is closed here. */
import { extensionMs, moment } from '../../alert/words.ts';
import { HOUR_MS } from '../../calendar/spans.ts';
import { extendClock, holdClock } from '../../clock/hold-clock.ts';
import { stageIndex } from '../../opportunity/pipeline.ts';
import { mayTakeFrom, mayWorkOn } from '../../staff/rights.ts';
import type { ActionContext, ActionResult } from '../action.ts';
import { advanceAsked } from './deal-taps.ts';

const GONE = '这件事已经结束，不用再处理。';

/** Where a card changes only once, one with several matters still shows buttons of those that are over. */
const whileOpen =
  (act: (context: ActionContext) => Promise<ActionResult>) =>
  async (context: ActionContext): Promise<ActionResult> => {
    const { tx, action, card } = context;
    const alerts = await tx.alert.list({ cardId: card.id, clockId: action.targetId ?? '' });
    if (alerts.some(({ state }) => state === 'shown')) return act(context);
    return { ok: false, notice: alerts[0]?.outcome ? `${alerts[0].outcome}，不用再处理。` : GONE };
  };

export const followAlert = whileOpen(follow);
export const advanceAlerted = whileOpen(advance);
export const extendAlerted = whileOpen(extend);

/** Nothing more is told for as long as the policy says; the others' cards say who is at it. */
async function follow({ tx, action, staff }: ActionContext): Promise<ActionResult> {
  const { working, policy, calendar } = tx.active;
  const until = working.after(tx.now, policy.alerts.followHours * HOUR_MS);
  const held = await holdClock(tx, action.targetId ?? '', staff.id, until);
  if (!held.ok) return { ok: false, notice: GONE };
  return { ok: true, notice: `好的，${moment(calendar, tx.now, until)}前不再提醒`, closed: null };
}

/** One stage on, as 推进 on any other card does it: what is missing keeps it where it is and is said. */
async function advance(context: ActionContext): Promise<ActionResult> {
  const { tx, action, card } = context;
  const { pipeline } = tx.active.policy;
  const deal = await tx.opportunity.get(action.targetId ?? '');
  const next = deal?.status === 'open' ? pipeline.stages[stageIndex(pipeline, deal.stage) + 1] : undefined;
  if (!deal || !next) return { ok: false, notice: GONE };
  if (!(await mayMove(context, deal.customerId, deal.ownerId)))
    return { ok: false, notice: '这个商机由别的同事负责，你不能推进。' };
  const data = { opportunityId: deal.id, toStage: next.key };
  const moved = await advanceAsked({ ...context, card: { ...card, data } });
  return moved.ok ? { ...moved, closed: null } : moved;
}

async function extend(context: ActionContext): Promise<ActionResult> {
  const { tx, action, staff, choice } = context;
  const { policy, calendar } = tx.active;
  const { times, maxDays, reasons } = policy.alerts.extend;
  if (!reasons.includes(choice)) return { ok: false, notice: '请先选一个延期的理由。' };
  const clock = await tx.stageClock.get(action.targetId ?? '');
  const subject = clock && ((await tx.opportunity.get(clock.id)) ?? (await tx.lead.get(clock.id)));
  if (!clock || !subject) return { ok: false, notice: GONE };
  if (!(await mayMove(context, clock.customerId, subject.ownerId)))
    return { ok: false, notice: '这件事由别的同事负责，请他延期。' };
  const extended = await extendClock(tx, clock.id, staff.id, {
    workingMs: extensionMs(policy, clock.stage),
    reason: choice,
  });
  if (extended.ok) {
    const until = extended.dueAt === null ? '' : `到 ${moment(calendar, tx.now, extended.dueAt)}`;
    const more = extended.left > 0 ? `，还能延 ${extended.left} 次` : '，不能再延了';
    return { ok: true, notice: `已延期${until}${more}`, closed: null };
  }
  const why = {
    gone: GONE,
    no_limit: '这个阶段没有时限，不用延期。',
    nothing: '这个阶段没有时限，不用延期。',
    too_long: `每次最多延 ${maxDays} 个工作日。`,
    too_often:
      times === 0 ? '按公司的规定不能延期，请跟进或推进。' : `这个阶段最多延期 ${times} 次，已经用完，请跟进或推进。`,
  } as const;
  return { ok: false, notice: why[extended.reason] };
}

/** An alert also goes to people who only know of the customer. */
async function mayMove({ tx, staff }: ActionContext, customerId: string | null, ownerId: string): Promise<boolean> {
  const customer = customerId === null ? null : await tx.customer.get(customerId);
  return customer ? mayWorkOn(tx, staff, customer) : mayTakeFrom(tx, staff, ownerId);
}
