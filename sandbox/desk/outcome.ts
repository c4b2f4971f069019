/** What a command works on and what it comes to: done with an answer, or refused with a reason in Chinese. */
import type { Sandbox } from '../start.ts';
import type { DeskState } from './state.ts';
import type { CommandAnswer } from './view.ts';

export interface Desk {
  readonly sandbox: Sandbox;
  readonly state: DeskState;
}

export type Outcome =
  | { readonly ok: true; readonly answer: CommandAnswer }
  | { readonly ok: false; readonly status: 400 | 404 | 409; readonly message: string };

export const done = (answer: CommandAnswer): Outcome => ({ ok: true, answer });
export const refuse = (status: 400 | 404 | 409, message: string): Outcome => ({ ok: false, status, message });
