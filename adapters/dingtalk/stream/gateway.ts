/** Asks the gateway for a connection: an address with a ticket that is good for one socket and 90 s (dingtalk.md §1.1). */
import { parseRecord, textField } from '../json.ts';

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
  readonly apiBase: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptions: readonly Subscription[];
  readonly withinMs: number;
  readonly signal: AbortSignal;
}

/** The socket's address, ticket included. Rejects with an OpenFailure. */
export async function askForSocket(request: OpenRequest): Promise<string> {
  const { apiBase, clientId, clientSecret, subscriptions } = request;
  const { status, text } = await post(
    `${apiBase}/v1.0/gateway/connections/open`,
    JSON.stringify({ clientId, clientSecret, ua: 'liaodan/1.0', subscriptions }),
    request,
  );
  const reply = parseRecord(text);
  const code = reply && textField(reply, 'code');
  if (status === 401 || code === 'authFailed') throw new OpenFailure('refused', 'authFailed');
  const [endpoint, ticket] = [reply && textField(reply, 'endpoint'), reply && textField(reply, 'ticket')];
  if (status !== 200 || !endpoint || !ticket) throw new OpenFailure('unreachable', `status ${status}`);
  return addressOf(endpoint, ticket, apiBase);
}

async function post(
  url: string,
  body: string,
  { withinMs, signal }: OpenRequest,
): Promise<{ status: number; text: string }> {
  // Without `accept` the gateway answers in XML.
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers,
      body,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
    });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    throw new OpenFailure('unreachable', error instanceof Error ? error.name : 'unknown');
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
