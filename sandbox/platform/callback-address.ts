/** Where the product's callbacks go, with kept-alive connections to it. */
import { Agent } from 'node:http';
import { type PostOptions, type PushBody, type PushOutcome, postPush } from './http-push.ts';

export interface CallbackAddress {
  post(push: PushBody, options?: Partial<Pick<PostOptions, 'splitAt' | 'method' | 'deadlineMs'>>): Promise<PushOutcome>;
  setCallbackUrl(url: string): void;
  callbackUrl(): string | null;
  close(): void;
}

/** Pushes wait `deadlineMs` (real ms) for an answer; without an address everything is `unreachable`. */
export function createCallbackAddress(first: string | null, deadlineMs: number): CallbackAddress {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  let url = first;
  return {
    async post(push, options = {}) {
      if (url === null) return { accepted: false, status: null, answer: '', reason: 'unreachable', tookMs: 0 };
      return postPush(url, push, { agent, deadlineMs, ...options });
    },
    setCallbackUrl(next) {
      url = next;
    },
    callbackUrl: () => url,
    close: () => agent.destroy(),
  };
}
