/** The API's edge: reads what was asked, opens one transaction and a desk in it, writes down who saw and changed what, and answers. */
import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import { answerOnce, type KeyedCall } from '../../../crm/access/answer-once.ts';
import { openDesk } from '../../../crm/access/desk.ts';
import { type AuditNote, writeAudit } from '../../../crm/audit/audit.ts';
import type { DuplicatesFound } from '../../../crm/customer/create-customer.ts';
import type { Tx } from '../../../crm/tx.ts';
import { describeError, type Log } from '../../../log.ts';
import type { ProblemView } from '../../contract/common.ts';
import { type Operation, type OperationName, operations } from '../../contract/operations.ts';
import { answerProblem } from '../../problem.ts';
import type { Actor } from '../../sessions/actor.ts';
import { missingView } from './deal-view.ts';
import { readGivenTable } from './given-table.ts';
import { createHandlers } from './handlers.ts';
import type { Given, Handled, More } from './handling.ts';
import { readKeyedCall } from './keyed-call.ts';
import { openApiDocument } from './openapi.ts';

export interface ApiContext {
  look<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  transact<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The platform of an account that is connected. */
  readonly platformOf: (accountId: string) => string | null;
  /** Where people reach us; null when not said. */
  readonly publicUrl: string | null;
  readonly log: Log;
}

const CHINESE = { error: zhCN().localeError };

/** `guard` sets `ctx.state['actor']` or answers; `body` sets `ctx.state['body']` to bytes. */
export function mountApi(router: Router, context: ApiContext, guard: Middleware, body: Middleware): void {
  const handlers = createHandlers(context);
  for (const name of Object.keys(operations) as OperationName[]) {
    const operation: Operation = operations[name];
    // Which body goes with which handler is the contract's word, of which a loop over names knows nothing.
    const handle = handlers[name] as (desk: unknown, given: Given<OperationName>) => Promise<Handled<unknown>>;
    const serve = (ctx: Context) => answer(ctx, operation, handle, context);
    const steps = operation.body ? [guard, body, serve] : [guard, serve];
    router[operation.method](operation.path, ...(steps as []));
  }
  router.get('/api/openapi.json', (ctx) => {
    ctx.body = openApiDocument();
  });
}

type Handle = (desk: unknown, given: Given<OperationName>) => Promise<Handled<unknown>>;

async function answer(ctx: Context, operation: Operation, handle: Handle, context: ApiContext): Promise<void> {
  const given = readGiven(ctx, operation);
  if (!given.ok) return answerProblem(ctx, 'bad_request', given.detail);
  try {
    const actor = ctx.state['actor'] as Actor;
    const keyed = readKeyedCall(ctx, operation, actor);
    if (keyed === 'bad') return answerProblem(ctx, 'bad_request', 'Idempotency-Key 最长 200 个字符。');
    const table = operation.file ? await readGivenTable(given.value.body as never) : undefined;
    const all = { ...given.value, table } as Given<OperationName>;
    const result = await work(actor, { ...operation, keyed }, (desk) => handle(desk, all), context);
    // Only what the pipeline itself did not turn away has no body yet.
    if (!result.ok) return answerProblem(ctx, result.reason, result.detail, result.more && moreView(result.more));
    ctx.set('Cache-Control', 'no-store');
    ctx.status = operation.status ?? 200;
    ctx.body = result.value;
  } catch (error) {
    context.log.error({ ...describeError(error), path: operation.path }, 'request failed');
    answerProblem(ctx, 'fault');
  }
}

/** What was seen is written down before anybody gets it; what was changed, in the same transaction. */
async function work(
  actor: Actor,
  { method, keyed }: Operation & { readonly keyed: KeyedCall | null },
  handle: (desk: unknown) => Promise<Handled<unknown>>,
  { look, transact }: ApiContext,
): Promise<Handled<unknown>> {
  const { tenantId, staffId } = actor;
  const atDesk = async (tx: Tx): Promise<{ result: Handled<unknown>; notes: readonly AuditNote[] }> => {
    const desk = await openDesk(tx, actor);
    if (!desk) return { result: { ok: false, reason: 'sign_in' }, notes: [] };
    const result = await handle(desk);
    return { result, notes: result.ok ? desk.notes : (result.notes ?? []) };
  };
  if (method === 'get') {
    const { result, notes } = await look(tenantId, atDesk);
    if (notes.length > 0) await transact(tenantId, (tx) => writeAudit(tx, staffId, notes));
    return result;
  }
  return transact(tenantId, async (tx) => {
    const change = async () => {
      const { result, notes } = await atDesk(tx);
      await writeAudit(tx, staffId, notes);
      return result;
    };
    if (keyed === null) return change();
    const once = await answerOnce(tx, keyed, change, (result) => (result.ok ? JSON.stringify(result.value) : null));
    if (!once.ok) return once;
    return 'result' in once ? once.result : { ok: true, value: JSON.parse(once.replayed) };
  });
}

type Read =
  | { readonly ok: true; readonly value: Given<OperationName> }
  | { readonly ok: false; readonly detail: string };

function readGiven(ctx: Context, { query, body }: Operation): Read {
  const asked = query?.safeParse({ ...ctx.query }, CHINESE);
  const said = body?.safeParse(parseJson(ctx.state['body'] as Buffer), CHINESE);
  for (const read of [asked, said]) if (read && !read.success) return { ok: false, detail: sentence(read.error) };
  const { id = '' } = ctx['params'] as { id?: string };
  return { ok: true, value: { id, query: asked?.data, body: said?.data } as Given<OperationName> };
}

function sentence({ issues }: z.core.$ZodError): string {
  return issues.map(({ path, message }) => (path.length > 0 ? `${path.join('.')}：${message}` : message)).join('；');
}

function moreView(more: More): Pick<ProblemView, 'duplicates' | 'mayForce' | 'missing'> {
  return 'duplicates' in more ? duplicatesView(more) : { missing: more.reasons.map(missingView) };
}

function duplicatesView({ duplicates, mayForce }: DuplicatesFound): Pick<ProblemView, 'duplicates' | 'mayForce'> {
  const views = duplicates.map(({ customer, by, ownerName, visible }) => ({
    id: visible ? customer.id : null,
    name: customer.name,
    ownerName,
    mine: visible,
    by,
  }));
  return { duplicates: views, mayForce };
}

function parseJson(bytes: Buffer | undefined): unknown {
  try {
    return JSON.parse(bytes?.toString('utf8') ?? '');
  } catch {
    return null;
  }
}
