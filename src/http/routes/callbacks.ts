/** Hands a platform's callback to its adapter as raw bytes, and its answer back as it is. */
import { parse } from 'node:querystring';
import type { Context } from 'koa';
import type { Channel } from '../../channel/channel.ts';
import type { Log } from '../../log.ts';

export interface CallbackPlace {
  readonly platform: string;
  /** The app's key at the platform; undefined where only one account of it is connected. */
  readonly account: string | undefined;
}

/** Reads `/callbacks/<platform>` and `/callbacks/<platform>/<account>`; null for every other path. */
export function callbackPlace(path: string): CallbackPlace | null {
  if (!path.startsWith('/callbacks/')) return null;
  const [, , platform, account, ...more] = path.replace(/\/$/, '').split('/');
  return platform && account !== '' && more.length === 0 ? { platform, account } : null;
}

export function callbackHandler(
  channels: readonly { readonly accountId: string; readonly channel: Channel }[],
  log: Log,
  /** Told how long an answer took, seconds. */
  onAnswer?: (platform: string, status: number, seconds: number) => void,
): (ctx: Context, place: CallbackPlace) => Promise<void> {
  return async (ctx, { platform, account }) => {
    const found = channels.find(
      ({ channel }) =>
        channel.platform === platform &&
        channel.callback !== null &&
        (account === undefined || channel.appKey === account),
    );
    if (!found?.channel.callback) {
      ctx.status = 404;
      ctx.body = { error: 'not_connected', message: `${platform} 没有接入，或没有使用回调方式` };
      return;
    }
    const begunAt = performance.now();
    const answer = await found.channel.callback({
      method: ctx.method,
      headers: ctx.req.headers,
      // ctx.query would cost 4 µs more: it files what it parsed under the whole query, and a callback's is always new.
      query: parse(ctx.querystring),
      body: ctx.state['body'] as Buffer,
    });
    onAnswer?.(platform, answer.status, (performance.now() - begunAt) / 1_000);
    if (answer.refusal !== null)
      log.warn({ platform, refusal: answer.refusal, status: answer.status }, 'callback refused');
    ctx.status = answer.status;
    ctx.set('Content-Type', answer.contentType);
    ctx.body = answer.body;
  };
}
