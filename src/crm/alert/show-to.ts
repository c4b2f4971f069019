/** Shows what waits for one person or group: one card with all of it, at an hour when they may be told. */
import { readerFor } from '../card/address.ts';
import { ensureDigest, showInDigest } from '../card/digest.ts';
import { newCard } from '../card/new-card.ts';
import { refreshCard, sendCard } from '../card/send-card.ts';
import { mayTellAt } from '../notice/quiet-time.ts';
import type { CardRow } from '../rows/cards.ts';
import type { StaffIdentityRow } from '../rows/people.ts';
import type { Tx } from '../tx.ts';
import type { Recipient } from './alert-queries.ts';
import { giveButtons, giveFirstButtons } from './give-buttons.ts';
import { showToGroup } from './show-to-group.ts';
import { supersede } from './supersede.ts';

/** Whose alerts' hour has come. */
export const dueRecipients = (tx: Tx, limit: number): Promise<Recipient[]> => tx.queries.alertRecipients(tx.now, limit);

/** False when nothing was shown: it is quiet, nobody can be reached, or another instance was first. What is not shown waits. */
export const showAlertsTo = (tx: Tx, to: Recipient): Promise<boolean> =>
  to.toKind === 'group' ? showToGroup(tx, to) : showToStaff(tx, to);

/** Nobody reads anywhere: looked at again so much later. */
const AGAIN_MS = 3_600_000;

async function showToStaff(tx: Tx, to: Recipient): Promise<boolean> {
  // Who else is about to tell them something waits: cards are counted.
  const staff = await tx.staff.hold(to.toId);
  const at = staff ? await mayTellAt(tx, staff.id, tx.now) : tx.now;
  const reader = staff && at === tx.now ? await readerFor(tx, staff.id, '') : null;
  if (!reader) {
    await tx.queries.postponeAlerts(to, tx.now, at > tx.now ? at : tx.now + AGAIN_MS);
    return false;
  }
  const place = await placeFor(tx, reader);
  const card =
    place.kind === 'onto'
      ? place.card
      : newCard(tx, { kind: 'alert', subject: `alerts:${reader.staffId}`, data: {}, reader });
  if ((await tx.queries.takeAlerts(to, tx.now, card.id)) === 0) return false;
  const digest = place.kind === 'digest' ? await ensureDigest(tx, reader.staffId, reader.accountId) : null;
  if (place.kind !== 'onto') await tx.card.insert({ ...card, digestId: digest?.card.id ?? null });
  const open = await supersede(tx, to, card.id);
  if (place.kind === 'onto') await giveButtons(tx, card);
  else await giveFirstButtons(tx, card, open);
  if (place.kind === 'onto') await refreshCard(tx, card);
  else if (digest) await showInDigest(tx, digest);
  else await sendCard(tx, card);
  return true;
}

type Place = { readonly kind: 'new' | 'digest' } | { readonly kind: 'onto'; readonly card: CardRow };

/** A card of its own; above the day's cap the one that is open, where it can grow, else the day's digest. */
async function placeFor(tx: Tx, { staffId, accountId }: StaffIdentityRow): Promise<Place> {
  const preference = await tx.staffPreference.get(staffId);
  if (preference?.alerts === 'digest' || tx.runsShort(accountId)) return { kind: 'digest' };
  const { calendar, policy } = tx.active;
  const today = await tx.queries.alertCardsSince(staffId, calendar.startOfDay(tx.now));
  if (today < policy.alerts.dailyCap) return { kind: 'new' };
  const open = await tx.card.list(
    { staffId, kind: 'alert', status: 'open', digestId: null },
    { orderBy: 'createdAt', descending: true, limit: 1 },
  );
  const [card] = open.filter((one) => tx.cardsOf(one.accountId).updates === 'free');
  return card ? { kind: 'onto', card } : { kind: 'digest' };
}
