/** A member's client as our pages meet it: which member opened them beside which chat, the redirect with a code, the script. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ShownAt, shownAt } from '../../platform/shown-at.ts';
import type { Core } from '../core.ts';
import type { KfRef, KfTalk } from '../kf/talk.ts';
import type { Speaking } from '../speaking.ts';
import { type ChatRef, idOf, type PersonRef } from '../world.ts';
import type { SignIn } from './sign-in-api.ts';
import { type Seen, webviewScript } from './webview.ts';

/** Below the platform's base path. */
export const SCRIPT_PATH = '/wecom-jssdk.js';
const OPEN_PATH = '/client/open';
const SEND_PATH = '/client/send';
const AUTHORIZE_PATH = '/connect/oauth2/authorize';

/** The client knows whose it is; here a browser knows it by this cookie. One browser, one member at a time. */
const COOKIE = 'wecom_client';

/** `service`: not the contact's own chat, but the session with this service account. */
export type Beside = { readonly contact: PersonRef; readonly service?: KfRef } | { readonly group: ChatRef };

export interface ClientPages {
  /** What a browser visits to be the client of this person and show `url`, in the toolbar of a chat or by itself. */
  openPage(person: PersonRef, url: string, beside?: Beside): string;
  /** Answers what the client and its script ask for; false when it is for something else. */
  servePages(request: IncomingMessage, response: ServerResponse): boolean;
}

interface Opened {
  readonly person: string;
  readonly url: string;
  readonly entry: Seen['entry'];
  readonly open: string | null;
  readonly service: KfRef | null;
}

export function createClientPages(
  core: Core,
  signIn: SignIn,
  { say, staffAnswers }: Pick<Speaking, 'say'> & Pick<KfTalk, 'staffAnswers'>,
): ClientPages {
  const { options, random, world, grants, clock, journal } = core;
  const { basePath, corpId, agentId } = options;
  const opened = new Map<string, Opened>();

  const openedBy = ({ headers }: IncomingMessage): Opened | undefined =>
    opened.get(new RegExp(`${COOKIE}=([0-9a-f]+)`).exec(headers.cookie ?? '')?.[1] ?? '');

  function authorize(query: URLSearchParams, page: Opened | undefined): string | null {
    const target = query.get('redirect_uri') ?? '';
    const known = query.get('appid') === corpId && query.get('response_type') === 'code';
    const complete = known && query.get('scope') === 'snsapi_base' && query.get('agentid') === String(agentId);
    // 50001: the exact host and port of the trusted domain.
    const trusted =
      options.trustedHost === null || (URL.canParse(target) && new URL(target).host === options.trustedHost);
    if (!complete || !trusted || !page) {
      journal.complain(
        'bad_request',
        `authorize: ${complete ? (trusted ? 'not in the client' : '50001') : 'parameters'}`,
      );
      return null;
    }
    const back = new URL(target);
    back.searchParams.set('code', signIn.signInCode(page.person));
    back.searchParams.set('state', query.get('state') ?? '');
    return back.href;
  }

  function scriptFor({ person, entry, open }: Opened, shown: ShownAt): string {
    const allowed = grants.customerContact && (world.members.get(person)?.servesCustomers ?? false);
    const aheadMs = clock.now() - Date.now();
    const sendTo = `${shown.below}${basePath}${SEND_PATH}`;
    const { agent: ticket } = signIn.tickets;
    return webviewScript({ corpId, agentId, ticket, entry, open, allowed, aheadMs, sendTo, shown });
  }

  function send(page: Opened, request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const words = Buffer.concat(chunks).toString('utf8');
      if (page.open !== null && page.service) staffAnswers(page.person, page.open, page.service, words);
      else if (page.open !== null) say(page.person, page.open, words);
      response.writeHead(page.open === null ? 403 : 204).end();
    });
  }

  function besideContact({
    contact,
    service,
  }: Extract<Beside, { contact: PersonRef }>): Omit<Opened, 'person' | 'url'> {
    const entry = service === undefined ? 'single_chat_tools' : 'single_kf_tools';
    return { entry, open: idOf(world.person(contact)), service: service ?? null };
  }

  return {
    openPage(ref, url, beside) {
      const person = idOf(world.person(ref));
      const place =
        beside === undefined
          ? ({ entry: 'normal', open: null, service: null } as const)
          : 'group' in beside
            ? ({ entry: 'group_chat_tools', open: world.chat(beside.group).chatId, service: null } as const)
            : besideContact(beside);
      const key = random.hex(16);
      opened.set(key, { person, url, ...place });
      return new URL(`${basePath}${OPEN_PATH}?page=${key}`, url).href;
    },
    servePages(request, response) {
      const url = new URL(request.url ?? '/', 'http://platform');
      const path = url.pathname.slice(basePath.length);
      const page = openedBy(request);
      if (path === OPEN_PATH) {
        const key = url.searchParams.get('page') ?? '';
        const location = opened.get(key)?.url;
        if (location === undefined) response.writeHead(404).end();
        else response.writeHead(302, { location, 'set-cookie': `${COOKIE}=${key}; Path=${basePath || '/'}` }).end();
      } else if (path === AUTHORIZE_PATH) {
        const location = authorize(url.searchParams, page);
        if (location === null) response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end('50001');
        else response.writeHead(302, { location }).end();
      } else if (path === SCRIPT_PATH) {
        response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' });
        response.end(page ? scriptFor(page, shownAt(request)) : '');
      } else if (path === SEND_PATH && page && request.method === 'POST') send(page, request, response);
      else return false;
      return true;
    },
  };
}
