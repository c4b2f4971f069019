/** How customers come, change and go in the WeCom client; each step fires what the platform would push. */
import type { Delivery } from '../../platform/deliveries.ts';
import type { Archive } from '../archive/archive.ts';
import type { Consent } from '../archive/consent.ts';
import type { Core } from '../core.ts';
import type { Flaws } from '../misbehaviour.ts';
import { type Chat, type Customer, idOf, type Member, type PersonRef } from '../world.ts';
import type { XmlFields } from '../xml.ts';
import type { Bond, Bonds } from './bonds.ts';
import type { WelcomeCodes } from './welcome.ts';

export interface AddOptions {
  /** The `state` of the contact way. */
  readonly state?: string;
  readonly addWay?: number;
  /** The customer added the member by a code without confirmation; `confirmContact` makes it whole. */
  readonly half?: boolean;
  /** False: no WelcomeCode, as when the console welcomes already. */
  readonly welcome?: boolean;
  readonly flaws?: Flaws;
}

export interface Contacts {
  /** A customer and a member know each other from before; nothing is pushed. */
  knowContact(customer: PersonRef, member: PersonRef, details?: Partial<Bond>): Bond;
  addContact(customer: PersonRef, member: PersonRef, options?: AddOptions): Delivery;
  confirmContact(customer: PersonRef, member: PersonRef): Delivery;
  /** Changed in the client; changes by the API push nothing. */
  editContact(
    customer: PersonRef,
    member: PersonRef,
    changes: Partial<Pick<Bond, 'remark' | 'description' | 'remarkMobiles'>>,
  ): Delivery;
  deleteContact(customer: PersonRef, member: PersonRef, by: 'member' | 'customer', flaws?: Flaws): Delivery;
  /** The customer answers the question whether this chat may be archived. */
  agreeToArchive(customer: PersonRef, to: PersonRef | Chat, agrees?: boolean): Delivery | null;
  /** Tells the app that a member came, changed or left the address book. */
  announceMember(member: PersonRef, change: 'create_user' | 'update_user' | 'delete_user'): Delivery;
}

export function createContacts(
  core: Core,
  parts: { bonds: Bonds; welcomes: WelcomeCodes; archive: Archive; consent: Consent },
): Contacts {
  const { world, deliveries, events, journal, clock } = core;
  const { bonds, welcomes, archive, consent } = parts;

  const pair = (customer: PersonRef, member: PersonRef): [Customer, Member] => [
    world.customer(customer),
    world.member(member),
  ];

  function fire(change: string, customer: Customer, member: Member, more: XmlFields = {}, flaws?: Flaws): Delivery {
    journal.touch();
    const ids = { UserID: member.userid, ExternalUserID: customer.externalUserId };
    return deliveries.send(events.sysEvent('change_external_contact', { ChangeType: change, ...ids, ...more }), flaws);
  }

  function known(customer: Customer, member: Member): Bond {
    const bond = bonds.find(member.userid, customer.externalUserId);
    if (!bond) throw new Error(`${member.name} and ${customer.name} do not know each other`);
    return bond;
  }

  function codeFor(customer: Customer, member: Member, wanted: boolean): XmlFields {
    return wanted ? { WelcomeCode: welcomes.issue(member.userid, customer.externalUserId) } : {};
  }

  return {
    knowContact(who, by, details = {}) {
      const [customer, member] = pair(who, by);
      return bonds.add({ userid: member.userid, externalUserId: customer.externalUserId, ...details });
    },
    addContact(who, by, { state, addWay = 1, half = false, welcome = true, flaws } = {}) {
      const [customer, member] = pair(who, by);
      const ids = { userid: member.userid, externalUserId: customer.externalUserId };
      bonds.add({ ...ids, state: state ?? '', addWay, half });
      const more = { ...(state !== undefined && { State: state }), ...codeFor(customer, member, welcome) };
      return fire(half ? 'add_half_external_contact' : 'add_external_contact', customer, member, more, flaws);
    },
    confirmContact(who, by) {
      const [customer, member] = pair(who, by);
      const bond = known(customer, member);
      bond.half = false;
      return fire('add_external_contact', customer, member, bond.state === '' ? {} : { State: bond.state });
    },
    editContact(who, by, changes) {
      const [customer, member] = pair(who, by);
      Object.assign(known(customer, member), changes);
      return fire('edit_external_contact', customer, member);
    },
    deleteContact(who, by, side, flaws) {
      const [customer, member] = pair(who, by);
      known(customer, member).endedBy = side;
      return fire(side === 'member' ? 'del_external_contact' : 'del_follow_user', customer, member, {}, flaws);
    },
    agreeToArchive(who, to, agrees = true) {
      const customer = world.customer(who);
      const group = typeof to === 'object' && 'chatId' in to ? to : world.chats.get(String(to));
      const chat =
        group ?? world.chatBetween('private', [customer.externalUserId, idOf(world.person(to as PersonRef))]);
      consent.set(chat.chatId, customer.externalUserId, agrees ? 'Agree' : 'Disagree');
      const type = agrees ? 'agree' : 'disagree';
      const ids = [...chat.memberIds].filter((id) => id !== customer.externalUserId);
      archive.keepRaw({
        msgid: `${core.random.hex(32)}_external`,
        ...{ action: 'send', from: customer.externalUserId, tolist: ids, roomid: group ? chat.chatId : '' },
        ...{ msgtime: clock.now(), msgtype: type },
        [type]: { userid: customer.externalUserId, [`${type}_time`]: clock.now() },
      });
      const member = ids.find((id) => world.members.has(id));
      if (!agrees || group || member === undefined) return null;
      return fire('msg_audit_approved', customer, world.member(member), codeFor(customer, world.member(member), true));
    },
    announceMember(ref, change) {
      const member = world.member(ref);
      if (change === 'delete_user') member.departed = true;
      const { userid, name, departments, position } = member;
      const details = {
        Name: name,
        Department: departments.join(','),
        MainDepartment: departments[0],
        Position: position,
      };
      const fields = { ChangeType: change, UserID: userid, ...(change !== 'delete_user' && details) };
      return deliveries.send(events.sysEvent('change_contact', fields));
    },
  };
}
