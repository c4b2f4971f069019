/** What this platform can hold against our product. */
import type * as platform from '../platform/journal.ts';

export type ComplaintKind =
  | 'late_ack'
  | 'refused_ack'
  | 'unreachable'
  | 'accepted_forgery'
  | 'bad_ack'
  | 'bad_frame'
  | 'missed_ping'
  | 'reconnect_storm'
  | 'bad_tap_answer'
  | 'racing_update'
  | 'invalid_card'
  | 'wrong_secret'
  | 'missing_token'
  | 'unknown_token'
  | 'expired_token'
  | 'missing_scope'
  | 'dead_session'
  | 'over_api_rate'
  | 'over_quota'
  | 'bad_request'
  | 'unknown_path';

export type Journal = platform.Journal<ComplaintKind>;
