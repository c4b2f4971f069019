/** Asks the gateway for a connection: an address with a ticket that is good for one socket and 90 s (dingtalk.md §1.1). */
import type { Agents } from '../agents.ts';
import { ApiFailure } from '../api-failure.ts';
import { type Reply, request } from '../http.ts';
import { textField } from '../json.ts';

export interface Subscription {
  readonly type: 'EVENT' | 'CALLBACK';
  readonly topic: string;
}

/** Why a connection did not come about. `refused`: our credentials are not taken, which does not mend itself. */
export class OpenFailure extends Error {
  override readonly name = 'OpenFailure';
  readonly kind: 'refused' | 'unreachable';

  constructor(kind: OpenFailure['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

export interface OpenRequest {
  readonly agents: Agents;
  readonly apiBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptions: readonly Subscription[];
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** The socket's address, ticket included. Rejects with an OpenFailure. */
export async function askForSocket(wanted: OpenRequest): Promise<string> {
  const { status, body } = await ask(wanted);
  const code = body && textField(body, 'code');
  if (status === 401 || code === 'authFailed') throw new OpenFailure('refused', 'authFailed');
  const [endpoint, ticket] = [body && textField(body, 'endpoint'), body && textField(body, 'ticket')];
  if (status !== 200 || !endpoint || !ticket) throw new OpenFailure('unreachable', `status ${status}`);
  return addressOf(endpoint, ticket, wanted.apiBase);
}

async function ask({ agents, apiBase, clientId, clientSecret, subscriptions, ...rest }: OpenRequest): Promise<Reply> {
  const url = new URL(`${apiBase}/v1.0/gateway/connections/open`);
  const wants = subscriptions.map(({ type, topic }) => ({ type, topic }));
  const body = { clientId, clientSecret, ua: 'liaodan/1.0', subscriptions: wants };
  try {
    return await request(agents, { method: 'POST', url, body, ...rest });
  } catch (error) {
    throw new OpenFailure('unreachable', error instanceof ApiFailure ? error.kind : 'unknown');
  }
}

/** What is said on the socket is nobody else's business: unencrypted only where the API itself is on loopback. */
function addressOf(endpoint: string, ticket: string, apiBase: string): string {
  const scheme = apiBase.startsWith('https:') ? ['wss:'] : ['wss:', 'ws:'];
  if (!URL.canParse(endpoint) || !scheme.includes(new URL(endpoint).protocol)) {
    throw new OpenFailure('unreachable', 'endpoint is no secure socket');
  }
  const url = new URL(endpoint);
  // A socket's address has none, and the SDK would print its complaint.
  url.hash = '';
  url.searchParams.set('ticket', ticket);
  return url.href;
}
