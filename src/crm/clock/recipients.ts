/** Whom a level of the ladder tells: rules over the organisation as it stands. Never silently nobody. Pure. */
import type { AlertLevel } from '../../policy/schema/alerts.ts';
import type { AlertRow } from '../rows/clock.ts';

export type Recipient = Pick<AlertRow, 'toKind' | 'toId'>;

/** What the rules ask about the organisation. */
export interface Organisation {
  isActive(staffId: string): boolean;
  supervisorOf(staffId: string): string | null;
  /** Of each department of theirs the heads, else those of the nearest one above that has any. */
  headsOf(staffId: string): readonly string[];
  administrators(): readonly string[];
  /** Everybody active: the last resort of a company without administrators. */
  anybody(): readonly string[];
  helpersOf(customerId: string): readonly string[];
  /** Active colleagues of a rank. */
  ofRank(rank: string): readonly Skilled[];
  /** Where the customer is and what they buy. */
  placeOf(customerId: string): Place;
  isBound(group: string): boolean;
}

export interface Place {
  readonly region: string | null;
  readonly productLine: string | null;
}

export interface Skilled {
  readonly id: string;
  readonly region: string | null;
  readonly productLines: readonly string[];
}

export interface Stalled {
  readonly ownerId: string;
  readonly customerId: string | null;
}

/** Higher than any company; a ring of supervisors must not hang. */
const MOST_STEPS = 10;
/** Of many who could help a few are asked: what is everybody's is nobody's. */
const MOST_SKILLED = 3;

export function recipientsOf(
  organisation: Organisation,
  { to, action }: AlertLevel,
  stalled: Stalled,
): readonly Recipient[] {
  const found = new Map<string, Recipient>();
  const add = (toKind: Recipient['toKind'], ids: readonly string[]) => {
    for (const toId of ids) found.set(`${toKind} ${toId}`, { toKind, toId });
  };
  for (const one of to) {
    if (one.kind === 'owner') add('staff', ownerOrAbove(organisation, stalled.ownerId));
    else if (one.kind === 'supervisor') add('staff', supervisorsOf(organisation, stalled.ownerId));
    else if (one.kind === 'department_head') add('staff', headsOrAbove(organisation, stalled.ownerId));
    else if (one.kind === 'rank') add('staff', skilledFor(organisation, one.rank, stalled));
    else if (organisation.isBound(one.key)) add('group', [one.key]);
  }
  // Whoever loses it and whoever gets it hear of it in any case.
  if (action === 'to_supervisor') {
    add('staff', ownerOrAbove(organisation, stalled.ownerId));
    add('staff', supervisorsOf(organisation, stalled.ownerId));
  }
  // A group that nobody has bound, a rank that nobody has: somebody hears of it all the same.
  if (found.size === 0 && to.length > 0) add('staff', supervisorsOf(organisation, stalled.ownerId));
  return [...found.values()];
}

/** The nearest active one above; the supervisor that a deal goes to. Null where there is none. */
export function supervisorAbove(organisation: Organisation, staffId: string): string | null {
  let next = organisation.supervisorOf(staffId);
  for (let step = 0; next !== null && step < MOST_STEPS; step += 1) {
    if (next !== staffId && organisation.isActive(next)) return next;
    next = organisation.supervisorOf(next);
  }
  return null;
}

const ownerOrAbove = (organisation: Organisation, ownerId: string): readonly string[] =>
  organisation.isActive(ownerId) ? [ownerId] : supervisorsOf(organisation, ownerId);

function supervisorsOf(organisation: Organisation, ownerId: string): readonly string[] {
  const above = supervisorAbove(organisation, ownerId);
  if (above !== null) return [above];
  const heads = activeOthers(organisation, organisation.headsOf(ownerId), ownerId);
  return heads.length > 0 ? heads : administratorsFor(organisation, ownerId);
}

function headsOrAbove(organisation: Organisation, ownerId: string): readonly string[] {
  const heads = activeOthers(organisation, organisation.headsOf(ownerId), ownerId);
  return heads.length > 0 ? heads : supervisorsOf(organisation, ownerId);
}

/** Whoever administers, the owner too where it is only them; else whoever is there. */
function administratorsFor(organisation: Organisation, ownerId: string): readonly string[] {
  const administrators = organisation.administrators();
  const others = administrators.filter((id) => id !== ownerId);
  if (others.length > 0) return others;
  return administrators.length > 0 ? administrators : organisation.anybody().slice(0, 1);
}

/** Those who help with the customer; else the nearest by region and product line. */
function skilledFor(organisation: Organisation, rank: string, { customerId }: Stalled): readonly string[] {
  const all = organisation.ofRank(rank);
  if (customerId === null) return [];
  const helpers = new Set(organisation.helpersOf(customerId));
  const helping = all.filter(({ id }) => helpers.has(id));
  if (helping.length > 0) return helping.map(({ id }) => id);
  const place = organisation.placeOf(customerId);
  const near = ({ region }: Skilled) => place.region === null || region === place.region;
  const knows = ({ productLines }: Skilled) => place.productLine === null || productLines.includes(place.productLine);
  const tiers = [all.filter((one) => near(one) && knows(one)), all.filter(knows), all.filter(near)];
  const best = tiers.find((tier) => tier.length > 0) ?? [];
  return best.slice(0, MOST_SKILLED).map(({ id }) => id);
}

const activeOthers = (organisation: Organisation, ids: readonly string[], ownerId: string): readonly string[] =>
  ids.filter((id) => id !== ownerId && organisation.isActive(id));
