/** The client's script as pages load it: a page that the client opened finds `window.dd` in it, any other finds nothing. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type ShownAt, shownAt } from '../../platform/shown-at.ts';
import type { Core } from '../core.ts';
import type { Person } from '../world.ts';
import type { PickedMessages, Webview } from './webview.ts';

/** Below the platform's base path. */
export const SCRIPT_PATH = '/dingtalk.open.js';

/** The client adds parameters of its own to the addresses it opens; ours tells which opening this is. */
const PARAMETER = 'dd_page';

export interface ClientScript {
  /** The address as the client of this person opens it, with what they picked in the message menu. */
  openPage(person: Person | string, url: string, picked?: PickedMessages): string;
  /** Answers a request for the script; false when it is for something else. */
  serveScript(request: IncomingMessage, response: ServerResponse): boolean;
}

/** The client knows which page it shows; we read it from the Referer, which pages of the same origin send whole. */
export function createClientScript({ options, random }: Core, webview: Webview): ClientScript {
  const opened = new Map<string, (shown: ShownAt) => string>();
  const path = `${options.basePath}${SCRIPT_PATH}`;

  return {
    openPage(person, url, picked) {
      const page = random.hex(16);
      opened.set(page, (shown) => webview.webviewScript(person, picked, 'SHA-256', shown));
      const address = new URL(url);
      address.searchParams.set(PARAMETER, page);
      return address.href;
    },
    serveScript(request, response) {
      const { url, method, headers } = request;
      const { referer = '' } = headers;
      if (url !== path || method !== 'GET') return false;
      const page = URL.canParse(referer) ? (new URL(referer).searchParams.get(PARAMETER) ?? '') : '';
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' });
      response.end(opened.get(page)?.(shownAt(request)) ?? '');
      return true;
    },
  };
}
