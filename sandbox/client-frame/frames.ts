/** The client's webview, drawn in a frame: each colleague's on each platform has its own address below the sandbox's, and its own cookies. */
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { refuseStranger } from '../desk/guard.ts';
import type { PlatformKey } from '../desk/view.ts';
import { SHOWN_AT } from '../platform/shown-at.ts';
import type { Handler } from '../start.ts';
import { clientNames, clientScript } from './client-names.ts';
import { cookieNames } from './cookie-names.ts';

/** Below which the frames are: `/client-frame/<platform>/<person>/…`. */
export const FRAMES_PATH = '/client-frame';
/** Opens the page beside a chat: `?chat=…`, or a page of ours that a link there leads to: `&to=/app/…`. */
const OPEN = '/open';
const SCRIPT = '/client.js';

export interface FrameOptions {
  /** The sandbox's own address, which the product and the platforms know each other by. */
  readonly url: string;
  /** What the client of this person opens beside this chat, as the platform writes it; null where it opens nothing. */
  openPage(platform: PlatformKey, personId: string, chatId: string, link: string | null): string | null;
}

/**
 * Passes everything below a frame's address on to the sandbox as the webview would ask for it, and translates addresses
 * both ways. The product answers as it always does: real codes, real sessions, its own policy, which lets frames of its
 * own origin be. Only what a client brings is added: its name, and its one script ahead of the page's.
 */
export function createFrames({ url, openPage }: FrameOptions): Handler {
  const own = new URL(url);

  return (request, response) => {
    const stranger = refuseStranger(request);
    if (stranger) return refuse(response, 403, stranger);
    const found = /^\/client-frame\/(feishu|wecom|dingtalk)\/([\w-]{1,64})(\/.*)$/.exec(request.url ?? '');
    if (!found) return refuse(response, 404, '没有这个页面。');
    const [, platform, person = '', path = '/'] = found;
    const frame = `${FRAMES_PATH}/${platform}/${person}`;
    const below = `http://${request.headers.host}${frame}`;
    const { pathname, searchParams } = new URL(path, url);
    if (pathname === OPEN) {
      const to = searchParams.get('to');
      const link = to?.startsWith('/app/') ? new URL(to, url).href : null;
      const address = openPage(platform as PlatformKey, person, searchParams.get('chat') ?? '', link);
      if (address === null) return refuse(response, 404, '这个会话旁边没有聊单的页面。');
      response.writeHead(302, { location: address.replace(url, below), 'cache-control': 'no-store' }).end();
    } else if (pathname === SCRIPT) {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-store' });
      response.end(clientScript(platform as PlatformKey));
    } else pass(request, response, { platform: platform as PlatformKey, frame, below, path });
  };

  function pass(request: IncomingMessage, response: ServerResponse, seen: Frame): void {
    const { platform, frame, below, path } = seen;
    const { headers } = request;
    const cookies = cookieNames(frame);
    const outwards = ask(
      {
        host: own.hostname,
        port: own.port,
        method: request.method,
        path: path.replace(encodeURIComponent(below), encodeURIComponent(url)),
        headers: {
          ...headers,
          host: own.host,
          [SHOWN_AT]: below,
          cookie: cookies.asAsked(headers.cookie ?? ''),
          'user-agent': `${headers['user-agent'] ?? ''} ${clientNames[platform]}`,
          'accept-encoding': 'identity',
          ...(headers.referer && { referer: headers.referer.replace(below, url) }),
          ...(headers.origin && { origin: url }),
        },
      },
      (answer) => {
        const { location, 'set-cookie': given = [] } = answer.headers;
        const told = { ...answer.headers };
        if (location) told.location = new URL(location, `${url}${path}`).href.replace(url, below);
        if (given.length > 0) told['set-cookie'] = given.map(cookies.asGiven);
        const type = answer.headers['content-type'] ?? '';
        const change = type.startsWith('text/html')
          ? (body: string) => body.replace('<head>', `<head><script src="${frame}${SCRIPT}"></script>`)
          : path.startsWith('/api/jsapi/')
            ? (body: string) => body.replaceAll(`"${url}/`, `"${below}/`)
            : null;
        if (change === null) {
          response.writeHead(answer.statusCode ?? 502, told);
          answer.pipe(response);
          return;
        }
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const body = Buffer.from(change(Buffer.concat(chunks).toString('utf8')));
          response.writeHead(answer.statusCode ?? 502, { ...told, 'content-length': body.length }).end(body);
        });
      },
    );
    outwards.on('error', () => refuse(response, 502, '演示台正在重新启动，请稍后刷新。'));
    response.on('close', () => outwards.destroy());
    request.pipe(outwards);
  }
}

interface Frame {
  readonly platform: PlatformKey;
  readonly frame: string;
  readonly below: string;
  readonly path: string;
}

function refuse(response: ServerResponse, status: number, words: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(words);
}
