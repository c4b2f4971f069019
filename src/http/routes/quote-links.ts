/** `/q/:token`: a quote as its customer reads it, without signing in; the address is all there is to prove, and is never kept. */
import type Router from '@koa/router';
import type { Context } from 'koa';
import { lookAtOpening, noteOpening } from '../../crm/quote/open-by-customer.ts';
import { type QuoteDocument, quoteDocument } from '../../crm/quote/quote-document.ts';
import { readLink } from '../../crm/quote/quote-link.ts';
import type { Tx } from '../../crm/tx.ts';
import type { FileKind } from '../../documents/job.ts';
import type { Papers } from '../../documents/papers.ts';
import { describeError, type Log } from '../../log.ts';
import { addressOf } from '../address.ts';
import { type CustomerAsset, openedScript, pageStyle } from '../customer-page/assets.ts';
import { type Gone, gonePage } from '../customer-page/gone-page.ts';
import { isPreview } from '../customer-page/previews.ts';
import { quotePage } from '../customer-page/quote-page.ts';
import { createAttempts } from '../sessions/attempts.ts';
import { readToken } from '../sessions/cookie.ts';
import { isToken } from '../sessions/token.ts';
import { sendPaper } from './send-paper.ts';

export interface QuoteLinkContext {
  readonly tenantId: string;
  look<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  transact<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** What the company is called. */
  readonly companyName: () => Promise<string>;
  readonly papers: Papers;
  /** Current instant, ms. */
  readonly now: () => number;
  readonly log: Log;
}

/** Files that one address may ask for in a minute. */
const FILES = 30;

/** The token is the whole right to read: it leaves the page with no link, and no search engine and no frame shows the page. */
const PRIVATE = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow, noarchive',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
};

type Found = { readonly quote: QuoteDocument } | { readonly gone: Gone };

export function serveQuoteLinks(router: Router, context: QuoteLinkContext): void {
  const { tenantId, look, transact, companyName, papers, log } = context;
  const unknown = createAttempts(context.now);
  const files = createAttempts(context.now, FILES);

  async function find(ctx: Context, token: string): Promise<Found> {
    const address = addressOf(ctx);
    if (!unknown.mayTry(address)) return { gone: 'too_often' };
    if (!isToken(token)) return { gone: 'unknown' };
    const company = await companyName();
    const found = await look(tenantId, async (tx): Promise<Found> => {
      const reading = await readLink(tx, token);
      return reading.state === 'open'
        ? { quote: await quoteDocument(tx, reading.quote, company) }
        : { gone: reading.state };
    });
    // Only tries that lead nowhere count: a whole office may read from one address.
    if ('quote' in found || found.gone !== 'unknown') unknown.forgive(address);
    return found;
  }

  async function page(ctx: Context): Promise<void> {
    const { token = '' } = ctx['params'] as { token?: string };
    if (ctx.path.endsWith('/')) return ctx.redirect(`../${encodeURIComponent(token)}`);
    const found = await find(ctx, token);
    if ('gone' in found) return gone(ctx, found.gone);
    ctx.type = 'html';
    ctx.body = quotePage(found.quote, token, readToken(ctx) !== null);
  }

  function file(kind: FileKind) {
    return async (ctx: Context): Promise<void> => {
      if (!files.mayTry(addressOf(ctx))) return gone(ctx, 'too_often', '../');
      const { token = '' } = ctx['params'] as { token?: string };
      const found = await find(ctx, token);
      if ('gone' in found) return gone(ctx, found.gone, '../');
      if (!(await sendPaper(ctx, papers, kind, found.quote))) return gone(ctx, 'busy', '../');
      // A policy for pages makes some viewers show an empty PDF.
      ctx.remove('Content-Security-Policy');
    };
  }

  /**
   * A person has the page before their eyes: its script says so, or they themselves where there is none. Fetching the
   * page says nothing. The answer tells nobody whether the token was right.
   */
  async function opened(ctx: Context): Promise<void> {
    const { token = '' } = ctx['params'] as { token?: string };
    const site = ctx.get('sec-fetch-site');
    const byPerson = !isPreview(ctx.headers) && readToken(ctx) === null && (site === '' || site === 'same-origin');
    if (byPerson && unknown.mayTry(addressOf(ctx)) && isToken(token)) {
      const opening = await look(tenantId, (tx) => lookAtOpening(tx, token));
      if (opening === 'anew') await transact(tenantId, (tx) => noteOpening(tx, token));
      if (opening !== 'unknown') unknown.forgive(addressOf(ctx));
    }
    if (ctx.get('content-type').startsWith('application/x-www-form-urlencoded')) return gone(ctx, 'thanks', '../');
    ctx.status = 204;
  }

  const guarded = (serve: (ctx: Context) => Promise<void>, up: string) => async (ctx: Context) => {
    ctx.set(PRIVATE);
    await serve(ctx).catch((error: unknown) => {
      log.error({ ...describeError(error), path: '/q/:token' }, 'request failed');
      gone(ctx, 'trouble', up);
    });
  };

  for (const asset of [pageStyle, openedScript])
    router.get(`/q/${asset.address.split('?')[0]}`, (ctx) => send(ctx, asset));
  router.get('/q/:token', guarded(page, ''));
  router.post('/q/:token/opened', guarded(opened, '../'));
  router.get('/q/:token/quote.pdf', guarded(file('pdf'), '../'));
  router.get('/q/:token/quote.xlsx', guarded(file('xlsx'), '../'));
}

function gone(ctx: Context, why: Gone, up = ''): void {
  const { status, body } = gonePage(why, up);
  ctx.status = status;
  if (status === 429 || status === 503) ctx.set('Retry-After', status === 429 ? '60' : '5');
  ctx.type = 'html';
  ctx.body = body;
}

function send(ctx: Context, { type, body }: CustomerAsset): void {
  ctx.set({ 'Content-Type': type, 'X-Content-Type-Options': 'nosniff', 'Cache-Control': 'public, max-age=86400' });
  ctx.body = body;
}
