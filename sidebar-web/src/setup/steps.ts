/** The steps of set-up, in the order in which they are walked, and how far each of them is. */
import type { SetupView } from './api.ts';
import { setupWords } from './words.ts';

export type StepName = 'code' | 'company' | 'platforms' | 'people' | 'admins' | 'group' | 'finish';

export interface Step {
  readonly name: StepName;
  readonly title: string;
  /** `attention`: begun, and something is wrong. */
  readonly state: 'done' | 'open' | 'attention';
  readonly optional: boolean;
}

/** Every step behind the code, which nobody gives twice. */
const walked: readonly StepName[] = ['company', 'platforms', 'people', 'admins', 'group', 'finish'];

export function stepsOf(setup: SetupView | null): readonly Step[] {
  return (['code', ...walked] as const).map((name) => ({
    name,
    title: setupWords.steps[name],
    state: setup ? stateOf(name, setup) : 'open',
    optional: name === 'group',
  }));
}

function stateOf(name: StepName, { company, policyFixed, platforms, people, admins, supervisorsGroup }: SetupView) {
  const done = (yes: boolean) => (yes ? 'done' : 'open');
  switch (name) {
    case 'code':
      return 'done';
    case 'company':
      return done(company.name !== '' && (company.trade !== null || policyFixed));
    case 'platforms':
      if (platforms.some(({ status }) => status === 'failed')) return 'attention';
      return done(platforms.some(({ status }) => status === 'ready' || status === 'degraded'));
    case 'people':
      return done(people.staff > 0 && people.sync?.status !== 'running');
    case 'admins':
      return done(admins.length > 0);
    case 'group':
      return done(supervisorsGroup !== null);
    case 'finish':
      return 'open';
  }
}

/** What an address names: a step, or a platform's form inside its step. */
export function stepAt(id: string | null, setup: SetupView | null): StepName {
  const named = walked.find((name) => name === id);
  if (named) return named;
  if (setup?.platforms.some(({ name }) => name === id)) return 'platforms';
  return stepsOf(setup).find(({ name, state }) => name !== 'code' && state !== 'done')?.name ?? 'finish';
}

export const stepAfter = (name: StepName): StepName => walked[walked.indexOf(name) + 1] ?? 'finish';
