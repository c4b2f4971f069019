/** What saving a callback address in the console does: a sealed `check_url` event that must be answered like any other. */
import type { Core } from '../core.ts';
import type { Flaws } from '../misbehaviour.ts';
import { sealPush } from './push-body.ts';
import { judgeReply } from './success-reply.ts';

export type CallbackCheck = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export async function checkCallback(
  { options, random, clock, deliveries }: Core,
  flaws?: Flaws,
): Promise<CallbackCheck> {
  if (deliveries.callbackUrl() === null) return { ok: false, reason: 'no_callback_url' };
  const context = { options, random, now: clock.now };
  const outcome = judgeReply(await deliveries.post(sealPush({ EventType: 'check_url' }, context, flaws)), options);
  return outcome.accepted ? { ok: true } : { ok: false, reason: outcome.reason ?? 'refused' };
}
