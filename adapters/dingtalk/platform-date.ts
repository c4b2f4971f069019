/** What time the platform says it is. */
import http from 'node:http';
import https from 'node:https';
import type { Agents } from './agents.ts';

/**
 * The `Date` header of an answer, through the same connections as every call; null when there was none. The question is
 * one that costs nothing and is refused (40035). Rejects when there was no answer.
 */
export async function platformDate(agents: Agents, oapiBase: string): Promise<string | null> {
  const url = new URL(`${oapiBase}/gettoken`);
  const { get } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const outgoing = get(url, { agent: agents.of(url), signal: AbortSignal.timeout(10_000) }, (incoming) => {
      incoming.resume();
      resolve(incoming.headers.date ?? null);
    });
    outgoing.on('error', reject);
  });
}
