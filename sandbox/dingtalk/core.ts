/** What every part of the emulator works with. */
import type { SandboxClock } from '../platform/clock.ts';
import type { Pictures } from '../platform/pictures.ts';
import type { Random } from '../platform/random.ts';
import type { Cards } from './cards/cards.ts';
import type { Journal } from './complaints.ts';
import type { Deliveries } from './deliveries.ts';
import type { CardCallbackAddress, EventWriter } from './events.ts';
import type { MisbehaviourState } from './misbehaviour.ts';
import type { ResolvedOptions } from './options.ts';
import type { MonthlyQuota } from './quota.ts';
import type { Sessions } from './robot/sessions.ts';
import type { Gateway } from './stream/gateway.ts';
import type { Tokens } from './tokens.ts';
import type { World } from './world.ts';

export interface Core {
  readonly options: ResolvedOptions;
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly journal: Journal;
  readonly world: World;
  readonly misbehaviour: MisbehaviourState;
  readonly gateway: Gateway;
  readonly deliveries: Deliveries;
  readonly events: EventWriter;
  readonly tokens: Tokens;
  readonly quota: MonthlyQuota;
  readonly grants: Grants;
  readonly sessions: Sessions;
  readonly pictures: Pictures;
  readonly cards: Cards;
  /** Where HTTP card callbacks go, by route key. */
  readonly cardRoutes: Map<string, CardCallbackAddress>;
  /** Where the product reaches us. */
  origin(): string;
}

/** What an administrator allowed, changeable at any time. */
export interface Grants {
  readonly scopes: Set<string>;
  /** The app's version is published; before that, messages tell no staffId. */
  published: boolean;
}
