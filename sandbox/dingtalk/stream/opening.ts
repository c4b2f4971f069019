/** Opening a connection: `POST /v1.0/gateway/connections/open`, tickets that work once and for 90 s, and a storm watch. */
import type { ApiCall } from '../../platform/http-face.ts';
import { asObject } from '../../platform/json.ts';
import type { Random } from '../../platform/random.ts';
import type { Journal } from '../complaints.ts';
import type { MisbehaviourState } from '../misbehaviour.ts';
import type { ResolvedOptions } from '../options.ts';
import { ok, type Reply, type Route, refuse } from '../reply.ts';

const TICKET_MS = 90_000;
const MINUTE_MS = 60_000;
const CALLBACK_TOPIC = /^\/v1\.0\/.+/;

export interface Opening {
  readonly route: Route;
  /** The topics a ticket was opened for; null when it is unknown, used or too old. */
  redeem(ticket: string): ReadonlySet<string> | null;
  /** Openings asked for so far, granted or not. */
  count(): number;
}

export function createOpening(setup: {
  options: ResolvedOptions;
  random: Random;
  journal: Journal;
  now: () => number;
  misbehaviour: MisbehaviourState;
  path: string;
}): Opening {
  const { options, random, journal, now, misbehaviour } = setup;
  const tickets = new Map<string, { topics: ReadonlySet<string>; issuedAt: number }>();
  const opened: number[] = [];
  let total = 0;

  function watchForStorm(): void {
    const at = performance.now();
    total += 1;
    opened.push(at);
    while ((opened[0] ?? at) < at - MINUTE_MS) opened.shift();
    if (opened.length === options.opensPerMinute + 1) {
      journal.complain('reconnect_storm', `${opened.length} openings within a minute`);
    }
  }

  function answer({ body, host }: ApiCall): Reply {
    watchForStorm();
    const status = misbehaviour.gatewayState.openingStatus;
    if (status === 400)
      return { status, headers: { 'content-type': 'text/html' }, body: Buffer.from('<html>400</html>') };
    if (status === 503) return refuse('ServiceUnavailable', '服务不可用', 503);
    if (status === 401 || body.clientId !== options.clientId || body.clientSecret !== options.clientSecret) {
      if (status === null) journal.complain('wrong_secret', 'gateway/connections/open');
      return refuse('authFailed', '鉴权失败', 401);
    }
    const topics = topicsOf(body.subscriptions);
    if (!topics) {
      journal.complain('bad_request', `subscriptions: ${JSON.stringify(body.subscriptions)}`);
      return refuse('invalidParameter.subscriptions', '订阅参数错误');
    }
    const ticket = `${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}`;
    tickets.set(ticket, { topics, issuedAt: now() });
    return ok({ endpoint: `ws://${host}${setup.path}`, ticket });
  }

  return {
    route: { method: 'POST', path: '/api/v1.0/gateway/connections/open', auth: 'none', answer },
    redeem(ticket) {
      const known = tickets.get(ticket);
      tickets.delete(ticket);
      return known && now() - known.issuedAt <= TICKET_MS ? known.topics : null;
    },
    count: () => total,
  };
}

/** Null when one of them cannot be subscribed to: events only as `*`. */
function topicsOf(list: unknown): ReadonlySet<string> | null {
  if (!Array.isArray(list) || list.length === 0) return null;
  const topics = list.map(asObject).map((entry) => {
    const [type, topic] = [String(entry?.type), String(entry?.topic)];
    const fits = type === 'EVENT' ? topic === '*' : type === 'CALLBACK' && CALLBACK_TOPIC.test(topic);
    return fits ? `${type} ${topic}` : null;
  });
  return topics.includes(null) ? null : new Set(topics.filter((topic) => topic !== null));
}
