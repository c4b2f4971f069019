/** The HTTP server: platform callbacks, the health page, and what pages ask for. */
import { createServer, type Server } from 'node:http';
import { BlockList } from 'node:net';
import Router from '@koa/router';
import Koa from 'koa';
import type { Channel } from '../channel/channel.ts';
import { createPapers } from '../documents/papers.ts';
import { describeError, type Log } from '../log.ts';
import type { Pages } from '../pages/pages.ts';
import type { Setup } from '../setup/setup.ts';
import { findAddress, readProxies } from './address.ts';
import { LONGEST_REQUEST_MS, readBody, readFileBody } from './body.ts';
import { type ApiContext, mountApi } from './routes/api/serve.ts';
import { callbackHandler, callbackPlace } from './routes/callbacks.ts';
import { serveFiles } from './routes/files.ts';
import { handOverHandler } from './routes/hand-over.ts';
import type { Health } from './routes/health.ts';
import { healthHandler } from './routes/health.ts';
import { jsapiHandler } from './routes/jsapi.ts';
import { type MetricsPage, metricsHandler } from './routes/metrics.ts';
import { pageRoutes } from './routes/pages.ts';
import { serveQuoteLinks } from './routes/quote-links.ts';
import { serveQuotePapers } from './routes/quote-papers.ts';
import { serveRootFiles } from './routes/root-files.ts';
import { sessionRoutes } from './routes/session.ts';
import type { BearerContext } from './sessions/bearer.ts';
import { enterHandler } from './sessions/enter.ts';
import { requireStaff } from './sessions/require-staff.ts';
import type { SignInContext } from './sessions/sign-in.ts';
import { setupRoutes } from './setup/routes.ts';

export interface HttpOptions {
  readonly channels: readonly { readonly accountId: string; readonly channel: Channel }[];
  readonly health: () => Promise<Health>;
  readonly metrics: MetricsPage & {
    /** Told how long a callback took, seconds. */
    answered(platform: string, status: number, seconds: number): void;
  };
  readonly pages: Pages;
  /** Who may sign in, and where it is kept. */
  readonly signIn: Pick<SignInContext, 'sessions' | 'tenantId' | 'look' | 'now'>;
  readonly api: Pick<ApiContext, 'look' | 'transact'>;
  /** What the company is called. */
  readonly companyName: () => Promise<string>;
  /** Absent where nothing can be set up from a page. */
  readonly setup?: Setup | undefined;
  /** Where people reach us; null when not said. */
  readonly publicUrl: string | null;
  /** As the settings have read them. */
  readonly trustedProxies: readonly string[];
  readonly log: Log;
}

const isOfTheConnection = (code: string | null): boolean =>
  code !== null && (code.startsWith('HPE_') || code === 'ECONNRESET' || code === 'EPIPE');

/** Builds the server; it does not listen yet. */
export function createHttpServer(options: HttpOptions): Server {
  const app = new Koa();
  app.on('error', (error: unknown) => {
    const described = describeError(error);
    // Who sends what is no HTTP, or hangs up, is no fault of ours, and shall not fill the log.
    if (!isOfTheConnection(described.code)) options.log.error(described, 'request failed');
  });
  const router = new Router();
  const callback = callbackHandler(options.channels, options.log, options.metrics.answered);
  router.get('/health', healthHandler(options.health));
  router.get('/metrics', metricsHandler(options.metrics, options.publicUrl));
  router.post('/api/hand-over/:platform', readBody, handOverHandler(options.channels));
  router.get('/api/jsapi/:platform', jsapiHandler(options.channels, options.publicUrl));
  const session = sessionRoutes({ ...options, ...options.signIn });
  router.get('/api/session', session.who);
  router.post('/api/session', readBody, session.signIn);
  router.delete('/api/session', session.signOut);
  router.get('/app/enter/:platform', enterHandler({ ...options, now: options.signIn.now, enter: session.enter }));
  const platformOf = (accountId: string) =>
    options.channels.find((connected) => connected.accountId === accountId)?.channel.platform ?? null;
  const { tenantId, look } = options.signIn;
  const programs: BearerContext = { tenantId, look, transact: (work) => options.api.transact(tenantId, work) };
  const guard = requireStaff({ ...options.signIn, publicUrl: options.publicUrl, programs });
  mountApi(router, { ...options.api, platformOf, publicUrl: options.publicUrl, log: options.log }, guard, readBody);
  serveFiles(router, { ...options.api, log: options.log }, guard, readFileBody);
  const papers = createPapers();
  const quotes = { ...options, ...options.signIn, ...options.api, papers };
  serveQuotePapers(router, quotes, guard);
  serveQuoteLinks(router, quotes);
  const { document, asset } = pageRoutes(options.pages, options.channels);
  router.get('/app/assets/:name', asset);
  router.get(['/app/', '/app/:page', '/app/:page/:id'], document);
  serveRootFiles(router, options.channels);
  router.get('/', async (ctx) => {
    // On the first day this is where whoever opens the bare address wants to be.
    if (await options.setup?.isOpen()) return ctx.redirect('app/setup');
    ctx.type = 'text/plain';
    ctx.body = '聊单正在运行。接入情况见 /health。\n';
  });
  // Ahead of the router, which costs as much as opening the callback does: 6 of 95 µs.
  app.use((ctx, next) => {
    const place = callbackPlace(ctx.path);
    return place ? readBody(ctx, () => callback(ctx, place)) : next();
  });
  app.use(findAddress(readProxies(options.trustedProxies) ?? new BlockList()));
  if (options.setup) app.use(setupRoutes({ ...options, setup: options.setup, now: options.signIn.now }));
  app.use(router.routes());
  // A request that dribbles in holds a socket and nothing else, and not for long: whoever reads its body stops waiting.
  const server = createServer(
    {
      requestTimeout: LONGEST_REQUEST_MS,
      headersTimeout: 5_000,
      connectionsCheckingInterval: 2_000,
      keepAliveTimeout: 65_000,
    },
    app.callback(),
  );
  server.once('close', () => void papers.stop());
  return server;
}
