/** The Feishu channel: one self-built app of one company, alive. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, ChannelContext, ChannelState, Platform } from '../../src/channel/channel.ts';
import { createAgent } from './agent.ts';
import { createClient } from './client.ts';
import { watchClock } from './clock-problem.ts';
import { createDeliver, updateWindowMs } from './deliver.ts';
import { createDoctor } from './doctor.ts';
import { createCardFollowUp } from './follow-up.ts';
import { guide } from './guide.ts';
import { createHandOver } from './hand-over.ts';
import { createIdentity } from './identity.ts';
import { createIntake } from './intake.ts';
import { createPages } from './jsapi.ts';
import { createLimiter } from './limiter.ts';
import { createLookup } from './lookup.ts';
import { createRecordReader } from './messages.ts';
import { normalise } from './normalise.ts';
import { readOrganisation } from './organisation-reader.ts';
import { applinkOf } from './page-address.ts';
import { createReceiver } from './receive.ts';
import { feishuForm } from './setting-form.ts';
import { type FeishuSettings, readFeishuSettings } from './settings.ts';
import { createSignIn, createWebLogin } from './sign-in.ts';
import { createStream } from './stream.ts';
import { createTapAnswerer } from './taps.ts';
import { createVerifier } from './verify.ts';
import { createWriters } from './writers.ts';

export type { FeishuSettings } from './settings.ts';

export const feishu: Platform<FeishuSettings> = {
  name: 'feishu',
  label: '飞书',
  form: feishuForm,
  readSettings: readFeishuSettings,
  connect,
};

/** 5 a second to one person or group, which all instances share (feishu.md §8.1); short of it, because others may write there, too. */
const perTarget = { burst: 3, everyMs: 350 } as const;

/** How long `start` waits for the first connection before it leaves the rest to the background. */
const startPatienceMs = 4_000;

function connect(settings: FeishuSettings, context: ChannelContext): Channel {
  const { inbound, now, log, publicUrl } = context;
  const agent = createAgent(settings.apiBase, settings.proxy);
  const client = createClient(settings, agent, context);
  const applink = applinkOf(settings.apiBase);
  const identity = createIdentity(client, inbound, log);
  const lookup = createLookup(client);
  const limiter = createLimiter(context.rates, now);
  const writers = createWriters(now);
  const patchLater = createCardFollowUp(client, limiter, writers, log);
  const intake = createIntake({
    appId: settings.appId,
    verificationToken: settings.verificationToken,
    inbound,
    answerTap: createTapAnswerer({ inbound, writers, patchLater, publicUrl, applink }),
    readRecord: createRecordReader(client, identity.ownId),
  });
  const { encryptKey, verificationToken } = settings;
  const webhook = settings.mode === 'webhook' && encryptKey !== null && verificationToken !== null;
  const watch = webhook ? watchClock(createVerifier({ encryptKey, verificationToken }, now)) : null;
  const stream = webhook ? null : createStream(settings, agent, intake, log);
  const signIn = createSignIn(client, settings, inbound);
  const ending = new AbortController();
  const deliver = createDeliver({ client, limiter, writers, lookup, now, publicUrl, applink });
  let life: 'new' | 'started' | 'stopped' = 'new';

  return {
    platform: feishu.name,
    appKey: settings.appId,
    paceOf: () => perTarget,
    cards: { updates: 'free', updatableForMs: updateWindowMs },
    contacts: null,
    organisation: () => readOrganisation({ client, limiter, ending: ending.signal }),
    callback: watch && createReceiver(watch.verify, intake, log),
    async start() {
      life = 'started';
      await Promise.all([
        Promise.race([identity.start(), sleep(startPatienceMs, undefined, { ref: false })]),
        stream?.start(startPatienceMs),
      ]);
    },
    async stop() {
      life = 'stopped';
      ending.abort();
      identity.stop();
      await stream?.stop();
      agent.destroy();
    },
    state: () =>
      describeState(settings.mode, life, [stream?.problem() ?? null, watch?.problem() ?? null, identity.problem()]),
    handOver: createHandOver({
      client,
      lookup,
      signIn,
      inbound,
      ownId: identity.ownId,
      now,
    }),
    signIn: (code) => signIn(code),
    webLogin: createWebLogin(settings, signIn),
    pages: createPages(client, settings, context),
    guide: () => (publicUrl === null ? { ...guide, openPage: null } : guide),
    normalise: (payload) => normalise(payload, identity.ownId()),
    deliver,
    doctor: createDoctor({ settings, client, agent, inbound, deliver, now }),
  };
}

/** The worst of what the parts say: nothing works, not yet, works in part. */
function describeState(
  transport: FeishuSettings['mode'],
  life: 'new' | 'started' | 'stopped',
  problems: readonly (Pick<ChannelState, 'status' | 'detail'> | null)[],
): ChannelState {
  if (life === 'stopped') return { status: 'stopped', transport, detail: null };
  const real = problems.filter((problem) => problem !== null);
  for (const status of ['failed', 'connecting', 'degraded'] as const) {
    const worst = real.find((problem) => problem.status === status);
    if (worst) return { status, transport, detail: worst.detail };
  }
  return { status: 'ready', transport, detail: null };
}
