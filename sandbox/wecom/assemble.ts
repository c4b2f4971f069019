/** Puts the emulator's parts together. */
import { createSandboxClock } from '../platform/clock.ts';
import { createJournal } from '../platform/journal.ts';
import { createRandom } from '../platform/random.ts';
import type { Journal } from './complaints.ts';
import type { Core } from './core.ts';
import { createDeliveries } from './deliveries.ts';
import { createEventWriter, type OutgoingEvent } from './events.ts';
import { createMisbehaviour } from './misbehaviour.ts';
import { resolveOptions, type WecomEmulatorOptions } from './options.ts';
import type { PassiveReply } from './passive-reply.ts';
import { createResponseCodes } from './response-codes.ts';
import { appChat } from './sent.ts';
import { createTokens } from './tokens.ts';
import { createWorld } from './world.ts';
import { readElement } from './xml.ts';

export function assemble(given: WecomEmulatorOptions): Core {
  const options = resolveOptions(given);
  const random = createRandom(given.seed);
  const clock = createSandboxClock(given.now ?? Date.now, given.selfRunning ?? given.now === undefined);
  const { now } = clock;
  const journal: Journal = createJournal(now);
  const world = createWorld({ random, now, changed: journal.touch });
  const misbehaviour = createMisbehaviour();
  const callbackUrl = given.callbackUrl ?? null;

  /** A text is shown to the person; card updates are not: the documents contradict themselves about them (wecom.md §2.4). */
  function replied({ eventType }: OutgoingEvent, reply: PassiveReply): void {
    const content = readElement(reply.xml, 'Content');
    if (reply.type !== 'text' || content === null || !world.members.has(reply.toUserName)) {
      journal.complain('bad_reply', `${eventType}: a reply of type ${reply.type} that nobody sees`);
      return;
    }
    const sender = { kind: 'app' as const, id: String(options.agentId) };
    world.addMessage({ chatId: appChat(core, reply.toUserName).chatId, sender, type: 'text', body: { content } });
  }

  const core: Core = {
    options,
    clock,
    random,
    journal,
    world,
    misbehaviour,
    deliveries: createDeliveries({ options, callbackUrl, clock, random, journal, misbehaviour, replied }),
    events: createEventWriter({ options, random, now }),
    tokens: createTokens({ options, random, journal, now }),
    responseCodes: createResponseCodes(random, now),
    grants: { customerContact: true, wholeCompany: true, active: true, trustedIps: options.trustedIps },
  };
  return core;
}
