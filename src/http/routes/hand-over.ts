/** Takes the messages a colleague picked with 加入聊单; the adapter finds out who asks, and what of it can be believed. */
import type { Context } from 'koa';
import type { Channel } from '../../channel/channel.ts';
import type { HandOverResult } from '../../channel/hand-over.ts';
import { type HandedOverView, handOverBody } from '../contract.ts';
import { refuse, type Words } from '../sessions/refuse.ts';

type Refusal = Exclude<HandOverResult, { ok: true }>['reason'];

const REFUSALS: Readonly<Record<Refusal, { readonly status: number; readonly words: Words }>> = {
  bad_request: { status: 400, words: ['请求不完整', '请从聊天消息的菜单里重新打开。'] },
  sign_in: { status: 401, words: ['登录已过期', '请关闭后重新点“加入聊单”。'] },
  not_found: { status: 404, words: ['读不到这条消息', '它可能已撤回，或聊单机器人不在这个会话里。'] },
  not_member: { status: 403, words: ['不能加入它的消息', '你不在这个会话里。'] },
  unavailable: { status: 502, words: ['平台暂时没有回应', '请稍后再试。'] },
};

export function handOverHandler(channels: readonly { readonly channel: Channel }[]): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const { platform } = ctx['params'] as { platform: string };
    const channel = channels.find((candidate) => candidate.channel.platform === platform)?.channel;
    if (!channel?.handOver)
      return refuse(ctx, 404, 'not_connected', ['没有接入', '这个平台没有接入“加入聊单”，请管理员检查设置。']);
    const body = handOverBody.safeParse(parseJson(ctx.state['body'] as Buffer));
    const result = body.success
      ? await channel.handOver(body.data)
      : ({ ok: false, reason: 'bad_request' } satisfies HandOverResult);
    if (!result.ok) {
      const { status, words } = REFUSALS[result.reason];
      return refuse(ctx, status, result.reason, words);
    }
    ctx.status = 202;
    ctx.body = { messages: result.messages } satisfies HandedOverView;
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
