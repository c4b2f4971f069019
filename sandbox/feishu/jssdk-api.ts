/** The client's script as pages load it: the page that a message action opened finds its webview behind it, any other page finds nothing. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Core } from './core.ts';
import type { MessageAction } from './message-action.ts';
import type { SignIn } from './oauth-api.ts';
import { type OpenedAction, webviewScript } from './webview.ts';

/** Below the platform's base path. */
export const SCRIPT_PATH = '/h5-js-sdk.js';

/** The client gives a code for each request: enough for somebody who tries again. */
const CODES_OF_A_PAGE = 5;

export interface ClientScript extends MessageAction {
  /** Answers a request for the script; false when it is for something else. */
  serveScript(request: IncomingMessage, response: ServerResponse): boolean;
}

/** The client knows which page it shows; we read it from the Referer, which pages of the same origin send whole. */
export function createClientScript(core: Core, action: MessageAction, signIn: SignIn): ClientScript {
  const opened = new Map<string, { readonly action: OpenedAction; readonly openId: string }>();
  const path = `${core.options.basePath}${SCRIPT_PATH}`;

  function scriptFor(page: string): string {
    const trigger = triggerOf(page);
    const known = trigger === null ? undefined : opened.get(trigger);
    const detail = known && action.sourceDetail(known.action.triggerCode);
    if (!known || !detail) return '';
    const [code = '', ...spareCodes] = Array.from({ length: CODES_OF_A_PAGE }, () => signIn.codeFor(known.openId));
    return webviewScript({
      appId: core.options.appId,
      opened: { ...known.action, code },
      spareCodes,
      detail,
      ticket: signIn.ticket,
      aheadMs: core.clock.now() - Date.now(),
    });
  }

  return {
    ...action,
    messageAction(person, messageIds) {
      const result = action.messageAction(person, messageIds);
      opened.set(result.triggerCode, { action: result, openId: core.world.person(person).openId });
      return result;
    },
    serveScript(request, response) {
      if (request.url !== path || request.method !== 'GET') return false;
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' });
      response.end(scriptFor(request.headers.referer ?? ''));
      return true;
    },
  };
}

function triggerOf(page: string): string | null {
  if (!URL.canParse(page)) return null;
  try {
    const launch: unknown = JSON.parse(new URL(page).searchParams.get('bdp_launch_query') ?? '{}');
    return String((launch as Record<string, unknown>)['__trigger_id__'] ?? '') || null;
  } catch {
    return null;
  }
}
