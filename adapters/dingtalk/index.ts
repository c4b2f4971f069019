/** The DingTalk channel: one internal app of one company, alive. */
import type { Channel, ChannelContext, Platform } from '../../src/channel/channel.ts';
import { createAgents } from './agents.ts';
import { createCarriedSessions } from './carried-session.ts';
import { updateWindowMs } from './deliver.ts';
import { createDoctor } from './doctor.ts';
import { guide } from './guide.ts';
import { createHandOver } from './hand-over.ts';
import { createIntake } from './intake.ts';
import { createPages } from './jsapi.ts';
import { createNameless } from './nameless.ts';
import { normalise } from './normalise.ts';
import { readOrganisation } from './organisation-reader.ts';
import { createOutbound } from './outbound.ts';
import { createLinkDrawer } from './page-address.ts';
import { createPushProblems } from './push-problems.ts';
import { createReceiver } from './receive.ts';
import { createSessions } from './sessions.ts';
import { dingtalkForm } from './setting-form.ts';
import { type DingtalkSettings, readDingtalkSettings } from './settings.ts';
import { createSignIn } from './sign-in.ts';
import { describeState, type Life, tapsOnly } from './state.ts';
import { createStream } from './stream/index.ts';
import { createTaps } from './taps.ts';
import { createVerifier } from './verify.ts';
import { createWebLogin } from './web-login.ts';
import { createWriters } from './writers.ts';

export type { DingtalkSettings } from './settings.ts';

export const dingtalk: Platform<DingtalkSettings> = {
  name: 'dingtalk',
  label: '钉钉',
  form: dingtalkForm,
  readSettings: readDingtalkSettings,
  connect,
};

/** The platform counts calls of an API, not of a group; a group that gets one every second is busy enough. */
const perGroup = { burst: 10, everyMs: 1_000 } as const;

/** How long `start` waits for the first connection before it leaves the rest to the background. */
const startPatienceMs = 4_000;

function connect(settings: DingtalkSettings, context: ChannelContext): Channel {
  const { inbound, now, log, usage, rates, tokens, publicUrl } = context;
  const { clientId, clientSecret, corpId, mode, token, aesKey } = settings;
  const agents = createAgents(settings.proxy);
  const sessions = createSessions(now, settings.oapiBase);
  const carried = createCarriedSessions(tokens.box(clientSecret));
  const writers = createWriters(now);
  const linkOf = createLinkDrawer(publicUrl, settings);
  const outbound = createOutbound(settings, { ...context, linkOf }, { agents, sessions, writers });
  const taps = createTaps({ corpId, inbound, writers, deliver: outbound.deliver, linkOf, now, log });
  const problems = createPushProblems(now);
  const nameless = createNameless(sessions, outbound.client, now);
  const intake = createIntake({ corpId, inbound, sessions, carried, taps, problems, nameless, usage, now, log });
  const stream = createStream({ settings, agents, intake, now, log });
  const webhook = mode === 'webhook' && token !== null && aesKey !== null;
  const verify = webhook ? createVerifier({ clientId, clientSecret, corpId, token, aesKey }, now) : null;
  const signIn = createSignIn(outbound.client, corpId, inbound);
  const ending = new AbortController();
  let life: Life = 'new';

  return {
    platform: dingtalk.name,
    appKey: clientId,
    paceOf: ({ kind }) => (kind === 'chat' ? perGroup : null),
    cards: { updates: 'free', updatableForMs: updateWindowMs, todos: true },
    allowances: [
      { kind: 'api', label: '钉钉 API 调用', callsPerMonth: settings.callsPerMonth, paysForCards: true },
      {
        kind: 'push',
        label: '钉钉消息推送（Webhook 与 Stream）',
        callsPerMonth: settings.pushesPerMonth,
        paysForCards: false,
      },
    ],
    contacts: null,
    organisation: () => readOrganisation({ client: outbound.client, clientId, rates, now, ending: ending.signal }),
    callback: verify && createReceiver(verify, intake, now, log),
    async start() {
      life = 'started';
      await stream.start(startPatienceMs);
    },
    async stop() {
      life = 'stopped';
      ending.abort();
      await stream.stop();
      await taps.settled();
      agents.destroy();
    },
    state() {
      const connection = webhook ? tapsOnly(stream.problem()) : stream.problem();
      return describeState(mode, life, [connection, outbound.problem(), problems.problem()]);
    },
    signIn,
    webLogin: createWebLogin({ settings, agents, client: outbound.client, inbound }),
    handOver: createHandOver({ signIn, inbound, now }),
    pages: createPages(outbound.client, settings, context),
    guide: () => (publicUrl === null ? { ...guide, openPage: null } : guide),
    normalise: (payload) =>
      normalise(payload, (closed) => {
        const note = carried.open(closed);
        if (note) sessions.note(note);
      }),
    deliver: outbound.deliver,
    doctor: createDoctor({ settings, agents, usage, now, ...outbound }),
  };
}
