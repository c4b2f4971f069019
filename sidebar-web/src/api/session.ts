/** Makes sure that somebody is signed in before a page asks for anything: by the session that is there, else by the client. */
import type { SessionView } from '../../../src/http/contract/session.ts';
import type { Bridge, BridgeRefusal } from '../bridge/bridge.ts';
import { clientHere, launch } from '../bridge/client.ts';
import { enterAddress } from '../bridge/enter-address.ts';
import { bridgeHere } from '../bridge/here.ts';
import { apiRoot, hrefOf } from '../router.ts';
import { sessionTrouble } from '../words-session.ts';
import { type Asked, ask, known, type Problem } from './ask.ts';
import { signedOut } from './signed-out.ts';

export type StaffView = NonNullable<SessionView['staff']>;

let opening: Promise<Asked<StaffView>> | null = null;

/**
 * Who is signed in; signs in where nobody is. All who ask at the same time share one sign-in. In WeCom the page may
 * leave for the platform and come back: the promise then never ends. Ask again after a 401, and when a person retries.
 */
export function ensureSession(): Promise<Asked<StaffView>> {
  opening ??= open().finally(() => {
    opening = null;
  });
  return opening;
}

async function open(): Promise<Asked<StaffView>> {
  const present = await ask<SessionView>('session');
  if (!present.ok) return present;
  if (present.value.staff) return { ok: true, value: present.value.staff };
  const bridge = await fetched();
  if (!bridge) return { ok: false, problem: known('chunk') };
  const code = await bridge.signInCode();
  // Feishu's client gives codes to pages that were registered one by one, which deep pages cannot be; its login can.
  if (!code.ok && code.reason === 'client' && bridge.platform === 'feishu' && !launch.has('entered')) {
    if (present.value.logins.includes('feishu')) {
      location.replace(enterAddress('feishu', true));
      return new Promise(() => undefined);
    }
  }
  if (!code.ok && code.reason === 'outside') signedOut.value = present.value.logins;
  if (!code.ok) return { ok: false, problem: refusal(code.reason) };
  const entered = await ask<SessionView>('session', { platform: bridge.platform, code: code.value });
  if (!entered.ok) return { ok: false, problem: inOwnWords(entered.problem) };
  return entered.value.staff ? { ok: true, value: entered.value.staff } : { ok: false, problem: refusal('no_cookies') };
}

/** Ends the session of this browser and goes to the front page, which then asks who one is. */
export async function signOut(): Promise<void> {
  const headers = { 'x-liaodan': '1' };
  const left = await fetch(new URL('session', apiRoot), { method: 'DELETE', headers }).catch(() => null);
  if (left?.ok) location.assign(hrefOf('today'));
  else location.reload();
}

const fetched = (): Promise<Bridge | null> => bridgeHere().catch(() => null);

/** The problem of a refusal of the client, in the words of this client. */
export const refusal = (reason: BridgeRefusal, status = 0): Problem => ({
  status,
  code: reason,
  ...sessionTrouble(clientHere(), reason),
});

const signInRefusals = ['not_connected', 'sign_in', 'stranger', 'inactive', 'too_many', 'unavailable'] as const;

function inOwnWords(problem: Problem): Problem {
  const reason = signInRefusals.find((code) => code === problem.code);
  return reason ? refusal(reason, problem.status) : problem;
}
