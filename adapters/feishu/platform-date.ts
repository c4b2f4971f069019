/** What time the platform says it is. */
import http from 'node:http';
import https from 'node:https';

/**
 * The `Date` header of an answer, through the same connections as every call; null when there was none. The question is
 * one that needs no token and is refused (10003). Rejects when there was no answer.
 */
export async function platformDate(agent: http.Agent, apiBase: string): Promise<string | null> {
  const url = new URL(`${apiBase}/open-apis/auth/v3/tenant_access_token/internal`);
  const client = url.protocol === 'https:' ? https : http;
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': 2 };
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers, agent, signal: AbortSignal.timeout(10_000) };
    const outgoing = client.request(url, options, (incoming) => {
      incoming.resume();
      resolve(incoming.headers.date ?? null);
    });
    outgoing.on('error', reject);
    outgoing.end('{}');
  });
}
