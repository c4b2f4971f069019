/** Keeps our calls of one API under what the platform takes: 20 a second for each, over all instances (dingtalk.md §6.1). */

/** Evenly, 16 a second: what leaves evenly may arrive bunched, and other parts of the company may call as well. */
export const perApi = { burst: 1, everyMs: 60 } as const;
