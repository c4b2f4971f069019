/** The task id a card carries: what its taps name it by, and our hand on the platform's own duplicate check. */
import { createHash } from 'node:crypto';

/** A response code is good for one update within 72 hours. https://developer.work.weixin.qq.com/document/path/94888 */
export const updateWindowMs = 72 * 3_600_000;

/** `[0-9A-Za-z_\-@]`, at most 128 bytes, never used twice: the order's key if it looks so, else its hash. */
export function taskIdOf(orderKey: string): string {
  const id = `liaodan-${orderKey}`;
  return /^[\w@-]{1,128}$/.test(id) ? id : `liaodan-${createHash('sha256').update(orderKey).digest('hex')}`;
}
