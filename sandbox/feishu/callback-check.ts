/** What saving a callback address in the console does: a challenge that must come back within a second. */
import { Agent } from 'node:http';
import { postPush } from '../platform/http-push.ts';
import type { Core } from './core.ts';
import type { Flaws } from './misbehaviour.ts';
import { sealPush } from './push-body.ts';

const CHALLENGE_MS = 1000;

export type CallbackCheck = { readonly ok: true } | { readonly ok: false; readonly reason: string };

/** Sends `url_verification` (encrypted when a key is set, never signed) and compares the echo. */
export async function checkCallback(core: Core, flaws: Flaws = {}): Promise<CallbackCheck> {
  const { options, random, deliveries, clock } = core;
  const url = deliveries.callbackUrl();
  if (url === null) return { ok: false, reason: 'no_callback_url' };
  const challenge = random.hex(32);
  const token = flaws.wrongToken ? random.hex(32) : options.verificationToken;
  const seal = { encryptKey: options.encryptKey, random, now: clock.now };
  const push = sealPush({ challenge, token, type: 'url_verification' }, seal, { ...flaws, missingSignature: true });
  const agent = new Agent();
  const outcome = await postPush(url, push, { agent, deadlineMs: CHALLENGE_MS });
  agent.destroy();
  if (!outcome.accepted) return { ok: false, reason: outcome.reason ?? 'refused' };
  try {
    const echo = (JSON.parse(outcome.answer) as { challenge?: unknown }).challenge;
    return echo === challenge ? { ok: true } : { ok: false, reason: 'wrong_challenge' };
  } catch {
    return { ok: false, reason: 'not_json' };
  }
}
