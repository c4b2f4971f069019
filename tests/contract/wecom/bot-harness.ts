/** The bot's real adapter with the real SDK against the emulated platform, on loopback. */
import { type BotContext, createBot, type Pace } from '../../../adapters/wecom/bot/index.ts';
import { usualPace } from '../../../adapters/wecom/bot/pace.ts';
import { isRecord } from '../../../adapters/wecom/json.ts';
import type { Bot } from '../../../adapters/wecom/source.ts';
import {
  type ListeningWecomEmulator,
  startWecomEmulator,
  type WecomEmulatorOptions,
} from '../../../sandbox/wecom/index.ts';
import type { InboundEvent } from '../../../src/channel/channel.ts';
import type { CardTap, ChannelEvent, TapAnswer } from '../../../src/channel/event.ts';

export const corpId = 'ww1234567890abcdef';
const botId = 'aib-of-the-company';
const secret = 'secret-of-the-bot';

/** Short enough for tests, in the same proportions. */
const quick: Pace = {
  ...usualPace,
  leaseMs: 2_000,
  renewMs: 100,
  standByMs: 100,
  upWithinMs: 600,
  heartbeatMs: 80,
  firstPauseMs: 20,
  longestPauseMs: 100,
  firstStandAsideMs: 300,
  longestStandAsideMs: 600,
  storeAgainAfterMs: [10, 20, 40],
  acknowledgeAfterMs: 150,
};

/** The store of one company, shared by its instances: one copy of each event, one holder of each turn. */
export function companyStore() {
  const events = new Map<string, InboundEvent>();
  const turns = new Map<string, { holder: string; until: number }>();
  return { events, turns, failures: 0 };
}
export type CompanyStore = ReturnType<typeof companyStore>;

export interface BotDesk extends AsyncDisposable {
  readonly emulator: ListeningWecomEmulator;
  readonly bot: Bot;
  readonly store: CompanyStore;
  readonly taps: CardTap[];
  answer: TapAnswer;
  /** What was told privately by the app. */
  readonly told: string[];
  readonly lines: string[];
  /** Everything stored, read back. */
  heard(): ChannelEvent[];
  /** Another instance of our product on the same store. */
  another(): Promise<Bot>;
}

export interface DeskOptions extends Partial<WecomEmulatorOptions> {
  readonly pace?: Partial<Pace>;
  readonly plainUserIds?: BotContext['plainUserIds'];
  readonly prepare?: (emulator: ListeningWecomEmulator) => void;
}

export async function openBotDesk({ pace, plainUserIds, prepare, ...options }: DeskOptions = {}): Promise<BotDesk> {
  const emulator = await startWecomEmulator({
    corpId,
    agentId: 1000002,
    secret: 'secret-of-the-app',
    token: 'QDG6eK',
    aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
    bot: { id: botId, secret, name: '聊单' },
    seed: 7,
    ...options,
  });
  emulator.world.addMember({ userid: 'zhangsan', name: '张三' });
  emulator.world.addMember({ userid: 'lisi', name: '李四' });
  prepare?.(emulator);
  const store = companyStore();
  const [taps, told, lines, bots]: [CardTap[], string[], string[], Bot[]] = [[], [], [], []];
  const write = (fields: object, message: string): void => {
    lines.push(`${message} ${JSON.stringify(fields)}`);
  };

  function instance(holder: string): Bot {
    const bot = createBot(
      { id: botId, secret, url: emulator.botUrl },
      {
        corpId,
        publicUrl: null,
        now: emulator.clock.now,
        log: { info: write, warn: write },
        plainUserIds: plainUserIds ?? (async () => new Map()),
        tell: async (userId, text) => {
          told.push(`${userId}: ${text}`);
        },
        inbound: {
          async store(event) {
            if (store.failures > 0) {
              store.failures -= 1;
              throw new Error('the database is away');
            }
            if (!store.events.has(event.eventKey)) store.events.set(event.eventKey, event);
          },
          storePage: async () => {},
          cursor: async () => null,
          async takeTurn(name, forMs) {
            const now = performance.now();
            const held = store.turns.get(name);
            if (held && held.holder !== holder && held.until > now) return false;
            store.turns.set(name, { holder, until: now + forMs });
            return true;
          },
          async tap(tap) {
            taps.push(tap);
            return desk.answer;
          },
          isOurTenant: async (key) => key === corpId,
        },
      },
      { ...quick, ...pace },
    );
    bots.push(bot);
    return bot;
  }

  const bot = instance('first');
  const desk: BotDesk = {
    emulator,
    bot,
    store,
    taps,
    answer: { notice: null, card: null },
    told,
    lines,
    heard: () =>
      [...store.events.values()].flatMap(({ payload }) => {
        const stored: unknown = JSON.parse(payload);
        const event = isRecord(stored) ? bot.normalise(stored) : null;
        return event ? [event] : [];
      }),
    async another() {
      const second = instance('second');
      await second.start();
      return second;
    },
    async [Symbol.asyncDispose]() {
      for (const one of bots) await one.stop();
      await emulator.close();
    },
  };
  await bot.start();
  return desk;
}

/** The words of the messages heard so far. */
export const wordsHeard = (desk: BotDesk): string[] =>
  desk.heard().flatMap((event) => (event.type === 'message' ? [event.text] : []));
