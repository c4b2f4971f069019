/** A small office in the rows, for suites that call the use cases themselves: people, chats, deals, words and taps. */
import type { MessageEvent, TapAnswer } from '../../src/channel/event.ts';
import { decideTap } from '../../src/crm/card/decide-tap.ts';
import { receiveMessage } from '../../src/crm/message/receive-message.ts';
import { openDeal } from '../../src/crm/opportunity/open-deal.ts';
import type { CardActionKind, CardRow } from '../../src/crm/rows/cards.ts';
import type { StaffRole } from '../../src/crm/rows/people.ts';
import type { Tx } from '../../src/crm/tx.ts';
import { NOW, openStore, type Store } from '../store/open-store.ts';
import { as } from '../store/rows.ts';

export const ACCOUNT = 'account-1';

interface EmployGiven {
  readonly role?: StaffRole;
  readonly supervisorId?: string | null;
  readonly active?: boolean;
  /** Known on the platform. */
  readonly reads?: boolean;
}

export interface Office extends AsyncDisposable {
  readonly store: Store;
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A colleague, known on the platform by their name; returns the row's id. */
  employ(name: string, given?: EmployGiven): Promise<string>;
  /** A group with outsiders; returns the row's id. */
  group(name: string, given: { addedBy?: string | null; customerId?: string | null }): Promise<string>;
  customer(name: string, ownerId: string): Promise<string>;
  deal(customerId: string, name: string, ownerId: string, stage: string): Promise<string>;
  /** A person outside, not yet anybody's contact. */
  outsider(externalId: string, name: string | null): Promise<void>;
  /** Somebody outside writes in a group. */
  hear(group: string, sender: string, text: string, given?: Partial<MessageEvent>): Promise<void>;
  cards(where?: Partial<CardRow>): Promise<CardRow[]>;
  /** Texts to persons and chats, in the order in which they leave. */
  texts(): Promise<{ readonly to: string; readonly text: string }[]>;
  /** A colleague taps a button of a card. */
  tap(person: string, card: CardRow | undefined, kind: CardActionKind, choice?: string): Promise<TapAnswer>;
}

let messages = 0;

export function said(group: string, sender: string, text: string, given: Partial<MessageEvent> = {}): MessageEvent {
  messages += 1;
  return {
    type: 'message',
    messageId: `m${messages}`,
    chat: { id: group, kind: 'group' },
    sender: { id: sender, tenant: null, internal: false },
    senderKind: 'person',
    text,
    addressed: false,
    mentions: [],
    repliesTo: null,
    record: null,
    sentAt: NOW,
    ...given,
  };
}

export async function openOffice(): Promise<Office> {
  const store = await openStore();
  const run = <T>(work: (tx: Tx) => Promise<T>) => as(store, 't1', work);
  const made = <Row extends { id: string }>(work: (tx: Tx) => Promise<Row>) => run(work).then(({ id }) => id);
  return {
    store,
    run,
    employ: (name, { role = 'sales', supervisorId = null, active = true, reads = true } = {}) =>
      made(async (tx) => {
        const row = await tx.staff.insert({ id: tx.newId(), name, role, supervisorId, active, createdAt: tx.now });
        const identity = { id: tx.newId(), accountId: ACCOUNT, externalId: name, staffId: row.id };
        if (reads) await tx.staffIdentity.insert(identity);
        return row;
      }),
    group: (name, { addedBy = null, customerId = null }) =>
      made((tx) =>
        tx.chat.insert({
          id: tx.newId(),
          accountId: ACCOUNT,
          externalId: name,
          kind: 'group',
          name,
          external: true,
          addedByStaffId: addedBy,
          customerId,
          leadId: null,
          opportunityId: null,
          ignored: false,
          createdAt: tx.now,
        }),
      ),
    customer: (name, ownerId) =>
      made((tx) => tx.customer.insert({ id: tx.newId(), name, ownerId, createdAt: tx.now, withdrawnAt: null })),
    deal: (customerId, name, ownerId, stage) =>
      made(async (tx) => {
        const row = await openDeal(tx, { customerId, name, ownerId });
        await tx.opportunity.update({ id: row.id }, { stage });
        return row;
      }),
    outsider: (externalId, name) =>
      run(async (tx) => {
        const row = { accountId: ACCOUNT, externalId, name, contactId: null, leadId: null };
        await tx.contactIdentity.insert({ id: tx.newId(), ...row });
      }),
    hear: (group, sender, text, given) => run((tx) => receiveMessage(tx, ACCOUNT, said(group, sender, text, given))),
    cards: (where = {}) => run((tx) => tx.card.list(where)),
    async texts() {
      const rows = await store.unitOfWork.read((session) =>
        session.query<{ payload: string }>('SELECT payload FROM outbox_order ORDER BY id'),
      );
      return rows
        .map(({ payload }) => JSON.parse(payload) as { kind: string; to: { id: string }; text: string })
        .filter(({ kind }) => kind === 'text.send')
        .map(({ to, text }) => ({ to: to.id, text }));
    },
    tap: (person, card, kind, choice = '') =>
      run(async (tx) => {
        const action = await tx.cardAction.find({ cardId: card?.id ?? '', kind });
        return decideTap(tx, ACCOUNT, {
          eventId: tx.newId(),
          tapper: { id: person, tenant: null, internal: true },
          actionKey: action?.id ?? '',
          values: { [kind]: choice },
          messageId: 'om_card',
          chatId: null,
        });
      }),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
