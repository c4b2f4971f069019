/** What the page may do: each command with the shape of its input, carried out on the sandbox, answered in Chinese. */
import { z } from 'zod';
import { type Desk, done, type Outcome, refuse } from './outcome.ts';
import { bringNewcomer, forge, moveClock, setTrick } from './tricks.ts';
import { TAP_REFUSALS } from './words.ts';

const id = z.string().min(1).max(80);
const MAX_WORDS = 2000;
const COPIES = 3;

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
  clock: z.object({ move: z.enum(['minutes', 'day', 'morning']) }),
  invite: z.object({ chatId: id }),
  newcomer: z.object({}),
  trick: z.object({ trick: z.enum(['copies', 'limit']), on: z.boolean() }),
  forge: z.object({}),
  disconnect: z.object({}),
};

type Name = keyof typeof SHAPES;
type Input<N extends Name> = z.output<(typeof SHAPES)[N]>;

const ACTIONS: { readonly [N in Name]: (desk: Desk, input: Input<N>) => Promise<Outcome> } = {
  say,
  tap,
  invite,
  clock: async ({ sandbox }, { move }) => done(await moveClock(sandbox, move)),
  newcomer: async (desk) => done(await bringNewcomer(desk)),
  trick: async (desk, { trick, on }) => done(setTrick(desk, trick, on)),
  forge: ({ sandbox }) => forge(sandbox),
  disconnect,
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

async function say({ sandbox: { platform }, state }: Desk, input: Input<'say'>): Promise<Outcome> {
  const chat = platform.world.chats.get(input.chatId);
  const person = platform.world.people.get(input.personId);
  if (!chat) return refuse(404, '没有这个会话。');
  if (!person || !chat.memberIds.has(person.openId)) return refuse(409, '这个人不在会话里。');
  const said = platform.say(person, chat, input.text, {
    ...(input.toBot && chat.kind === 'group' && { mention: ['bot'] }),
    ...(state.copies && { flaws: { copies: COPIES } }),
  });
  state.deliveries.set(said.messageId, said.delivery);
  return done({ notice: null, chatId: chat.chatId });
}

async function tap({ sandbox: { platform } }: Desk, input: Input<'tap'>): Promise<Outcome> {
  const message = platform.world.messages.get(input.messageId);
  if (!message) return refuse(404, '没有这张卡片。');
  if (!platform.world.people.has(input.personId)) return refuse(404, '没有这个人。');
  const result = await platform.tap(input.personId, input.messageId, { value: input.value }, input.values);
  if (result.ok) {
    const notice = result.toast ? { tone: result.toast.type, text: result.toast.content } : null;
    return done({ notice, chatId: message.chatId });
  }
  if (result.reason !== 'error') return done({ notice: { tone: 'warning', text: TAP_REFUSALS[result.reason] } });
  return done({ notice: { tone: 'error', text: `操作失败，请稍后重试（错误码 ${result.code}）` } });
}

async function invite({ sandbox: { platform } }: Desk, { chatId }: Input<'invite'>): Promise<Outcome> {
  const chat = platform.world.chats.get(chatId);
  if (chat?.kind !== 'group') return refuse(404, '没有这个群。');
  if (chat.botIn) return refuse(409, '聊单已经在这个群里了。');
  const by = [...chat.memberIds].map((member) => platform.world.person(member)).find((person) => person.internal);
  if (!by) return refuse(409, '群里没有我方同事，谁也拉不了聊单。');
  await platform.addBotToGroup(chat, by).done;
  return done({ notice: { tone: 'success', text: `${by.name}把聊单拉进了「${chat.name}」` }, chatId });
}

async function disconnect({ sandbox: { platform } }: Desk): Promise<Outcome> {
  if (platform.options.mode !== 'websocket') return refuse(409, '现在用的是 Webhook，没有长连接可断。');
  platform.misbehave.dropConnections();
  return done({ notice: { tone: 'info', text: '长连接已断开，聊单会自己重新连上' } });
}
