/** How DingTalk's tokens and tickets are renewed, and what makes asking for them useless. */
import { ApiFailure } from './api-failure.ts';

/** The platform hands out the same token while it lives, and asking for it prolongs it (dingtalk.md §5.1). */
const marginMs = 5 * 60_000;
/** A wrong secret does not mend itself within a minute. */
const pauseMs = 60_000;

export const tokenMarginMs = (lifeMs: number): number => Math.max(marginMs, lifeMs / 20);

export const restAfter = (error: unknown): number =>
  error instanceof ApiFailure && error.is('invalidClientIdOrSecret') ? pauseMs : 0;
