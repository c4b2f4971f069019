/** Everything the server answers: the API by its contract, files, links, sessions, callbacks, and bytes that are hardly HTTP. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { z } from 'zod';
import { normalise } from '../../../adapters/feishu/normalise.ts';
import { handleEvent } from '../../../src/crm/handle-event.ts';
import { type Operation, operations } from '../../../src/http/contract/operations.ts';
import { messageEnvelope } from '../../unit/feishu/sealing.ts';
import { hostileText, piece } from '../hostile.ts';
import { anyBytes, bentBytes, bentJson } from '../mutate.ts';
import { must, orRefusal, target } from '../target.ts';
import { sampleOf } from './sample-of.ts';
import { type Served, serveCompany } from './served-company.ts';

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | null;
}

/** Stands for the id of a row that is there. */
const ID = '@id';

const json = { 'content-type': 'application/json', 'x-liaodan': '1' };
const part = fc.oneof(
  hostileText.map((text) => text.slice(0, 300)),
  fc.constant(ID),
);
const written = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%40id', ID);

function queryOf(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('cursor', 'limit', 'q', 'kind', 'name', ...names) },
    piece,
  );
  const value = fc.oneof(part, fc.constantFrom('1', '0', '-1', '1e9', 'true', 'other', '报价.pdf'));
  return fc
    .array(fc.tuple(name, value), { maxLength: 3 })
    .map((pairs) => (pairs.length ? `?${pairs.map((pair) => pair.map(written).join('=')).join('&')}` : ''));
}

function callOf({ method, path, query, body }: Operation): fc.Arbitrary<Asked> {
  const names = query instanceof z.ZodObject ? Object.keys(query.shape) : [];
  const place = fc.oneof({ weight: 4, arbitrary: fc.constant(ID) }, part).map((it) => path.replace(':id', written(it)));
  const given = body
    ? fc.oneof({ weight: 6, arbitrary: bentJson(sampleOf(body) as object) }, { weight: 1, arbitrary: hostileText })
    : fc.constant(null);
  return fc.tuple(place, queryOf(names), given, fc.option(part)).map(([where, asked, said, key]) => ({
    method: method.toUpperCase(),
    path: where + (query ? asked : ''),
    headers: { ...json, ...(key === null ? {} : { 'idempotency-key': written(key) }) },
    body: said === null ? null : Buffer.from(said),
  }));
}

const called = fc.oneof(...Object.values<Operation>(operations).map(callOf));

const others = fc
  .tuple(
    fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
    fc.constantFrom(
      ...[
        '/health',
        '/',
        '/app/',
        '/app/@/@',
        '/app/assets/@',
        '/app/enter/feishu',
        '/app/enter/@',
        '/q/@',
        '/q/@/opened',
      ],
      ...[
        '/q/@/quote.pdf',
        '/q/@/quote.xlsx',
        '/api/session',
        '/api/jsapi/feishu',
        '/api/hand-over/feishu',
        '/api/hand-over/@',
      ],
      ...[
        '/api/deals/@/files',
        '/api/files/@/content',
        '/api/quotes/@/quote.pdf',
        '/callbacks/feishu',
        '/callbacks/wecom/@',
      ],
      ...['/callbacks/@/@', '/metrics', '/@', '/api/@', '/api/openapi.json', '/setup', '/app/setup', '/api/setup/@'],
    ),
    part,
    queryOf(['code', 'state', 'url', 'authCode', 'echostr', 'msg_signature', 'timestamp', 'nonce']),
    fc.oneof(
      bentJson({ platform: 'feishu', code: 'c', messageIds: ['om_1'] }).map((text) => Buffer.from(text)),
      anyBytes,
    ),
    fc.record(
      { cookie: part, authorization: part, 'x-forwarded-for': part, 'content-type': part, origin: part },
      { requiredKeys: [] },
    ),
  )
  .map(
    ([method, path, put, query, body, headers]): Asked => ({
      ...{ method, path: path.replaceAll('@', written(put)) + query },
      headers: {
        ...json,
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, written(value)])),
      },
      body: method === 'GET' || method === 'HEAD' ? null : body,
    }),
  );

const agent = new Agent({ keepAlive: true });

async function send(served: Served, { method, path, headers, body }: Asked, at: number): Promise<number> {
  const filled = (text: string) => text.replaceAll(ID, served.ids[at % served.ids.length] ?? '');
  const said = body && (body.includes(ID) ? Buffer.from(filled(body.toString('utf8'))) : body);
  // Not every method has a body by itself: without its length it would be read as the next request.
  const length = said === null ? {} : { 'content-length': String(said.length) };
  const options = {
    agent,
    host: '127.0.0.1',
    port: served.port,
    method,
    path: filled(path),
    headers: { ...headers, ...length },
  };
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const asking = request(options, resolve);
    asking.on('error', reject);
    asking.end(said);
  });
  answer.resume();
  await new Promise((resolve) => answer.once('end', resolve));
  return answer.statusCode ?? 0;
}

function isSound(served: Served, status: number, asked: string): void {
  const said = served.faults();
  must(said.length === 0, `${asked}: ${said.join(' ')}`);
  must(status >= 200 && (status < 500 || status === 503), `${asked} answered ${status}`);
}

export const api = target({
  name: 'api',
  share: 10,
  inputs: fc.tuple(called, fc.nat(100), fc.boolean()),
  async open() {
    const served = await serveCompany();
    return {
      async try([asked, at, program]) {
        const who: Record<string, string> = program
          ? { authorization: `Bearer ${served.bearer}` }
          : { cookie: `liaodan=${served.cookie}` };
        const status = await send(served, { ...asked, headers: { ...asked.headers, ...who } }, at);
        isSound(served, status, `${asked.method} ${asked.path.slice(0, 80)}`);
      },
      close: served.close,
    };
  },
});

export const pages = target({
  name: 'other addresses',
  share: 6,
  inputs: fc.tuple(others, fc.nat(100), fc.boolean()),
  async open() {
    const served = await serveCompany();
    return {
      async try([asked, at, signedIn]) {
        const who = signedIn ? { cookie: `liaodan=${served.cookie}` } : {};
        const status = await send(served, { ...asked, headers: { ...asked.headers, ...who } }, at);
        isSound(served, status, `${asked.method} ${asked.path.slice(0, 80)}`);
      },
      close: served.close,
    };
  },
});

const multipart = '--x\r\nContent-Disposition: form-data; name="f"; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n--x--\r\n';
const wire = fc.constantFrom(
  'GET /api/me HTTP/1.1\r\nHost: a\r\nCookie: liaodan=x; a="b; liaodan=y\r\nConnection: close\r\n\r\n',
  'POST /callbacks/wecom?msg_signature=a&timestamp=1&nonce=b HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n<xml>',
  'POST /api/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX-Liaodan: 1\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  `POST /api/deals/1/files?kind=other&name=a.pdf HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: ${multipart.length}\r\n\r\n${multipart}`,
  'GET /app/%ff%2e%2e/%00?a[__proto__]=1&a&&=%zz HTTP/1.1\r\nHost: [::1\r\nX-Forwarded-For: 1.2.3.4, ::ffff:x\r\n\r\n',
  'GET /callbacks/feishu HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
);

export const rawHttp = target({
  name: 'bent http',
  share: 4,
  inputs: bentBytes(wire.map((text) => Buffer.from(text, 'latin1'))),
  async open() {
    const served = await serveCompany();
    return {
      async try(bytes) {
        const answered = await exchange(served.port, bytes);
        must(!/^HTTP\/1\.1 500/.test(answered), `answered ${answered.slice(0, 60)}`);
        isSound(served, 200, 'bent bytes');
      },
      async close() {
        const status = await send(served, { method: 'GET', path: '/health', headers: {}, body: null }, 0);
        await served.close();
        must(status === 200 || status === 503, `/health answers ${status} afterwards`);
      },
    };
  },
});

/** Says it, hangs up, and listens to the end. */
function exchange(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let answered = '';
    socket.on('data', (some) => {
      if (answered.length < 1_000) answered += some.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answered));
    socket.end(bytes);
  });
}

const spoken = fc.oneof(
  bentJson(messageEnvelope(), messageEnvelope({ senderTenant: 'of-others' }), messageEnvelope({ chatType: 'p2p' })),
  hostileText.map((text) => JSON.stringify(messageEnvelope({ text, senderTenant: 'of-others' }))),
);

export const handled = target({
  name: 'handled events',
  share: 3,
  inputs: fc.tuple(spoken, fc.nat()),
  async open() {
    const served = await serveCompany();
    return {
      async try([payload, at]) {
        const event = orRefusal(() => normalise(payload, 'ou_bot'));
        if (!event) return;
        // Each is a message of its own, and not the one before said again.
        const own = event.type === 'message' ? { ...event, messageId: `${event.messageId}${at}`.slice(-128) } : event;
        await served.app.transact((tx) => handleEvent(tx, served.accountId, own));
      },
      close: served.close,
    };
  },
});
