/** What a command comes to: done with an answer, or refused with a reason in Chinese. */
import type { CommandAnswer } from './view.ts';

export type Outcome =
  | { readonly ok: true; readonly answer: CommandAnswer }
  | { readonly ok: false; readonly status: 400 | 404 | 409; readonly message: string };

export const done = (answer: CommandAnswer): Outcome => ({ ok: true, answer });
export const refuse = (status: 400 | 404 | 409, message: string): Outcome => ({ ok: false, status, message });
