/** What the health page of an instance says, and whether it says the truth in time. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface HealthPage {
  readonly status: 'ok' | 'attention';
  readonly database: { readonly ok: boolean };
  readonly channels: readonly { readonly platform: string; readonly status: string; readonly detail: string | null }[];
  readonly inbox: { readonly ready: number; readonly dead: number } | null;
  readonly outbox: { readonly ready: number; readonly dead: number } | null;
  readonly advice: readonly string[];
}

/** A balancer waits no longer than this. */
const ANSWERED_WITHIN_MS = 4_000;

/** It is always a certain Wednesday for the instances, and today for their database server: that it says so is no news. */
function pastTheServersClock(page: HealthPage): HealthPage {
  const advice = page.advice.filter((words) => !words.includes('服务器时钟与数据库相差'));
  return { ...page, advice, status: advice.length === 0 ? 'ok' : page.status };
}

/** Null when nobody answers. */
export async function askHealth(url: string, withinMs = ANSWERED_WITHIN_MS): Promise<HealthPage | null> {
  try {
    const response = await fetch(`${url}/health`, { signal: AbortSignal.timeout(withinMs) });
    return pastTheServersClock((await response.json()) as HealthPage);
  } catch {
    return null;
  }
}

/** Null when the page came to say so; otherwise what it said last. */
export async function healthComes(
  url: string,
  what: string,
  test: (health: HealthPage) => boolean,
  withinMs: number,
): Promise<string | null> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const health = await askHealth(url);
    if (health && test(health)) return null;
    if (Date.now() > deadline) return `health does not say ${what} within ${withinMs} ms: ${JSON.stringify(health)}`;
    await sleep(50);
  }
}

/** With this sentence among its advice. */
export const healthSays = (url: string, words: string, withinMs: number): Promise<string | null> =>
  healthComes(url, words, ({ advice }) => advice.some((one) => one.includes(words)), withinMs);
