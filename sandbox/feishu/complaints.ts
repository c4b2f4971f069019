/** What this platform can hold against our product. */
import type * as platform from '../platform/journal.ts';

export type ComplaintKind =
  | 'late_ack'
  | 'refused_ack'
  | 'unreachable'
  | 'accepted_forgery'
  | 'bad_tap_answer'
  | 'missing_token'
  | 'unknown_token'
  | 'expired_token'
  | 'invalid_card'
  | 'racing_update'
  | 'update_too_late'
  | 'long_uuid'
  | 'over_qps'
  | 'over_api_rate'
  | 'bad_request'
  | 'unknown_path'
  | 'bad_frame';

export type Journal = platform.Journal<ComplaintKind>;
