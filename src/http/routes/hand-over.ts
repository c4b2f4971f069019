/** Takes the messages a colleague picked with 加入聊单; the adapter finds out who asks, and what of it can be believed. */
import type { Context } from 'koa';
import type { Channel, HandOverResult } from '../../channel/channel.ts';
import { handOverBody } from '../contract.ts';

const REFUSALS: Readonly<Record<Exclude<HandOverResult, { ok: true }>['reason'], { status: number; message: string }>> =
  {
    bad_request: { status: 400, message: '请求不完整，请从聊天消息的菜单里重新打开。' },
    sign_in: { status: 401, message: '登录已过期，请关闭后重新点“加入聊单”。' },
    not_found: { status: 404, message: '读不到这条消息：它可能已撤回，或聊单机器人不在这个会话里。' },
    not_member: { status: 403, message: '你不在这个会话里，不能加入它的消息。' },
    unavailable: { status: 502, message: '平台暂时没有回应，请稍后再试。' },
  };

export function handOverHandler(channels: readonly { readonly channel: Channel }[]): (ctx: Context) => Promise<void> {
  return async (ctx) => {
    const { platform } = ctx['params'] as { platform: string };
    const channel = channels.find((candidate) => candidate.channel.platform === platform)?.channel;
    if (!channel?.handOver)
      return answer(ctx, 404, { error: 'not_connected', message: '这个平台没有接入“加入聊单”。' });
    const body = handOverBody.safeParse(parseJson(ctx.state['body'] as Buffer));
    const result = body.success
      ? await channel.handOver(body.data)
      : ({ ok: false, reason: 'bad_request' } satisfies HandOverResult);
    if (result.ok) return answer(ctx, 202, { messages: result.messages });
    const { status, message } = REFUSALS[result.reason];
    return answer(ctx, status, { error: result.reason, message });
  };
}

function answer(ctx: Context, status: number, body: object): void {
  ctx.status = status;
  ctx.body = body;
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}
