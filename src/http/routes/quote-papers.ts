/** `GET /api/quotes/:id/pdf` and `/xlsx`: the customer's papers for colleagues who may see the quote. */
import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { openDesk } from '../../crm/access/desk.ts';
import { writeAudit } from '../../crm/audit/audit.ts';
import { paperOfQuote } from '../../crm/quote/quote-paper.ts';
import type { FileKind } from '../../documents/job.ts';
import { describeError } from '../../log.ts';
import { answerProblem } from '../problem.ts';
import type { Actor } from '../sessions/actor.ts';
import type { QuoteLinkContext } from './quote-links.ts';
import { sendPaper } from './send-paper.ts';

type PaperContext = Pick<QuoteLinkContext, 'look' | 'transact' | 'companyName' | 'papers' | 'log'>;

/** `guard` sets `ctx.state['actor']` or answers. */
export function serveQuotePapers(router: Router, context: PaperContext, guard: Middleware): void {
  const serve = (kind: FileKind) => async (ctx: Context) => {
    ctx.set('Cache-Control', 'no-store');
    await answer(ctx, kind, context).catch((error: unknown) => {
      context.log.error({ ...describeError(error), path: `/api/quotes/:id/${kind}` }, 'request failed');
      answerProblem(ctx, 'fault');
    });
  };
  router.get('/api/quotes/:id/pdf', guard as never, serve('pdf'));
  router.get('/api/quotes/:id/xlsx', guard as never, serve('xlsx'));
}

async function answer(
  ctx: Context,
  kind: FileKind,
  { look, transact, companyName, papers }: PaperContext,
): Promise<void> {
  const { tenantId, ...actor } = ctx.state['actor'] as Actor;
  const { id = '' } = ctx['params'] as { id?: string };
  const company = await companyName();
  const { paper, notes } = await look(tenantId, async (tx) => {
    const desk = await openDesk(tx, actor);
    if (!desk) return { paper: null, notes: [] };
    return { paper: await paperOfQuote(desk, id, company), notes: desk.notes };
  });
  if (paper === null) return answerProblem(ctx, 'sign_in');
  if (!paper.ok) return answerProblem(ctx, paper.reason, paper.detail);
  // Who has seen it is written down before they get it.
  if (notes.length > 0) await transact(tenantId, (tx) => writeAudit(tx, actor.staffId, notes));
  if (!(await sendPaper(ctx, papers, kind, paper.value)))
    answerProblem(ctx, 'too_many', '现在下载的人太多，请几秒后再试。');
}
