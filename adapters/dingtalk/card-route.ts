/** The route key under which HTTP callbacks of our cards are registered; in stream mode none is needed. */

/**
 * One key to an app, so that two apps of one company do not take each other's callbacks. Cards are created with it, and
 * `POST /v1.0/card/callbacks/register` ties it to our address (dingtalk.md §2.3).
 */
export const cardRouteKey = (clientId: string): string => `liaodan-${clientId}`;
