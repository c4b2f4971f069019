/** `message/send` and `message/recall`: to whom, what, partial failure, the duplicate check and the silent drop of surplus. */
import { type ApiCall, text } from '../platform/http-face.ts';
import { asObject, type JsonObject } from '../platform/json.ts';
import { createQuota } from '../platform/quota.ts';
import { checkCard } from './card-check.ts';
import type { Core } from './core.ts';
import { badParam, ok, type Reply, type Route, refuse } from './reply.ts';
import { appChat, copiesOf, isInteractive, reachable } from './sent.ts';

const RECALL_MS = 24 * 3600_000;
const TYPES = new Set([
  ...['text', 'image', 'voice', 'video', 'file', 'textcard', 'news', 'mpnews', 'markdown'],
  ...['miniprogram_notice', 'template_card'],
]);
const MEDIA = new Set(['image', 'voice', 'video', 'file']);

export function createSendingApi(core: Core, knownMedia: (id: string) => boolean): Route[] {
  const { world, options, clock, random, journal, responseCodes, deliveries } = core;
  const perMinute = createQuota(options.perMemberPerMinute, 60_000, clock.now);
  const perHour = createQuota(options.perMemberPerHour, 3600_000, clock.now);
  const recent = new Map<string, { at: number; sendId: string }>();
  const taskIds = new Set<string>();

  function send({ body }: ApiCall): Reply {
    if (body.agentid === undefined) return refuse(40056, 'invalid agentid');
    if (Number(body.agentid) !== options.agentId)
      return refuse(301002, 'not allow operate another agent with this accesstoken');
    const type = text(body.msgtype);
    const content = asObject(body[type]);
    const to = receiversOf(body);
    const twin = duplicateOf(body);
    if (twin !== null && 'failed' in to) return ok({ ...to.failed, msgid: twin });
    const fault = checkContent(type, content);
    if (fault) return fault;
    if ('refusal' in to) return to.refusal;
    return deliver(type, content ?? {}, to.userids, to.failed);
  }

  function checkContent(type: string, content: JsonObject | null): Reply | null {
    if (!TYPES.has(type)) return refuse(40008, 'invalid message type');
    if (!content) return refuse(40063, `${type} is empty`);
    const words = text(content.content);
    if (type === 'text' && words === '') return refuse(44004, 'text content is empty');
    if (type === 'markdown' && words === '') return refuse(40063, 'markdown content is empty');
    if (type === 'markdown' && Buffer.byteLength(words) > 2048) return refuse(45002, 'content size out of limit');
    if (MEDIA.has(type) && !knownMedia(text(content.media_id))) return refuse(40007, 'invalid media_id');
    if (type !== 'template_card') return null;
    const refused = checkCard(core, content, 'app');
    if (refused) return refused;
    if (isInteractive(content) && deliveries.callbackUrl() === null) return refuse(43012, 'agent need callback url');
    return taskIds.has(text(content.task_id)) && text(content.task_id) !== ''
      ? refuse(42014, 'template_card.task_id was used before')
      : null;
  }

  function receiversOf(
    body: JsonObject,
  ): { readonly userids: string[]; readonly failed: Record<string, string> } | { readonly refusal: Reply } {
    const all = [...world.members.values()].filter(reachable);
    if (body.touser === '@all') return { userids: all.map(({ userid }) => userid), failed: {} };
    const [users, parties, tags] = [body.touser, body.toparty, body.totag].map((list) =>
      text(list).split('|').filter(Boolean),
    );
    if (!users?.length && !parties?.length && !tags?.length)
      return { refusal: refuse(81012, 'empty target user, party and tag') };
    if ((users?.length ?? 0) > 1000) return { refusal: badParam('touser has more than 1000') };
    const byName = new Map([...world.members.values()].map((member) => [member.userid.toLowerCase(), member]));
    const found = (users ?? []).map((id) => byName.get(id.toLowerCase()));
    const direct = found.filter(reachable);
    const invalid = (users ?? []).filter((_, index) => !reachable(found[index])).map((id) => id.toLowerCase());
    const inParties = all.filter(({ departments }) => departments.some((id) => parties?.includes(String(id))));
    const userids = [...new Set([...direct, ...inParties].map(({ userid }) => userid))];
    const failed = {
      ...(invalid.length > 0 && { invaliduser: invalid.join('|') }),
      ...(tags?.length && { invalidtag: tags.join('|') }),
    };
    if (userids.length > 0) return { userids, failed };
    return { refusal: refuse(81013, 'user & party & tag all invalid', failed) };
  }

  /** The platform only says that it checks; here the twin is taken and not delivered again, without a new response_code. */
  function duplicateOf(body: JsonObject): string | null {
    if (body.enable_duplicate_check !== 1) return null;
    const seconds = Math.min(Number(body.duplicate_check_interval ?? 1800), 14_400);
    const known = recent.get(JSON.stringify(body));
    return known && clock.now() - known.at < seconds * 1000 ? known.sendId : null;
  }

  function deliver(type: string, content: JsonObject, userids: string[], failed: Record<string, string>): Reply {
    const sendId = random.bytes(32).toString('base64url');
    const sender = { kind: 'app' as const, id: String(options.agentId) };
    for (const userid of userids) {
      if (!perHour.take(userid) || !perMinute.take(userid)) {
        journal.complain('dropped_surplus', `${type} to ${userid}`);
        continue;
      }
      const messageId = `${sendId}.${userid}`;
      world.addMessage({
        messageId,
        sendId,
        chatId: appChat(core, userid).chatId,
        sender,
        type,
        body: cut(type, content),
      });
    }
    if (type !== 'template_card') return ok({ ...failed, msgid: sendId });
    taskIds.add(text(content.task_id));
    const code = isInteractive(content) ? { response_code: responseCodes.issue(sendId) } : {};
    return ok({ ...failed, msgid: sendId, ...code });
  }

  function recall({ body }: ApiCall): Reply {
    const copies = [...copiesOf(core, text(body.msgid)).values()];
    const first = copies[0];
    if (!first) return refuse(40058, 'invalid msgid');
    if (clock.now() - first.createdAt > RECALL_MS) return refuse(42052, 'recall message timeout');
    for (const copy of copies) copy.recalled = true;
    journal.touch();
    return ok();
  }

  const remember = (call: ApiCall): Reply => {
    const reply = send(call);
    const sent = Buffer.isBuffer(reply.body) ? null : reply.body;
    const key = JSON.stringify(call.body);
    if (sent?.errcode === 0 && !recent.has(key)) recent.set(key, { at: clock.now(), sendId: String(sent.msgid) });
    return reply;
  };

  return [
    { method: 'POST', path: '/cgi-bin/message/send', tokens: ['app'], answer: remember },
    { method: 'POST', path: '/cgi-bin/message/recall', tokens: ['app'], answer: recall },
  ];
}

/** Texts longer than 2,048 bytes are cut, not refused. */
function cut(type: string, content: JsonObject): JsonObject {
  if (type !== 'text') return content;
  const bytes = Buffer.from(text(content.content));
  return { content: bytes.length > 2048 ? bytes.toString('utf8', 0, 2048).replace(/�+$/, '') : bytes.toString('utf8') };
}
