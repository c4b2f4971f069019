/** Signing in on a page, and who is signed in. */
import { z } from 'zod';
import { person } from './common.ts';

/** `POST /api/session`: the one-time code that the platform's client gave the page. */
export const signInBody = z.strictObject({ platform: z.string().min(1).max(20), code: z.string().min(1).max(4096) });

/**
 * `GET /api/session` and the answer to a sign-in. Nobody is `null` and no error: a page asks this before anybody has
 * signed in, and browsers note every 401 as a fault of the page.
 */
export const session = z.object({
  staff: person.extend({ role: z.enum(['sales', 'manager', 'admin']) }).nullable(),
  /** Nobody: the platforms whose login an ordinary browser can use, at `/app/enter/<platform>?via=web&to=<page>`. */
  logins: z.array(z.string()).readonly(),
});
export type SessionView = z.infer<typeof session>;

/**
 * Why nobody was signed in: the code of a refused `POST /api/session`, and `entered` in the address of a page that came
 * back from the platform. `not_connected` · `sign_in`: code unknown, used or not of our company · `stranger`: the company
 * knows them and we do not · `inactive`: has left · `too_many`: tried too often · `unavailable`: the platform is silent.
 */
export type SignInRefusal = 'not_connected' | 'sign_in' | 'stranger' | 'inactive' | 'too_many' | 'unavailable';
