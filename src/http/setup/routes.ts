/** `/api/setup`: what the set-up page asks and changes; the shapes are in contract/setup.ts. */
import { Readable } from 'node:stream';
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import { zhCN } from 'zod/locales';
import type { Finding } from '../../channel/doctor.ts';
import { describeError, type Log } from '../../log.ts';
import type { SetupChange } from '../../setup/context.ts';
import type { Setup } from '../../setup/setup.ts';
import { readBody } from '../body.ts';
import {
  enterSetupBody,
  finishSetupBody,
  setupAdminsBody,
  setupCompanyBody,
  setupDoctorBody,
  setupPlatformBody,
} from '../contract/setup.ts';
import { refuseSetup } from './answers.ts';
import { setupGuard } from './guard.ts';

export interface SetupRoutesContext {
  readonly setup: Setup;
  readonly publicUrl: string | null;
  readonly now: () => number;
  readonly log: Log;
}

const CHINESE = { error: zhCN().localeError };

export function setupRoutes(context: SetupRoutesContext): Middleware {
  const { setup, log } = context;
  const guard = setupGuard(context);
  const router = new Router({ prefix: '/api/setup' });
  router.use(async (ctx, next) => {
    ctx.set('Cache-Control', 'no-store');
    try {
      await next();
    } catch (error) {
      log.error({ ...describeError(error), path: ctx.path }, 'set-up request failed');
      refuseSetup(ctx, 'fault');
    }
  });
  router.use(guard.open);
  router.post('/enter', readBody, (ctx) => withBody(ctx, enterSetupBody, ({ code }) => guard.enter(ctx, code)));
  router.use(guard.inside);

  const view = async (ctx: Context) => {
    ctx.body = await setup.view();
  };
  const changed = async (ctx: Context, change: Promise<SetupChange>) => {
    const outcome = await change;
    if (!outcome.ok) return refuseSetup(ctx, outcome.reason, outcome);
    await view(ctx);
    // The answer leaves first: connecting anew closes this very server.
    if (outcome.anew) ctx.res.once('close', setup.connectAnew);
  };
  const nameOf = (ctx: Context) => (ctx['params'] as { name: string }).name;

  router.get('/', view);
  router.put('/company', readBody, (ctx) =>
    withBody(ctx, setupCompanyBody, (said) => changed(ctx, setup.saveCompany(said))),
  );
  router.put('/platforms/:name', readBody, (ctx) =>
    withBody(ctx, setupPlatformBody, ({ values }) => changed(ctx, setup.savePlatform(nameOf(ctx), values))),
  );
  router.delete('/platforms/:name', (ctx) => changed(ctx, setup.forgetPlatform(nameOf(ctx))));
  router.post('/platforms/:name/doctor', readBody, (ctx) =>
    withBody(ctx, setupDoctorBody, async ({ to }) => {
      const findings = setup.diagnose(nameOf(ctx), to ?? null);
      if (!findings) return refuseSetup(ctx, 'not_connected');
      ctx.type = 'application/x-ndjson';
      // A proxy that collects the answer would show all lines at the end.
      ctx.set('X-Accel-Buffering', 'no');
      ctx.body = Readable.from(lines(findings));
    }),
  );
  router.get('/people', async (ctx) => {
    ctx.body = await setup.people(String(ctx.query['q'] ?? '').slice(0, 60));
  });
  router.post('/people/sync', async (ctx) => {
    await changed(ctx, setup.sync());
    if (ctx.status === 200) ctx.status = 202;
  });
  router.put('/admins', readBody, (ctx) =>
    withBody(ctx, setupAdminsBody, ({ staffIds }) => changed(ctx, setup.setAdmins(staffIds))),
  );
  router.post('/finish', readBody, (ctx) =>
    withBody(ctx, finishSetupBody, async ({ greet }) => {
      const outcome = await setup.finish(greet);
      if (!outcome.ok) return refuseSetup(ctx, outcome.reason, outcome);
      ctx.status = 204;
    }),
  );
  router.all(['/', '/{*rest}'], (ctx) => refuseSetup(ctx, 'not_found'));
  return router.routes() as Middleware;
}

async function* lines(findings: AsyncIterable<Finding>): AsyncGenerator<string> {
  for await (const finding of findings) yield `${JSON.stringify(finding)}\n`;
}

async function withBody<T>(ctx: Context, shape: z.ZodType<T>, work: (body: T) => Promise<void>): Promise<void> {
  const read = shape.safeParse(parseJson(ctx.state['body'] as Buffer), CHINESE);
  if (read.success) return work(read.data);
  const detail = read.error.issues.map(({ message }) => message).join('；');
  refuseSetup(ctx, 'bad_request', { detail });
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8') || '{}');
  } catch {
    return null;
  }
}
