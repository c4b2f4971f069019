/** What every part of the emulator works with. */
import type { SandboxClock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { Journal } from './complaints.ts';
import type { Deliveries } from './deliveries.ts';
import type { EventWriter } from './events.ts';
import type { MisbehaviourState } from './misbehaviour.ts';
import type { ResolvedOptions } from './options.ts';
import type { ResponseCodes } from './response-codes.ts';
import type { Tokens } from './tokens.ts';
import type { World } from './world.ts';

export interface Core {
  readonly options: ResolvedOptions;
  readonly clock: SandboxClock;
  readonly random: Random;
  readonly journal: Journal;
  readonly world: World;
  readonly misbehaviour: MisbehaviourState;
  readonly deliveries: Deliveries;
  readonly events: EventWriter;
  readonly tokens: Tokens;
  readonly responseCodes: ResponseCodes;
  readonly grants: Grants;
}

/** What an administrator allowed, changeable at any time. */
export interface Grants {
  /** Our app is listed in 客户联系 → 可调用接口的应用. */
  customerContact: boolean;
  /** The visible range is the whole company; group calls need it. */
  wholeCompany: boolean;
  /** The app is in use; an idle one loses its rights (48006). */
  active: boolean;
  /** 企业可信IP; empty: every address may call. */
  trustedIps: readonly string[];
}
