/** What a failed call means for an order: try again, wait, or never, and what a person can do about it. */
import { DeliveryError } from '../../src/channel/delivery.ts';
import { ApiFailure } from './api-failure.ts';
import { type Rule, ruleFor, unreachableNet } from './error-rules.ts';

/** What the failure means, as a sentence of its own (for states and logs outside an order). */
export function explainFailure(failure: ApiFailure): string {
  return ruleOf(failure).say.replace('{ip}', failure.ip ?? '（见错误信息）');
}

/** True when the same call may succeed in a moment: no answer, busy, too many at once. */
export function isPassing(failure: ApiFailure): boolean {
  return ruleOf(failure).outcome !== 'permanent';
}

/** Turns any fault of a call into the one error the outbox knows. */
export function toDeliveryError(error: unknown): DeliveryError {
  if (error instanceof DeliveryError) return error;
  const failure = error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);
  const rule = ruleOf(failure);
  const given = String(failure.code ?? failure.kind);
  const message = `${explainFailure(failure)}（${given}）`;
  return new DeliveryError(rule.outcome, rule.code ?? given, message, rule.waitMs ?? null);
}

function ruleOf(failure: ApiFailure): Rule {
  return failure.code === null ? unreachableNet : ruleFor(failure.code);
}
