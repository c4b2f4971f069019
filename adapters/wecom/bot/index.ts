/** The AI bot (智能机器人) of this channel: words from its socket in, words and cards to its conversations out. */
import { createAgent } from '../agent.ts';
import { recordField, textField } from '../json.ts';
import { createLimiter } from '../limiter.ts';
import type { BotSettings } from '../setting-parts.ts';
import type { Bot, SourceContext } from '../source.ts';
import type { Target } from './chat.ts';
import { createBotDeliver } from './deliver.ts';
import { createBotIntake } from './intake.ts';
import { normaliseBot } from './normalise.ts';
import { type Pace, usualPace } from './pace.ts';
import { createPeople } from './people.ts';
import { createQuestions } from './questions.ts';
import { createSender, stableId } from './send.ts';
import { openSocket } from './socket.ts';
import { createSupervisor } from './supervisor.ts';
import { createBotTaps } from './taps.ts';

export type { Pace } from './pace.ts';

export interface BotContext extends SourceContext {
  /** Where our pages are; null: nothing links to them. */
  readonly publicUrl: string | null;
  /** Proxy variables of the process; empty when there are none. */
  readonly proxy?: Readonly<Record<string, string>>;
  /**
   * Plain userids of encrypted ones (`batch/openuserid_to_userid`); those it cannot tell are missing. Rejects when the
   * platform could not be asked.
   */
  readonly plainUserIds: (openUserIds: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Tells one colleague something privately, by the app. Never rejects. */
  readonly tell: (userId: string, text: string) => Promise<void>;
}

const received = '收到。';
const notStored = '这条消息没有存下来，请过一会儿再发一次。';

export function createBot(settings: BotSettings, context: BotContext, pace: Pace = usualPace): Bot {
  const { corpId, inbound, log, now, publicUrl } = context;
  const agent = createAgent(settings.url.replace(/^ws/, 'http'), context.proxy ?? {});
  const people = createPeople(context.plainUserIds, log);
  const limiter = createLimiter(now);
  const socket = () => supervisor.socket();
  const elsewhere = () => supervisor.socket() === null && supervisor.problem() === null;
  const taps = createBotTaps({ corpId, inbound, people, socket, tell: context.tell, log, publicUrl });

  /** Words of ours that no order asked for: best effort. */
  function reply({ chatId }: Target, key: string, reqId: string, content: string): void {
    if (limiter.book(chatId) > 0) return;
    void socket()?.command('aibot_respond_msg', reqId, {
      msgtype: 'stream',
      stream: { id: stableId(key), finish: true, content },
    });
  }

  const questions = createQuestions(pace.acknowledgeAfterMs, (target, messageId, reqId) =>
    reply(target, `received:${messageId}`, reqId, received),
  );
  const intake = createBotIntake({
    inbound,
    people,
    now,
    log,
    pace,
    stored: questions.open,
    lost: (target, reqId) => reply(target, `lost:${reqId}`, reqId, notStored),
  });
  const supervisor = createSupervisor({
    inbound,
    log,
    pace,
    open: (on) => openSocket(settings, agent, log, pace, on),
    message: intake.message,
    event(reqId, body) {
      // enter_chat needs no greeting, feedback is about answers of a model: only taps matter.
      const kind = textField(recordField(body, 'event') ?? {}, 'eventtype');
      if (kind !== 'template_card_event') return;
      taps(reqId, body).catch(() => log.warn({}, 'wecom bot tap could not be answered'));
    },
    ended: questions.clear,
  });

  return {
    start: supervisor.start,
    async stop() {
      await supervisor.stop();
      await intake.stop();
      questions.clear();
      agent.destroy();
    },
    problem: () => supervisor.problem() ?? intake.problem() ?? people.problem(),
    normalise: (stored) => normaliseBot(stored, corpId),
    deliver: createBotDeliver({
      send: createSender({ socket, elsewhere, questions, limiter, log }),
      questions,
      publicUrl,
      hopeless: () => supervisor.problem()?.status === 'failed',
    }),
  };
}
