/** What DingTalk's side of the desk works with: the platform, its people, and what only the desk knows of their words. */
import type { DingtalkEmulator } from '../../dingtalk/index.ts';
import type { DingtalkCompany } from '../../dingtalk-company.ts';
import type { DeskState } from '../state.ts';

export interface Scene {
  readonly platform: DingtalkEmulator;
  readonly company: DingtalkCompany;
  readonly state: DeskState;
  /** Messages that were said with @. */
  readonly addressed: Set<string>;
}

export const nameIn = ({ platform: { world } }: Scene, id: string): string => world.people.get(id)?.name ?? '同事';

export const botIn = ({ platform: { world } }: Scene): string => world.bot.name;
