/** What is wrong with the app as a whole, seen from its calls: a secret, a permission, the month's quota, the address. */
import type { ApiFailure } from './api-failure.ts';
import { isMonthOverCode, isPermissionCode } from './error-rules.ts';
import type { Problem } from './state.ts';

export interface Problems {
  /** Notes how a call of this path ended; null for a success. `metered`: it is one that the month's quota counts. */
  note(path: string, failure: ApiFailure | null, metered?: boolean): void;
  /** The worst that is known and has not been disproved since; null when all is well. */
  current(): Problem | null;
}

interface Entry extends Problem {
  /** Which successes disprove it: of this path, of any metered call, or all. */
  readonly until: { readonly path: string } | 'metered' | 'any';
}

export function createProblems(explain: (failure: ApiFailure) => string): Problems {
  const open = new Map<string, Entry>();

  function keep(key: string, status: Problem['status'], failure: ApiFailure, until: Entry['until']): void {
    open.set(key, { status, detail: explain(failure), until });
  }

  return {
    note(path, failure, metered = false) {
      if (failure === null) {
        for (const [key, { until }] of open) {
          if (until === 'any' || (until === 'metered' ? metered : until.path === path)) open.delete(key);
        }
      } else if (failure.is('invalidClientIdOrSecret', '40096')) keep('secret', 'failed', failure, 'any');
      else if (failure.is('Forbidden.AccessDenied.IpNotInWhiteList', '60020')) keep('ip', 'failed', failure, 'any');
      else if (failure.kind === 'banned') keep('banned', 'degraded', failure, 'any');
      else if (isMonthOverCode(failure.code)) keep('month', 'degraded', failure, 'metered');
      else if (isPermissionCode(failure.code)) keep(`scope:${path}`, 'degraded', failure, { path });
    },
    current() {
      const all = [...open.values()];
      const worst = all.find(({ status }) => status === 'failed') ?? all[0];
      return worst ? { status: worst.status, detail: worst.detail } : null;
    },
  };
}
