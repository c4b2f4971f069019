/** Calls that only a signed-in colleague may make: signs in first where nobody is, and once more when a session has ended. */
import { type Asked, ask } from './ask.ts';
import { ensureSession } from './session.ts';

/** Whether a session was there when last asked: a call more for a page that was just loaded, none afterwards. */
let sure = false;

/** Somebody is signed in, as far as we know; if not, the problem in the words of the client. */
export async function beSignedIn(): Promise<Asked<null>> {
  if (sure) return { ok: true, value: null };
  const session = await ensureSession();
  sure = session.ok;
  return session.ok ? { ok: true, value: null } : session;
}

/** Like `ask`; a refused sign-in is the problem. */
export async function askSignedIn<T>(path: string, body?: unknown, method?: string): Promise<Asked<T>> {
  if (sure) {
    const first = await ask<T>(path, body, method);
    if (first.ok || first.problem.status !== 401) return first;
    sure = false;
  }
  const session = await beSignedIn();
  return session.ok ? ask<T>(path, body, method) : session;
}
