/** From a one-time code of the platform's client to a session of the colleague behind it. */
import type { Channel } from '../../channel/channel.ts';
import type { StaffRow } from '../../crm/rows/people.ts';
import { findStaff } from '../../crm/staff/known-staff.ts';
import type { Tx } from '../../crm/tx.ts';
import type { SignInRefusal } from '../contract/session.ts';
import { IDLE_MS, type SessionContext } from './require-staff.ts';
import { newToken, sessionId } from './token.ts';

export interface SignInContext extends SessionContext {
  readonly channels: readonly { readonly accountId: string; readonly channel: Channel }[];
  /** A look at the company's committed rows. */
  look<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

export type SignInResult =
  | { readonly ok: true; readonly token: string; readonly staff: StaffRow }
  | { readonly ok: false; readonly reason: SignInRefusal };

/**
 * Only colleagues we know get in: by the company's address book, or because they wrote to the bot. Whoever is merely
 * inside the platform's company (a cleaner, a guest account) is not made a colleague by opening a page. `webReturn`: the
 * code is of the platform's web login and came back to this address.
 */
export async function signInStaff(
  context: SignInContext,
  platform: string,
  code: string,
  webReturn: string | null = null,
): Promise<SignInResult> {
  const { channels, sessions, tenantId, look, now } = context;
  const found = channels.find(({ channel }) => channel.platform === platform);
  const signIn = webReturn === null ? found?.channel.signIn : found?.channel.webLogin?.signIn;
  if (!found || !signIn) return { ok: false, reason: 'not_connected' };
  const { accountId } = found;
  const answer = await signIn(code, webReturn ?? '');
  if (!answer.ok) return answer;
  if (!answer.person.internal) return { ok: false, reason: 'sign_in' };
  const staff = await look((tx) => findStaff(tx, accountId, answer.person));
  if (!staff) return { ok: false, reason: 'stranger' };
  if (!staff.active) return { ok: false, reason: 'inactive' };
  const [token, at] = [newToken(), now()];
  const row = {
    tenantId,
    id: sessionId(token),
    staffId: staff.id,
    accountId,
    signedInAt: at,
    createdAt: at,
    expiresAt: at + IDLE_MS,
  };
  await sessions.create(row);
  return { ok: true, token, staff };
}
