/** What the bare server has to know of a platform: whether to believe a request, and what to store of it. */
import type { IncomingMessage } from 'node:http';

export interface Opener {
  /** How an accepted push is answered. */
  readonly contentType: string;
  readonly answer: string;
  /** The status of the refusal, when it is one. */
  open(request: IncomingMessage, body: Buffer): Found | 400 | 401 | 403;
}

export interface Found {
  readonly tenant: string;
  /** Of the message; stored once. */
  readonly key: string;
  readonly chat: string;
  /** Decrypted, as it was. */
  readonly text: string;
}

const WINDOW_S = 300;

/** Whether a signed timestamp, in seconds, is of these minutes. */
export function isRecent(timestamp: string): boolean {
  return Math.abs(Date.now() / 1000 - Number(timestamp)) <= WINDOW_S;
}
