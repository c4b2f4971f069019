/** Events on their way to the product, by webhook or long connection, on this platform's retry schedule. */
import { type CallbackAddress, createCallbackAddress } from '../platform/callback-address.ts';
import type { SandboxClock } from '../platform/clock.ts';
import * as platform from '../platform/deliveries.ts';
import { splitPoint } from '../platform/http-push.ts';
import type { Random } from '../platform/random.ts';
import type { Journal } from './complaints.ts';
import type { Envelope, OutgoingEvent } from './events.ts';
import type { LongConnection } from './long-connection.ts';
import { type Flaws, type MisbehaviourState, mustBeRefused } from './misbehaviour.ts';
import { RETRY_DELAYS_MS, type ResolvedOptions } from './options.ts';
import { sealPush } from './push-body.ts';

export type Deliveries = platform.Deliveries<OutgoingEvent, Flaws> & CallbackAddress;

export function createDeliveries(setup: {
  options: ResolvedOptions;
  callbackUrl: string | null;
  clock: SandboxClock;
  random: Random;
  journal: Journal;
  misbehaviour: MisbehaviourState;
  longConnection: LongConnection;
}): Deliveries {
  const { options, clock, random, journal, misbehaviour, longConnection } = setup;
  const seal = { encryptKey: options.encryptKey, random, now: clock.now };
  const address = createCallbackAddress(setup.callbackUrl, options.deadlineMs);

  function prepare(event: OutgoingEvent, flaws: Flaws): platform.PreparedPush {
    const envelope = bent(event.envelope, flaws, random);
    if (options.mode === 'websocket') {
      const payload = Buffer.from(JSON.stringify(envelope));
      const push = () => longConnection.push(random.hex(32), payload, flaws);
      return { first: push, again: push };
    }
    const sealed = sealPush(envelope, seal, flaws);
    const splitAt = flaws.splitBody ? splitPoint(sealed.body) : null;
    return { first: () => address.post(sealed, { splitAt }), again: () => address.post(sealed) };
  }

  const deliveries = platform.createDeliveries<OutgoingEvent, Flaws>({
    clock,
    journal,
    transport: options.mode,
    deadlineMs: options.deadlineMs,
    retryDelaysMs: RETRY_DELAYS_MS.map((delay) => delay / options.retryTimeScale),
    prepare,
    takeFlaws: () => misbehaviour.takeFlaws() ?? {},
    mustBeRefused,
  });
  return {
    ...deliveries,
    ...address,
    close() {
      deliveries.close();
      address.close();
    },
  };
}

/** The envelope with the lies that the flaws ask for. */
function bent(envelope: Envelope, flaws: Flaws, random: Random): Envelope {
  const header = {
    ...envelope.header,
    ...(flaws.wrongToken && { token: random.hex(32) }),
    ...(flaws.wrongTenant && { tenant_key: random.hex(16) }),
    ...(flaws.wrongApp && { app_id: `cli_${random.hex(16)}` }),
  };
  return { ...envelope, header };
}
