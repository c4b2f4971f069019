/** The bytes of deals' files: they come as the body of a request, and leave as something to be saved and never to be run. */
import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { type Desk, type Done, openDesk, refused } from '../../crm/access/desk.ts';
import { type AuditNote, writeAudit } from '../../crm/audit/audit.ts';
import { addFile } from '../../crm/file/file-desk.ts';
import { openFile } from '../../crm/file/read-files.ts';
import type { Tx } from '../../crm/tx.ts';
import { digest } from '../../ids.ts';
import { describeError } from '../../log.ts';
import { newFileQuery } from '../contract/file.ts';
import { fewAtOnce } from '../few-at-once.ts';
import { answerProblem } from '../problem.ts';
import type { Actor } from '../sessions/actor.ts';
import { shownFile } from './api/file-handlers.ts';
import type { ApiContext } from './api/serve.ts';

type FileContext = Pick<ApiContext, 'look' | 'transact' | 'log'>;

/** Each holds up to 40 MB while it comes or goes, however slowly. */
const AT_ONCE = { each: 4, all: 16 };

/** `guard` sets `ctx.state['actor']` or answers; `body` sets `ctx.state['body']` to bytes. */
export function serveFiles(router: Router, context: FileContext, guard: Middleware, body: Middleware): void {
  const safely = (work: typeof upload) => async (ctx: Context) => {
    await work(ctx, context).catch((error: unknown) => {
      context.log.error({ ...describeError(error), path: ctx.routerPath }, 'request failed');
      answerProblem(ctx, 'fault');
    });
  };
  const few = fewAtOnce(AT_ONCE);
  router.post('/api/deals/:id/files', guard as never, few as never, body as never, safely(upload));
  router.get('/api/files/:id/content', guard as never, few as never, safely(download));
}

async function upload(ctx: Context, { transact }: FileContext): Promise<void> {
  const asked = newFileQuery.safeParse({ ...ctx.query });
  if (!asked.success) return answerProblem(ctx, 'bad_request', '地址里要写 kind（文件种类）和 name（文件名）。');
  const content = ctx.state['body'] as Buffer;
  const given = { ...asked.data, content, sha256: digest(content) };
  const { tenantId, ...actor } = ctx.state['actor'] as Actor;
  const added = await transact(tenantId, async (tx) => {
    const { result, notes } = await atDesk(tx, actor, async (desk) =>
      shownFile(tx, await addFile(desk, idOf(ctx), given)),
    );
    await writeAudit(tx, actor.staffId, notes);
    return result;
  });
  if (!added.ok) return answerProblem(ctx, added.reason, added.detail);
  ctx.set('Cache-Control', 'no-store');
  ctx.status = 201;
  ctx.body = added.value;
}

async function download(ctx: Context, { look, transact }: FileContext): Promise<void> {
  const { tenantId, ...actor } = ctx.state['actor'] as Actor;
  const { result, notes } = await look(tenantId, (tx) => atDesk(tx, actor, (desk) => openFile(desk, idOf(ctx))));
  if (!result.ok) return answerProblem(ctx, result.reason, result.detail);
  // Who has seen it is written down before they get it.
  if (notes.length > 0) await transact(tenantId, (tx) => writeAudit(tx, actor.staffId, notes));
  const { file, content } = result.value;
  ctx.attachment(file.name);
  ctx.set({
    'Content-Type': file.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : file.mediaType,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store',
  });
  ctx.body = Buffer.concat(content);
}

async function atDesk<T>(
  tx: Tx,
  actor: Pick<Actor, 'staffId' | 'accountId'>,
  work: (desk: Desk) => Promise<Done<T>>,
): Promise<{ readonly result: Done<T>; readonly notes: readonly AuditNote[] }> {
  const desk = await openDesk(tx, actor);
  if (!desk) return { result: refused('sign_in'), notes: [] };
  const result = await work(desk);
  return { result, notes: result.ok ? desk.notes : [] };
}

const idOf = (ctx: Context): string => (ctx['params'] as { id?: string }).id ?? '';
