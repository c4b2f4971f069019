/** The desk over HTTP: the built page, the desk as JSON, its changes as a stream, and the commands. */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, extname, join } from 'node:path';
import type { Handler } from '../start.ts';
import { carryOut, isCommand } from './commands.ts';
import type { Desk } from './desk.ts';
import { readJson, refuseStranger } from './guard.ts';
import { createLive } from './live.ts';

import { readView } from './read-view.ts';

/** Nothing from outside, nothing inline: a message can never become code. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Answers `/` and everything below `/console/`. `page` is the folder of the built page. */
export function createHandler(desk: Desk, page: string): Handler {
  const read = async () => JSON.stringify(await readView(desk));
  const subscribe = (changed: () => void) => {
    const ends = desk.platforms.map((platform) => platform.subscribe(changed));
    return () => {
      for (const end of ends) end();
    };
  };
  const live = createLive(subscribe, read);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const stranger = refuseStranger(request);
    if (stranger) return fail(response, 403, stranger);
    const { pathname } = new URL(request.url ?? '/', 'http://desk');
    if (pathname.startsWith('/console/api/')) return api(request, response, pathname.slice('/console/api/'.length));
    if (request.method !== 'GET' && request.method !== 'HEAD') return fail(response, 405, '这里只能读取。');
    if (pathname === '/console') return redirect(response);
    const [, key, messageId = ''] = /^\/console\/pictures\/(\w+)\/([\w.-]+)$/.exec(pathname) ?? [];
    const picture = desk.platforms.find((platform) => platform.key === key)?.picture(messageId);
    if (picture) {
      response
        .writeHead(200, { ...HEADERS, 'content-type': 'image/png', 'cache-control': 'max-age=3600' })
        .end(picture);
      return;
    }
    if (pathname === '/') return send(response, join(page, 'index.html'), 'no-store');
    // Vite puts every asset into one flat folder under a name that changes with its content.
    if (/^\/console\/assets\/[\w.-]+$/.test(pathname))
      return send(response, join(page, 'assets', basename(pathname)), 'max-age=31536000, immutable');
    return fail(response, 404, '没有这个页面。');
  }

  async function api(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    if (request.method === 'GET' && name === 'state') return json(response, 200, await read());
    if (request.method === 'GET' && name === 'events') return live.follow(response);
    if (!isCommand(name)) return fail(response, 404, '没有这个操作。');
    if (request.method !== 'POST') return fail(response, 405, '这个操作要用 POST。');
    const body = await readJson(request);
    if (!body.ok) return fail(response, body.status, body.message);
    const outcome = await carryOut(desk, name, body.value);
    if (!outcome.ok) return fail(response, outcome.status, outcome.message);
    json(response, 200, JSON.stringify(outcome.answer));
  }

  return (request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else fail(response, 500, '演示台出错了，请重试；不行就重启 npm run demo。');
    });
  };
}

async function send(response: ServerResponse, path: string, cache: string): Promise<void> {
  const content = await readFile(path).catch(() => null);
  if (content === null) return fail(response, 404, '没有这个文件。');
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  response.writeHead(200, { ...HEADERS, 'content-type': type, 'cache-control': cache }).end(content);
}

function json(response: ServerResponse, status: number, body: string): void {
  response
    .writeHead(status, { ...HEADERS, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
    .end(body);
}

function redirect(response: ServerResponse): void {
  response.writeHead(302, { ...HEADERS, location: '/' }).end();
}

function fail(response: ServerResponse, status: number, message: string): void {
  // The rest of a body that was too long must not be waited for.
  if (status === 413) response.setHeader('connection', 'close');
  json(response, status, JSON.stringify({ error: message }));
}
