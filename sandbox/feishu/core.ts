/** What every part of the emulator works with. */
import type { SandboxClock } from '../platform/clock.ts';
import type { Pictures } from '../platform/pictures.ts';
import type { Random } from '../platform/random.ts';
import type { Journal } from './complaints.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventWriter } from './events.ts';
import type { LongConnection } from './long-connection.ts';
import type { MisbehaviourState } from './misbehaviour.ts';
import type { ResolvedOptions } from './options.ts';
import type { Tokens } from './tokens.ts';
import type { World } from './world.ts';

export interface Core {
  readonly options: ResolvedOptions;
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly journal: Journal;
  readonly world: World;
  readonly misbehaviour: MisbehaviourState;
  readonly longConnection: LongConnection;
  readonly deliveries: Deliveries;
  readonly events: EventWriter;
  readonly tokens: Tokens;
  readonly taps: Taps;
  readonly pictures: Pictures;
  readonly grants: Grants;
}

/** What an administrator allowed, changeable at any time. What the list says is not enforced on other calls. */
export interface Grants {
  readonly scopes: Set<string>;
}

/** State shared by tapping and card updates. */
export interface Taps {
  /** How many taps wait for an answer, by message. */
  readonly open: Map<string, number>;
  /** Update tokens (`c-…`) of card callbacks. */
  readonly tokens: Map<string, UpdateToken>;
}

export interface UpdateToken {
  readonly messageId: string;
  readonly issuedAt: number;
  answered: boolean;
  uses: number;
}
