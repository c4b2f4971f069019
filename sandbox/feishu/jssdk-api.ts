/** The client's script as pages load it: a page that the client opened finds its webview behind it, any other page finds nothing. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ShownAt, shownAt } from '../platform/shown-at.ts';
import type { Core } from './core.ts';
import type { MessageAction } from './message-action.ts';
import type { SignIn } from './oauth-api.ts';
import { type SourceDetail, type TriggerContext, webviewScript } from './webview.ts';
import type { Chat, Person } from './world.ts';

/** Below the platform's base path. */
export const SCRIPT_PATH = '/h5-js-sdk.js';

/** The client gives a code for each request: enough for somebody who tries again. */
const CODES_OF_A_PAGE = 5;

/** Tells which opening a page without a trigger is. */
const PARAMETER = 'lark_page';

interface Opened {
  readonly openId: string;
  /** Empty where nothing triggered it. */
  readonly triggerCode: string;
  readonly detail: SourceDetail | null;
  readonly context?: TriggerContext;
}

export interface ClientScript extends MessageAction {
  /** The address as the client of this person opens it: from the + menu of a chat, or from the workbench and from links. */
  openPage(person: Person | string, url: string, chat?: Chat | string): string;
  /** Answers a request for the script; false when it is for something else. */
  serveScript(request: IncomingMessage, response: ServerResponse): boolean;
}

/** The client knows which page it shows; we read it from the Referer, which pages of the same origin send whole. */
export function createClientScript(core: Core, action: MessageAction, signIn: SignIn): ClientScript {
  const { random, world, options, clock } = core;
  const opened = new Map<string, Opened>();
  const path = `${options.basePath}${SCRIPT_PATH}`;

  function scriptFor(page: string, shown: ShownAt): string {
    const known = opened.get(openingOf(page) ?? '');
    if (!known) return '';
    const { openId, triggerCode, detail, context } = known;
    const [code = '', ...spareCodes] = Array.from({ length: CODES_OF_A_PAGE }, () => signIn.codeFor(openId));
    return webviewScript({
      appId: options.appId,
      opened: { code, triggerCode, query: '' },
      spareCodes,
      detail,
      ...(context && { context }),
      ticket: signIn.ticket,
      aheadMs: clock.now() - Date.now(),
      shown,
    });
  }

  return {
    ...action,
    messageAction(person, messageIds) {
      const result = action.messageAction(person, messageIds);
      const { triggerCode } = result;
      opened.set(triggerCode, {
        openId: world.person(person).openId,
        triggerCode,
        detail: action.sourceDetail(triggerCode),
      });
      return result;
    },
    openPage(person, url, chat) {
      const { openId, name } = world.person(person);
      const address = new URL(url);
      if (chat === undefined) {
        const page = random.hex(16);
        opened.set(page, { openId, triggerCode: '', detail: null });
        address.searchParams.set(PARAMETER, page);
        return address.href;
      }
      const { chatId, memberIds } = world.chat(chat);
      if (!memberIds.has(openId)) throw new Error(`${name} is not in this chat`);
      const triggerCode = `c-${random.hex(40)}`;
      const context = { openChatId: chatId, bizType: 'chat' } as const;
      opened.set(triggerCode, { openId, triggerCode, detail: null, context });
      address.searchParams.set('from', 'plus_menu_group');
      address.searchParams.set('bdp_launch_query', JSON.stringify({ __trigger_id__: triggerCode }));
      return address.href;
    },
    serveScript(request, response) {
      if (request.url !== path || request.method !== 'GET') return false;
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' });
      response.end(scriptFor(request.headers.referer ?? '', shownAt(request)));
      return true;
    },
  };
}

function openingOf(page: string): string | null {
  if (!URL.canParse(page)) return null;
  const { searchParams } = new URL(page);
  try {
    const launch: unknown = JSON.parse(searchParams.get('bdp_launch_query') ?? '{}');
    return String((launch as Record<string, unknown>)['__trigger_id__'] ?? '') || searchParams.get(PARAMETER);
  } catch {
    return null;
  }
}
