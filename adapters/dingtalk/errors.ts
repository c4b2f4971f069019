/** What a failed call means for an order: try again, wait, or never, and what a person can do about it. */
import { DeliveryError } from '../../src/channel/delivery.ts';
import { ApiFailure } from './api-failure.ts';
import { banned, overloaded, type Rule, refused, rules, unreachableNet } from './error-rules.ts';
import { untilMonthProbe } from './month.ts';

/** Many waits end together: a share of a second each keeps them from starting together. */
const jitterMs = 500;

/** What the failure means, as a sentence of its own (for states and answers outside an order). */
export function explainFailure(failure: ApiFailure, clientId: string): string {
  const scope = failure.scopes.join('、') || '（见开发者后台的提示）';
  // The page that the platform's own refusals point to (dingtalk.md §4.5).
  const link = `https://open-dev.dingtalk.com/appscope/apply?content=${clientId}%23${failure.scopes.join(',')}`;
  return ruleOf(failure)
    .say.replace('{scope}', scope)
    .replace('{link}', link)
    .replace('{ip}', failure.ip ?? '（见开发者后台的提示）');
}

/** Turns any fault of a call into the one error the outbox knows. */
export function toDeliveryError(error: unknown, clientId: string, now: number): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
  const rule = ruleOf(failure);
  const given = failure.code ?? (failure.kind === 'refused' ? String(failure.status) : failure.kind);
  const message = `${explainFailure(failure, clientId)}（${given}）`;
  return new DeliveryError(rule.outcome, rule.code ?? given, message, waitOf(rule, now));
}

function waitOf({ outcome, wait = 1_000 }: Rule, now: number): number | null {
  if (outcome !== 'throttled') return null;
  return (wait === 'month' ? untilMonthProbe(now) : wait) + Math.floor(Math.random() * jitterMs);
}

function ruleOf(failure: ApiFailure): Rule {
  if (failure.kind === 'banned') return banned;
  if (failure.kind !== 'refused') return unreachableNet;
  const known = failure.code !== null && Object.hasOwn(rules, failure.code) ? rules[failure.code] : undefined;
  if (known) return known;
  if (failure.status === 429) return { outcome: 'throttled', say: '调用太频繁，稍后再试。' };
  return failure.status >= 500 || failure.code === null ? overloaded : refused;
}
