/** The WeCom channel: one self-built app of one company, alive, and whatever else brings customers' words. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, ChannelContext, Platform } from '../../src/channel/channel.ts';
import { createAgent } from './agent.ts';
import { createArchive } from './archive/index.ts';
import { createBot } from './bot/index.ts';
import { webhookChat } from './chats.ts';
import { type ClientSettings, createClient } from './client.ts';
import { readContacts } from './contacts.ts';
import { createDeliver } from './deliver.ts';
import { createDoctor } from './doctor.ts';
import { readGroups } from './groups.ts';
import { guideFor } from './guide.ts';
import { createIdentity } from './identity.ts';
import { createIntake } from './intake.ts';
import { createPages } from './jsapi.ts';
import { createService } from './kf/index.ts';
import { createLimiter } from './limiter.ts';
import { createLookup } from './lookup.ts';
import { createNormalise } from './normalise.ts';
import { readOrganisation } from './organisation-reader.ts';
import { paceOf } from './pace.ts';
import { createPlainUserIds } from './plain-user-ids.ts';
import { createReceiver } from './receive.ts';
import { createSender } from './sender.ts';
import { wecomForm } from './setting-form.ts';
import { readWecomSettings, type WecomSettings } from './settings.ts';
import { createSignIn, createWebLogin } from './sign-in.ts';
import type { Source } from './source.ts';
import { describeState, type Life } from './state.ts';
import { createTaps } from './taps.ts';
import { updateWindowMs } from './task.ts';
import { createVerifier } from './verify.ts';
import { createWebhooks } from './webhooks.ts';

export type { WecomSettings } from './settings.ts';

export const wecom: Platform<WecomSettings> = {
  name: 'wecom',
  label: '企业微信',
  form: wecomForm,
  readSettings: readWecomSettings,
  connect,
};

/** How long `start` waits for the first answers before it leaves the rest to the background. */
const startPatienceMs = 4_000;

function connect(settings: WecomSettings, own: ChannelContext): Channel {
  const { inbound, now, log, publicUrl } = own;
  const { corpId, agentId, apiBase } = settings;
  const agent = createAgent(apiBase, settings.proxy);
  const clientOf = (of: ClientSettings['of'], secret: string) =>
    createClient({ corpId, apiBase, secret, of }, agent, own);
  const client = clientOf('app', settings.secret);
  const contacts = settings.contactSecret === null ? client : clientOf('contacts', settings.contactSecret);
  const identity = createIdentity(() => client.post('kf/account/list', { offset: 0, limit: 1 }), log);
  const sender = createSender(client, agentId, createLimiter(now));
  const taps = createTaps({ corpId, inbound, sender, log, publicUrl });
  const context = { corpId, inbound, now, log };
  const service = createService(client, context);
  const bot =
    settings.bot &&
    createBot(settings.bot, {
      ...context,
      publicUrl,
      proxy: settings.proxy,
      plainUserIds: createPlainUserIds(client),
      tell: async (userId, text) => {
        await sender.text(userId, text).catch(() => log.warn({}, 'wecom notice could not be sent'));
      },
    });
  const archiveClient = settings.archive && clientOf('archive', settings.archive.secret);
  const archive =
    settings.archive &&
    archiveClient &&
    createArchive(settings.archive, {
      ...context,
      proxy: settings.proxy,
      post: archiveClient.post,
    });
  const sources: Readonly<Record<'kf' | 'bot' | 'archive', Source | null>> = { kf: service, bot, archive };
  const present = Object.values(sources).filter((source) => source !== null);
  const intake = createIntake({
    corpId,
    agentId,
    inbound,
    answerTap: taps.answer,
    wakeService: service.wake,
    serviceAccountsChanged: service.accountsChanged,
    wakeArchive: () => archive?.wake(),
  });
  const deliver = createDeliver({
    sender,
    webhooks: createWebhooks(settings.webhooks, { apiBase, agent, now, log }),
    lookup: createLookup(client, contacts),
    now,
    publicUrl,
    assign: service.assign,
    byBot: async (order) => (bot ? bot.deliver(order) : null),
  });
  const signIn = createSignIn(client, corpId, inbound);
  const ending = new AbortController();
  let life: Life = 'new';

  return {
    platform: wecom.name,
    appKey: corpId,
    paceOf,
    cards: { updates: 'once', updatableForMs: updateWindowMs },
    contacts: () => readContacts(contacts),
    groups: () => readGroups(contacts),
    outlets: settings.webhooks.map(({ name }) => ({ name, chatId: webhookChat(name) })),
    organisation: () => readOrganisation({ client, agentId, now, ending: ending.signal }),
    callback: createReceiver(createVerifier(settings, now), intake, log),
    async start() {
      life = 'started';
      const starting = Promise.all([identity.start(), ...present.map((source) => source.start())]);
      await Promise.race([starting, sleep(startPatienceMs, undefined, { ref: false })]);
    },
    async stop() {
      life = 'stopped';
      ending.abort();
      identity.stop();
      await taps.settled();
      // Whoever waits for an answer of the platform need not wait on.
      agent.destroy();
      await Promise.all(present.map((source) => source.stop()));
    },
    state: () => describeState(life, identity.problem(), sources, service.accounts()),
    handOver: null,
    signIn,
    webLogin: createWebLogin(settings, signIn),
    rootFiles: settings.verifyFile === null ? [] : [settings.verifyFile],
    pages: createPages(client, settings, own),
    guide: () =>
      guideFor({
        service: service.accounts() > 0,
        bot: bot !== null,
        archive: archive !== null,
        pages: publicUrl !== null,
      }),
    normalise: createNormalise(corpId, sources),
    deliver,
    doctor: createDoctor({ settings, client, contacts, archive: archiveClient, agent, deliver, now }),
  };
}
