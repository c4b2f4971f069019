/** Reads a request body as bytes, up to a limit and within a time; more is refused while it is still arriving. */
import type { Context, Next } from 'koa';
import { answerProblem } from './problem.ts';

interface BodyLimits {
  readonly bytes: number;
  /** From the first look at it to its last byte. */
  readonly ms: number;
  /** What is said of one that is too large; as the code says where it is not given. */
  readonly tooLarge?: string;
}

export const readBody = bodyReader({ bytes: 1024 * 1024, ms: 10_000 });

/** Of a file: a phone in a lift takes its time. What the policy allows is less, and looked at afterwards. */
export const readFileBody = bodyReader({ bytes: 21 * 1024 * 1024, ms: 120_000, tooLarge: '文件太大，最大 20 MB。' });

/** A request takes no longer than this in any case, ms. */
export const LONGEST_REQUEST_MS = 130_000;

function bodyReader(limits: BodyLimits): (ctx: Context, next: Next) => Promise<void> {
  return async (ctx, next) => {
    const declared = Number(ctx.req.headers['content-length'] ?? 0);
    const body = declared > limits.bytes ? 'too_large' : await collect(ctx, limits);
    if (typeof body === 'string') {
      ctx.set('Connection', 'close');
      return answerProblem(ctx, body, body === 'too_large' ? limits.tooLarge : undefined);
    }
    ctx.state['body'] = body;
    await next();
  };
}

/** By events: iterating over a request costs several times as much, and every callback passes here. */
function collect({ req }: Context, { bytes, ms }: BodyLimits): Promise<Buffer | 'too_large' | 'too_slow'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stop = (why: 'too_large' | 'too_slow') => {
      clearTimeout(timer);
      req.off('data', take);
      resolve(why);
    };
    const timer = setTimeout(stop, ms, 'too_slow');
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > bytes) stop('too_large');
      else chunks.push(chunk);
    };
    req.on('data', take);
    req.once('end', () => {
      clearTimeout(timer);
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size));
    });
    req.once('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
