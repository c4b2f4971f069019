/** How WeCom's tokens and tickets are renewed, and what makes asking for them useless. */
import { ApiFailure } from './api-failure.ts';

const marginMs = 5 * 60_000;
/** Wrong secret or company: asking on gets our address banned for an hour. */
const wrongCredentials = [40001, 40013];
const pauseMs = 10 * 60_000;

export const tokenMarginMs = (lifeMs: number): number => Math.min(marginMs, lifeMs / 10);

export const restAfter = (error: unknown): number =>
  error instanceof ApiFailure && error.is(...wrongCredentials) ? pauseMs : 0;
