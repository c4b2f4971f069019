/** The calls of the set-up page, typed by the server's contract. */
import type {
  SetupCompanyBody,
  SetupFindingView,
  SetupPeopleView,
  SetupPlatformBody,
  SetupView,
} from '../../../src/http/contract/setup.ts';
import { askSetup, callSetup, problemOf, type SetupProblem, unreachable } from './ask-setup.ts';

export type {
  SetupFieldView,
  SetupFindingView,
  SetupPeopleView,
  SetupPlatformView,
  SetupView,
  Trade,
} from '../../../src/http/contract/setup.ts';
export type Colleague = SetupPeopleView['items'][number];

const part = encodeURIComponent;

export const setupApi = {
  read: () => askSetup<SetupView>(''),
  enter: (code: string) => askSetup<never>('enter', 'POST', { code }),
  company: (body: SetupCompanyBody) => askSetup<SetupView>('company', 'PUT', body),
  connect: (name: string, values: SetupPlatformBody['values']) =>
    askSetup<SetupView>(`platforms/${part(name)}`, 'PUT', { values }),
  disconnect: (name: string) => askSetup<SetupView>(`platforms/${part(name)}`, 'DELETE'),
  sync: () => askSetup<SetupView>('people/sync', 'POST', {}),
  people: (words: string) => askSetup<SetupPeopleView>(`people?q=${part(words)}`),
  admins: (staffIds: readonly string[]) => askSetup<SetupView>('admins', 'PUT', { staffIds }),
  finish: (greet: boolean) => askSetup<SetupView>('finish', 'POST', { greet }),
} as const;

/** Has a platform examined; each finding is handed on as soon as it is there. Resolves with what went wrong on the way, if anything. */
export async function runDoctor(
  name: string,
  to: string | null,
  found: (finding: SetupFindingView) => void,
  signal: AbortSignal,
): Promise<SetupProblem | null> {
  try {
    const path = `platforms/${part(name)}/doctor`;
    const response = await callSetup(path, 'POST', to === null ? {} : { to }, signal);
    if (!response.ok || !response.body) return await problemOf(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value = '' } = await reader.read();
      const lines = (rest + value).split('\n');
      rest = done ? '' : (lines.pop() ?? '');
      for (const line of lines) if (line.trim() !== '') found(JSON.parse(line) as SetupFindingView);
      if (done) return null;
    }
  } catch {
    return signal.aborted ? null : unreachable;
  }
}
