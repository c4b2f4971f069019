/** What the page may do: each command with the shape of its input, carried out on the sandbox, answered in Chinese. */
import { z } from 'zod';
import type { Desk } from './desk.ts';
import { done, type Outcome, refuse } from './outcome.ts';
import { moveClock, setTrick } from './tricks.ts';
import type { PlatformKey } from './view.ts';

const id = z.string().min(1).max(80);
const MAX_WORDS = 2000;
const COPIES = 3;
const NOT_HERE = '这个平台没有这个操作。';

const aboutChat = z.object({ chatId: id });
const aboutPlatform = z.object({ platform: z.enum(['feishu', 'wecom', 'dingtalk']).default('feishu') });

const SHAPES = {
  say: z.object({
    chatId: id,
    personId: id,
    text: z.string().trim().min(1, '先写点什么再发送。').max(MAX_WORDS, `一句话最多 ${MAX_WORDS} 个字。`),
    toBot: z.boolean().default(false),
  }),
  tap: z.object({
    personId: id,
    messageId: id,
    value: z.record(z.string().max(64), z.unknown()),
    values: z.record(z.string().max(64), z.string().max(200)).default({}),
  }),
  clock: z.object({ move: z.enum(['minutes', 'hour', 'day', 'morning']) }),
  trick: z.object({ trick: z.enum(['copies', 'limit']), on: z.boolean() }),
  invite: aboutChat,
  forward: aboutChat,
  take: aboutChat,
  end: aboutChat,
  newcomer: aboutPlatform,
  forge: aboutPlatform,
  disconnect: aboutPlatform,
  exhaust: aboutPlatform,
};

type Name = keyof typeof SHAPES;
type Input<N extends Name> = z.output<(typeof SHAPES)[N]>;

const ACTIONS: { readonly [N in Name]: (desk: Desk, input: Input<N>) => Promise<Outcome> } = {
  say,
  tap,
  clock: async ({ sandbox }, { move }) => done(await moveClock(sandbox, move)),
  trick: async (desk, { trick, on }) => done(setTrick(desk, trick, on)),
  invite: useInChat('invite'),
  forward: useInChat('forward'),
  take: useInChat('take'),
  end: useInChat('end'),
  newcomer: use('newcomer'),
  forge: use('forge'),
  disconnect: use('disconnect'),
  exhaust: use('exhaust'),
};

export const isCommand = (name: string): name is Name => Object.hasOwn(SHAPES, name);

/** Checks the input against the command's shape and carries it out. */
export async function carryOut(desk: Desk, name: Name, input: unknown): Promise<Outcome> {
  const parsed = SHAPES[name].safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const ours = /[\u4e00-\u9fff]/.test(issue?.message ?? '');
    return refuse(400, ours && issue ? issue.message : `请求格式不对：${issue?.path.join('.') || '内容'}`);
  }
  return (ACTIONS[name] as (desk: Desk, input: unknown) => Promise<Outcome>)(desk, parsed.data);
}

async function say({ platforms, state }: Desk, { chatId, personId, text, toBot }: Input<'say'>): Promise<Outcome> {
  const platform = platforms.find((one) => one.hasChat(chatId));
  if (!platform) return refuse(404, '没有这个会话。');
  return platform.say({ chatId, personId, text, toBot, copies: state.copies ? COPIES : 1 });
}

async function tap({ platforms }: Desk, input: Input<'tap'>): Promise<Outcome> {
  const platform = platforms.find((one) => one.hasMessage(input.messageId));
  return platform ? platform.tap(input) : refuse(404, '没有这张卡片。');
}

function useInChat(name: string) {
  return async ({ platforms }: Desk, { chatId }: { chatId: string }): Promise<Outcome> => {
    const platform = platforms.find((one) => one.hasChat(chatId));
    if (!platform) return refuse(404, '没有这个会话。');
    return platform.chatTools[name]?.(chatId) ?? refuse(409, NOT_HERE);
  };
}

function use(name: string) {
  return async ({ platforms }: Desk, { platform: key }: { platform: PlatformKey }): Promise<Outcome> =>
    platforms.find((one) => one.key === key)?.tools[name]?.() ?? refuse(409, NOT_HERE);
}
