/** The `Idempotency-Key` of a creating call (draft-ietf-httpapi-idempotency-key-header): kept as hashes only, a day long. */
import type { Context } from 'koa';
import type { KeyedCall } from '../../../crm/access/answer-once.ts';
import { digest } from '../../../ids.ts';
import type { Operation } from '../../contract/operations.ts';
import type { Actor } from '../../sessions/actor.ts';

const MOST = 200;

/** Null where nothing is made or no key was given; `bad` for a key that is none. */
export function readKeyedCall(
  ctx: Context,
  { method, path, status }: Operation,
  actor: Actor,
): KeyedCall | null | 'bad' {
  const key = ctx.get('idempotency-key').trim();
  if (status !== 201 || key === '') return null;
  if (key.length > MOST) return 'bad';
  const body = ctx.state['body'] as Buffer | undefined;
  return {
    id: hash(actor.staffId, method, path, key),
    requestHash: hash(ctx.path, body?.toString('utf8') ?? ''),
  };
}

/** The parts with their lengths: no two lists of parts read the same. */
const hash = (...parts: readonly string[]): string => digest(JSON.stringify(parts));
