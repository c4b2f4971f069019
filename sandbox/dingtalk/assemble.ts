/** Puts the parts of the emulator together. */
import { createSandboxClock } from '../platform/clock.ts';
import { createJournal } from '../platform/journal.ts';
import { createPictures } from '../platform/pictures.ts';
import { createRandom } from '../platform/random.ts';
import { createCards } from './cards/cards.ts';
import type { Journal } from './complaints.ts';
import type { Core } from './core.ts';
import { createDeliveries } from './deliveries.ts';
import { createEventWriter } from './events.ts';
import { createMisbehaviour } from './misbehaviour.ts';
import { type DingtalkEmulatorOptions, resolveOptions, SCOPES } from './options.ts';
import { createMonthlyQuota } from './quota.ts';
import { createSessions } from './robot/sessions.ts';
import { createGateway } from './stream/gateway.ts';
import { createTokens } from './tokens.ts';
import { createWorld } from './world.ts';

export function assemble(given: DingtalkEmulatorOptions): Core {
  const options = resolveOptions(given);
  const random = createRandom(given.seed);
  const clock = createSandboxClock(given.now ?? Date.now, given.selfRunning ?? given.now === undefined);
  const { now } = clock;
  const journal: Journal = createJournal(now);
  const { companyName, botName } = options;
  const misbehaviour = createMisbehaviour();
  const gateway = createGateway({ options, random, journal, now, misbehaviour });
  const { callbackUrl = null, origin = 'http://127.0.0.1' } = given;
  return {
    options,
    clock,
    random,
    journal,
    misbehaviour,
    gateway,
    world: createWorld({ random, now, companyName, botName, changed: journal.touch }),
    deliveries: createDeliveries({ options, callbackUrl, clock, random, journal, misbehaviour, gateway }),
    events: createEventWriter({ options, random, now }),
    tokens: createTokens({ options, random, journal, now }),
    quota: createMonthlyQuota({ openApi: options.openApiPerMonth, stream: options.streamPerMonth }, now),
    grants: { scopes: new Set(given.scopes ?? SCOPES), published: true },
    sessions: createSessions(random),
    pictures: createPictures(() => `@${random.bytes(18).toString('base64url')}`),
    cards: createCards(),
    cardRoutes: new Map(),
    origin: typeof origin === 'string' ? () => origin : origin,
  };
}
