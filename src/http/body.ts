/** Reads a request body as bytes, up to 1 MiB; more is refused while it is still arriving. */
import type { Context, Next } from 'koa';
import { answerProblem } from './problem.ts';

const BODY_LIMIT = 1024 * 1024;

export async function readBody(ctx: Context, next: Next): Promise<void> {
  const declared = Number(ctx.req.headers['content-length'] ?? 0);
  const body = declared > BODY_LIMIT ? null : await collect(ctx);
  if (body === null) {
    ctx.set('Connection', 'close');
    return answerProblem(ctx, 'too_large');
  }
  ctx.state['body'] = body;
  await next();
}

/** By events: iterating over a request costs several times as much, and every callback passes here. */
function collect({ req }: Context): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer) => {
      size += chunk.length;
      if (size > BODY_LIMIT) {
        req.off('data', take);
        resolve(null);
      } else chunks.push(chunk);
    };
    req.on('data', take);
    req.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, size)));
    req.once('error', reject);
  });
}
