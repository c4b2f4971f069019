/** What each error code of Feishu means for an order: try again, wait, or never, and what a person can do about it. */
import { DeliveryError } from '../../src/channel/delivery.ts';
import { ApiFailure } from './api-failure.ts';
import { later, mendable, never, type Rule, rules, unreachableNet } from './error-rules.ts';

/** What the failure means, as a sentence of its own (for states and answers outside an order). */
export function explainFailure(failure: ApiFailure): string {
  return ruleOf(failure).say;
}

/** Turns any fault of a call into the one error the outbox knows. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
  const rule = ruleOf(failure);
  const code = rule.code ?? String(failure.code ?? (failure.status || failure.kind));
  const wait = rule.outcome === 'throttled' ? (failure.resetMs ?? rule.waitMs ?? 1_000) : null;
  return new DeliveryError(rule.outcome, code, `${rule.say}（${code}）`, wait);
}

/** The scopes a 99991672 names in its message, for telling the administrator which to open. */
export function missingScopes(failure: ApiFailure): readonly string[] {
  return failure.code === 99991672 ? [...new Set(failure.said.match(/[a-z]+(?::[a-z_.]+){1,3}/g) ?? [])] : [];
}

function ruleOf(failure: ApiFailure): Rule {
  if (failure.kind !== 'refused') return mendable(unreachableNet);
  // 11310 stands for three things; only "card action is lock" (an interaction is running) passes by itself.
  if (/card action is lock/i.test(failure.said)) return later('有人正在操作这张卡片，稍后更新。', 1_000);
  const known = failure.code === null ? undefined : rules[failure.code];
  if (known) return known;
  if (failure.status === 429) return later('调用太频繁，稍后再试。', 1_000);
  if (failure.status >= 500 || failure.code === null) return mendable('飞书暂时没有应答，稍后会再试。');
  return never('飞书拒绝了这个请求。');
}
