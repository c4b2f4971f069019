/** What this platform can hold against our product. */
import type * as platform from '../platform/journal.ts';

export type ComplaintKind =
  | 'late_ack'
  | 'refused_ack'
  | 'unreachable'
  | 'accepted_forgery'
  | 'bad_reply'
  | 'missing_token'
  | 'unknown_token'
  | 'expired_token'
  | 'wrong_secret'
  | 'wrong_token_kind'
  | 'invalid_card'
  | 'used_response_code'
  | 'dropped_surplus'
  | 'over_webhook_rate'
  | 'over_api_rate'
  | 'bad_request'
  | 'unknown_path'
  | 'bad_frame'
  | 'unanswered';

export type Journal = platform.Journal<ComplaintKind>;
