/** Reads a request body as bytes, up to 1 MiB; more is refused while it is still arriving. */
import type { Context, Next } from 'koa';

const BODY_LIMIT = 1024 * 1024;

export async function readBody(ctx: Context, next: Next): Promise<void> {
  const declared = Number(ctx.req.headers['content-length'] ?? 0);
  const body = declared > BODY_LIMIT ? null : await collect(ctx);
  if (body === null) {
    ctx.status = 413;
    ctx.set('Connection', 'close');
    ctx.body = { error: 'too_large', message: '请求体超过 1 MiB' };
    return;
  }
  ctx.state['body'] = body;
  await next();
}

async function collect(ctx: Context): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT) return null;
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}
