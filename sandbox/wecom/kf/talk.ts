/** Customers on one side of a kf account, colleagues in the WeCom client on the other; every step leaves a row for `sync_msg`. */
import type { Delivery } from '../../platform/deliveries.ts';
import type { JsonObject } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import type { Flaws } from '../misbehaviour.ts';
import type { Said } from '../said.ts';
import { contentOf, nameOf, type Utterance, words } from '../utterance.ts';
import { type Chat, idOf, type Message, type PersonRef } from '../world.ts';
import { HOURS_48, type KfAccount, type KfBook } from './book.ts';
import type { Session, Sessions } from './sessions.ts';

export type KfRef = KfAccount | string;

export interface KfSayOptions {
  readonly at?: number;
  readonly flaws?: Flaws;
  /** A picture or file too big for the API: it arrives as a text that says so. */
  readonly oversize?: boolean;
  /** The menu item that was tapped. */
  readonly menuId?: string;
}

export interface KfTalk {
  /** Opens the chat through a link. A welcome code comes along when nobody welcomed them for 48 hours and they wrote nothing yet. */
  customerEnters(customer: PersonRef, account: KfRef, link?: { scene?: string; sceneParam?: string }): Delivery | null;
  customerSays(customer: PersonRef, account: KfRef, what: Utterance, options?: KfSayOptions): Said;
  /** Several messages in one record. */
  customerForwards(customer: PersonRef, account: KfRef, messageIds: readonly string[], options?: KfSayOptions): Said;
  customerRecalls(messageId: string): Delivery | null;
  customerRejects(customer: PersonRef, account: KfRef, rejects: boolean): void;
  /** Writes in the WeCom client; in an ended session that re-opens it. */
  staffAnswers(member: PersonRef, customer: PersonRef, account: KfRef, what: Utterance, options?: KfSayOptions): Said;
  /** Takes a customer out of the pool. */
  staffTakes(member: PersonRef, customer: PersonRef, account: KfRef): Delivery | null;
  staffHandsOver(customer: PersonRef, account: KfRef, to: PersonRef): Delivery | null;
  staffEnds(customer: PersonRef, account: KfRef): Delivery | null;
  staffRecalls(messageId: string): Delivery | null;
  staffStops(member: PersonRef, account: KfRef, how: 'stopped' | 'paused' | 'receiving'): Delivery | null;
  /** Blocks or unblocks a customer. */
  staffBlocks(member: PersonRef, customer: PersonRef, account: KfRef, blocks: boolean): Delivery | null;
}

export function createKfTalk(core: Core, book: KfBook, sessions: Sessions): KfTalk {
  const { world, clock, random } = core;

  const chatOf = (customerId: string, account: KfAccount): Chat =>
    world.chatBetween('kf', [customerId, account.openKfId], account.name);

  function happen(account: KfAccount, event_type: string, fields: JsonObject): Delivery | null {
    const event = { event_type, open_kfid: account.openKfId, ...fields };
    return book.append(account.openKfId, { origin: 4, msgtype: 'event', event }).delivery;
  }

  const sessionOf = (customer: PersonRef, ref: KfRef): [KfAccount, Session] => {
    const account = book.account(ref);
    return [account, sessions.of(account.openKfId, idOf(world.customer(customer)))];
  };

  function changed(
    account: KfAccount,
    session: Session,
    change_type: 1 | 2 | 3 | 4,
    fields: JsonObject,
  ): Delivery | null {
    return happen(account, 'session_status_change', {
      external_userid: session.externalUserId,
      change_type,
      ...fields,
    });
  }

  /** A row for words of either side. */
  function write(
    speaker: string,
    account: KfAccount,
    session: Session,
    what: Utterance,
    rest: KfSayOptions,
    staff: boolean,
  ): Said {
    const { type, body } = contentOf(rest.oversize ? `[${wordsFor(what)}过大，请在微信客服中查看]` : what);
    const at = rest.at ?? clock.now();
    const chatId = chatOf(session.externalUserId, account).chatId;
    const sender = { kind: 'person' as const, id: speaker };
    const message = world.addMessage({ messageId: random.hex(32), chatId, sender, type, body, createdAt: at });
    const json = {
      msgid: message.messageId,
      open_kfid: account.openKfId,
      external_userid: session.externalUserId,
      origin: staff ? 5 : 3,
      ...(staff && { servicer_userid: speaker }),
      msgtype: type,
      [type]: { ...kfBody(type, body), ...(rest.menuId !== undefined && { menu_id: rest.menuId }) },
    };
    const flaws = rest.flaws ? { flaws: rest.flaws } : {};
    return { messageId: message.messageId, delivery: book.append(account.openKfId, json, { at, ...flaws }).delivery };
  }

  function customerSays(customer: PersonRef, ref: KfRef, what: Utterance, rest: KfSayOptions = {}): Said {
    const [account, session] = sessionOf(customer, ref);
    if (session.state === 4) sessions.move(session, 0);
    Object.assign(session, { lastCustomerAt: clock.now(), activeAt: clock.now(), sentSince: 0 });
    return write(session.externalUserId, account, session, what, rest, false);
  }

  function recalled(messageId: string, event_type: string, more: (message: Message) => JsonObject): Delivery | null {
    const message = world.message(messageId);
    message.recalled = true;
    const ids = [...world.chat(message.chatId).memberIds];
    const openKfId = ids.find((id) => book.accounts.has(id)) ?? '';
    const external_userid = ids.find((id) => world.customers.has(id));
    return happen(book.account(openKfId), event_type, { external_userid, recall_msgid: messageId, ...more(message) });
  }

  return {
    customerEnters(customer, ref, { scene = '', sceneParam = '' } = {}) {
      const [account, session] = sessionOf(customer, ref);
      const now = clock.now();
      const welcomed = session.welcomedAt !== null && now - session.welcomedAt < HOURS_48;
      session.enteredAt = now;
      Object.assign(session.context, { scene, sceneParam });
      const fresh = !welcomed && session.lastCustomerAt === null;
      return happen(account, 'enter_session', {
        external_userid: session.externalUserId,
        scene,
        scene_param: sceneParam,
        ...(fresh && { welcome_code: book.issueCode('welcome', account.openKfId, session.externalUserId) }),
      });
    },
    customerSays,
    customerForwards(customer, ref, messageIds, rest) {
      const item = messageIds.map((id) => {
        const one = world.message(id);
        const msg_content = JSON.stringify({ msgtype: 'text', text: { content: words(one) } });
        const send_time = Math.floor(one.createdAt / 1000);
        return { send_time, msgtype: 'text', sender_name: nameOf(world, one), msg_content };
      });
      return customerSays(customer, ref, { type: 'merged_msg', body: { title: '聊天记录', item } }, rest);
    },
    customerRecalls: (messageId) => recalled(messageId, 'user_recall_msg', () => ({})),
    customerRejects(customer, ref, rejects) {
      sessionOf(customer, ref)[1].rejects = rejects;
    },
    staffAnswers(member, customer, ref, what, rest = {}) {
      const [account, session] = sessionOf(customer, ref);
      const { userid } = world.member(member);
      if (session.state === 4) {
        const old = session.servicer ?? userid;
        sessions.move(session, 3, userid);
        changed(account, session, 4, { old_servicer_userid: old, new_servicer_userid: userid });
      }
      if (session.state !== 3 || session.servicer !== userid) {
        throw new Error(`${userid} does not serve this customer (state ${session.state}); take or assign them first`);
      }
      session.activeAt = clock.now();
      return write(userid, account, session, what, rest, true);
    },
    staffTakes(member, customer, ref) {
      const [account, session] = sessionOf(customer, ref);
      if (session.state !== 2) throw new Error('the customer is not in the pool');
      const { userid } = world.member(member);
      const msg_code = sessions.move(session, 3, userid);
      return changed(account, session, 1, { new_servicer_userid: userid, ...(msg_code !== null && { msg_code }) });
    },
    staffHandsOver(customer, ref, to) {
      const [account, session] = sessionOf(customer, ref);
      const old = session.servicer;
      if (session.state !== 3 || old === null) throw new Error('nobody serves this customer');
      const { userid } = world.member(to);
      sessions.move(session, 3, userid);
      return changed(account, session, 2, { old_servicer_userid: old, new_servicer_userid: userid });
    },
    staffEnds(customer, ref) {
      const [account, session] = sessionOf(customer, ref);
      const old = session.servicer;
      if (session.state !== 3) throw new Error('nobody serves this customer');
      const msg_code = sessions.move(session, 4);
      return changed(account, session, 3, { old_servicer_userid: old, msg_code });
    },
    staffRecalls: (messageId) =>
      recalled(messageId, 'servicer_recall_msg', ({ sender }) => ({ servicer_userid: sender.id })),
    staffStops(member, ref, how) {
      const account = book.account(ref);
      const { userid } = world.member(member);
      const staff = account.staff.get(userid);
      if (!staff) throw new Error(`${userid} is not staff of ${account.name}`);
      Object.assign(staff, { receiving: how === 'receiving', stopType: how === 'paused' ? 1 : 0 });
      const status = staff.receiving ? { status: 1 } : { status: 2, stop_type: staff.stopType };
      return happen(account, 'servicer_status_change', { servicer_userid: userid, ...status });
    },
    staffBlocks(member, customer, ref, blocks) {
      const [account, session] = sessionOf(customer, ref);
      const { userid } = world.member(member);
      const fields = {
        servicer_userid: userid,
        external_userid: session.externalUserId,
        reject_switch: blocks ? 1 : 0,
      };
      return happen(account, 'reject_customer_msg_switch_change', fields);
    },
  };
}

function kfBody(type: string, body: JsonObject): JsonObject {
  if (type === 'location') return { ...body, name: body.label, address: body.label };
  return type === 'link' ? { title: body.title, desc: body.description, url: body.url, pic_url: '' } : body;
}

const wordsFor = (what: Utterance): string => (typeof what === 'object' && 'video' in what ? '视频' : '文件');
