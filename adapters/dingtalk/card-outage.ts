/** Remembers that DingTalk makes no cards for us, so that not every card costs a failed attempt, and says why. */
import type { ApiFailure } from './api-failure.ts';
import { isPermissionCode, isTemplateCode } from './error-rules.ts';
import { explainFailure } from './errors.ts';
import type { Problem } from './state.ts';

export interface CardOutage {
  /** True while cards go out as words without asking. */
  readonly active: () => boolean;
  /** Notes a failed creation; true when it means that cards do not work at all. */
  failed(failure: ApiFailure): boolean;
  worked(): void;
  problem(): Problem | null;
}

const retryMs = 10 * 60_000;

/** The permission may be granted and the template published at any time: one card every ten minutes finds out. */
export function createCardOutage(clientId: string, now: () => number): CardOutage {
  let outage: { readonly until: number; readonly detail: string } | null = null;
  return {
    active: () => outage !== null && now() < outage.until,
    failed(failure) {
      if (!isPermissionCode(failure.code) && !isTemplateCode(failure.code)) return false;
      const detail = `卡片暂时以文字和链接发出，不能更新。${explainFailure(failure, clientId)}`;
      outage = { until: now() + retryMs, detail };
      return true;
    },
    worked() {
      outage = null;
    },
    problem: () => (outage === null ? null : { status: 'degraded', detail: outage.detail }),
  };
}
