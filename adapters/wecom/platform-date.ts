/** What time the platform says it is. */
import http from 'node:http';
import https from 'node:https';

/**
 * The `Date` header of an answer, through the same connections as every call; null when there was none. The question is
 * one that needs no token and is refused (41002). Rejects when there was no answer.
 */
export async function platformDate(agent: http.Agent, apiBase: string): Promise<string | null> {
  const url = new URL(`${apiBase}/cgi-bin/gettoken`);
  const client = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = client.get(url, { agent, signal: AbortSignal.timeout(10_000) }, (incoming) => {
      incoming.resume();
      resolve(incoming.headers.date ?? null);
    });
    outgoing.on('error', reject);
  });
}
