/** `kf/send_msg` and `kf/send_msg_on_event`: state, 48 hours, five messages, codes for one message (wecom-kf.md §5). */
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject, type JsonObject, listOf } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { badParam, ok, type Reply, type Route, refuse } from '../reply.ts';
import { type CodeKind, HOURS_48, type KfBook } from './book.ts';
import { checkAccount } from './reading-api.ts';
import type { Session, SessionState, Sessions } from './sessions.ts';

const MEDIA = new Set(['image', 'voice', 'video', 'file']);
const OTHERS = new Set(['text', 'link', 'miniprogram', 'msgmenu', 'location', 'ca_link']);
const STATE_OF: Readonly<Partial<Record<CodeKind, SessionState>>> = { pooled: 2, served: 3, ended: 4 };

export interface KfSending {
  readonly routes: readonly Route[];
  /** The next messages are accepted, and then fail with this `fail_type`. */
  failDeliveries(failType: number, times?: number): void;
}

export function createKfSendingApi(
  core: Core,
  book: KfBook,
  sessions: Sessions,
  knownMedia: (id: string) => boolean,
): KfSending {
  const { world, clock, random, options } = core;
  const used = new Set<string>();
  const served = new Set<string>();
  const failures: number[] = [];

  function checkBody(type: string, body: JsonObject | null, menuItems: number): Reply | null {
    if (!body || !(MEDIA.has(type) || OTHERS.has(type))) return refuse(40008, 'invalid message type');
    if (type === 'text') {
      if (text(body.content) === '') return refuse(44004, 'text content is empty');
      return Buffer.byteLength(text(body.content)) > 2048 ? refuse(45002, 'content size out of limit') : null;
    }
    if (MEDIA.has(type)) return knownMedia(text(body.media_id)) ? null : refuse(40007, 'invalid media_id');
    if (type === 'link' && !knownMedia(text(body.thumb_media_id))) return refuse(40007, 'invalid thumb_media_id');
    return type === 'msgmenu' ? checkMenu(body, menuItems) : null;
  }

  function keep(session: Session, msgid: string, type: string, body: JsonObject): void {
    const { openKfId, externalUserId } = session;
    const chat = world.chatBetween('kf', [externalUserId, openKfId], book.account(openKfId).name);
    const failType = session.rejects ? 10 : failures.shift();
    if (failType === undefined) {
      const messageId = world.messages.has(msgid) ? random.hex(32) : msgid;
      world.addMessage({ messageId, chatId: chat.chatId, sender: { kind: 'app', id: openKfId }, type, body });
      return;
    }
    const fail = { external_userid: externalUserId, fail_msgid: msgid, fail_type: failType };
    const event = { event_type: 'msg_send_fail', open_kfid: openKfId, ...fail };
    book.append(openKfId, { origin: 4, msgtype: 'event', event });
  }

  /** An id of the caller's own is unique per account. */
  function takeId(openKfId: string, given: string): string | Reply {
    if (given === '') return random.hex(32);
    if (!/^[\w-]{1,32}$/.test(given)) return badParam('msgid');
    const key = `${openKfId} ${given}`;
    return used.has(key) ? refuse(95033, 'msgid was used before') : given;
  }

  function send({ body }: ApiCall): Reply {
    const [openKfId, touser, type] = [text(body.open_kfid), text(body.touser), text(body.msgtype)];
    const refused = checkAccount(core, book, openKfId);
    if (refused) return refused;
    if (!world.customers.has(touser)) return refuse(40096, 'invalid external_userid');
    const msgid = takeId(openKfId, text(body.msgid));
    if (typeof msgid !== 'string') return msgid;
    const session = sessions.find(openKfId, touser);
    if (!session || session.lastCustomerAt === null) return refuse(95018, 'send msg session status invalid');
    if (session.state !== 0 && session.state !== 1) return refuse(95018, 'send msg session status invalid');
    if (clock.now() - session.lastCustomerAt > HOURS_48) return refuse(95002, 'send msg out of 48 hours');
    if (session.sentSince >= 5) return refuse(95001, 'send msg count limit');
    if (!options.verified && !served.has(touser) && served.size >= 100) return refuse(95003, 'corp is not verified');
    const content = asObject(body[type]);
    const fault = checkBody(type, content, 50);
    if (fault) return fault;
    used.add(`${openKfId} ${msgid}`);
    served.add(touser);
    session.sentSince += 1;
    if (session.state === 0) sessions.move(session, 1);
    keep(session, msgid, type, content ?? {});
    return ok({ msgid });
  }

  function sendOnEvent({ body }: ApiCall): Reply {
    const code = book.code(text(body.code));
    if (!code || code.used || clock.now() > code.expiresAt) return badParam('code');
    const refused = checkAccount(core, book, code.openKfId);
    if (refused) return refused;
    const session = sessions.of(code.openKfId, code.externalUserId);
    const state = STATE_OF[code.kind];
    if (state !== undefined && session.state !== state) return refuse(95018, 'send msg session status invalid');
    const type = text(body.msgtype);
    const allowed = code.kind === 'welcome' || code.kind === 'ended' ? ['text', 'msgmenu'] : ['text'];
    if (!allowed.includes(type)) return refuse(40008, 'invalid message type');
    const content = asObject(body[type]);
    const fault = checkBody(type, content, 10);
    if (fault) return fault;
    const msgid = takeId(code.openKfId, text(body.msgid));
    if (typeof msgid !== 'string') return msgid;
    code.used = true;
    used.add(`${code.openKfId} ${msgid}`);
    if (code.kind === 'welcome') session.welcomedAt = clock.now();
    keep(session, msgid, type, content ?? {});
    return ok({ msgid });
  }

  return {
    routes: [
      { method: 'POST', path: '/cgi-bin/kf/send_msg', tokens: ['app'], answer: send },
      { method: 'POST', path: '/cgi-bin/kf/send_msg_on_event', tokens: ['app'], answer: sendOnEvent },
    ],
    failDeliveries(failType, times = 1) {
      for (let i = 0; i < times; i += 1) failures.push(failType);
    },
  };
}

/** At most ten items that can be tapped; only texts may be more (wecom-kf.md §5.2). */
function checkMenu(menu: JsonObject, maxItems: number): Reply | null {
  const items = listOf(menu, 'list').map(asObject);
  const types = items.map((item) => text(item?.type));
  if (types.some((type) => !['click', 'view', 'miniprogram', 'text'].includes(type)))
    return refuse(95009, 'invalid menu type');
  const tappable = types.filter((type) => type !== 'text').length;
  if (items.length > maxItems || tappable > 10) return refuse(95008, 'too many menu items');
  const clicks = items.filter((item) => item?.type === 'click').map((item) => asObject(item?.click));
  const sound = clicks.every((click) => /^\w{0,128}$/.test(text(click?.id)) && text(click?.content) !== '');
  return sound ? null : badParam('msgmenu.list.click');
}
