/** How early Feishu's tokens and tickets are renewed. */

/** The platform hands out the same token while 30 minutes are left, and keeps the old one alive beside the new. */
const marginMs = 5 * 60_000;

export const tokenMarginMs = (lifeMs: number): number => Math.min(marginMs, lifeMs / 10);
