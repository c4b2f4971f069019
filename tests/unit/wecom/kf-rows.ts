/** Rows of a service account's log, and a platform with one session in it. */
import { isRecord, type JsonRecord } from '../../../adapters/wecom/json.ts';
import { normaliseService } from '../../../adapters/wecom/kf/normalise.ts';
import { createPageReader } from '../../../adapters/wecom/kf/page.ts';
import { createSessions } from '../../../adapters/wecom/kf/sessions.ts';
import type { InboundEvent } from '../../../src/channel/channel.ts';
import { type ScriptedClient, scriptedClient } from './doubles.ts';
import { corpId, nowMs } from './sealing.ts';

export const chat = { kind: 'group', id: 'kf:wkA:wmA' };
export const said = (msgid: string, more: JsonRecord = {}): JsonRecord => ({
  msgid,
  open_kfid: 'wkA',
  external_userid: 'wmA',
  send_time: 1_700_000_000,
  origin: 3,
  msgtype: 'text',
  text: { content: `words of ${msgid}` },
  ...more,
});
export const happened = (msgid: string, event_type: string, more: JsonRecord = {}): JsonRecord => ({
  msgid,
  send_time: 1_700_000_001,
  origin: 4,
  msgtype: 'event',
  event: { event_type, open_kfid: 'wkA', external_userid: 'wmA', ...more },
});

export const read = ({ payload }: InboundEvent) => {
  const stored: unknown = JSON.parse(payload);
  if (!isRecord(stored)) throw new Error('not an object');
  return normaliseService(stored, corpId);
};

/** A platform whose one session is in this state. */
export function setUp(state = 0, script: (path: string, body: JsonRecord) => JsonRecord | null = () => null) {
  const client: ScriptedClient = scriptedClient((path, body) => {
    const scripted = script(path, body);
    if (scripted) return scripted;
    if (path === 'kf/service_state/get')
      return { errcode: 0, service_state: state, servicer_userid: state === 3 ? 'li' : '' };
    return { errcode: 0 };
  });
  const sessions = createSessions(client, () => nowMs);
  const reader = createPageReader('wkA', sessions);
  const page = async (...rows: JsonRecord[]) => reader.read({ msg_list: rows }, 0);
  const moves = () => client.calls.filter(({ path }) => path === 'kf/service_state/trans').map(({ body }) => body);
  const looks = () => client.calls.filter(({ path }) => path === 'kf/service_state/get').length;
  return { client, sessions, page, moves, looks };
}
