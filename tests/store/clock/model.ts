// The stage clock once more, as plain arithmetic over a company that works day and night: what must be told, to whom, in which round.
import type { Touch } from '../../../src/crm/rows/clock.ts';
import { HOUR, PEOPLE } from './firm.ts';

export const NIGHT_AND_DAY = {
  timeZone: 'UTC',
  hours: [{ from: '00:00', to: '24:00' }],
  weekdays: { saturday: [{ from: '00:00', to: '24:00' }], sunday: [{ from: '00:00', to: '24:00' }] },
  publicHolidays: false,
};
const LADDER = [
  { percent: 50, to: [{ kind: 'owner' }] },
  { percent: 100, to: [{ kind: 'owner' }, { kind: 'supervisor' }] },
  { percent: 200, to: [{ kind: 'supervisor' }, { kind: 'group', key: 'supervisors' }], action: 'high_risk' },
] as const;
const HANDS_OVER = [
  { percent: 100, to: [{ kind: 'owner' }] },
  { percent: 150, to: [{ kind: 'supervisor' }], action: 'to_supervisor' },
  { percent: 200, to: [{ kind: 'owner' }] },
] as const;
export const STAGES = {
  contacted: { limit: { hours: 10 } },
  qualified: { limit: { hours: 5, resets: ['customer'] } },
  quoted: { limit: { hours: 8, from: 'quote_sent', beforeHours: 3 } },
  sampling: { limit: undefined },
  contracted: { limit: { hours: 4 }, ladder: HANDS_OVER },
  fulfilling: { limit: { hours: 6, until: 'answered' } },
} as const;
export type StageKey = keyof typeof STAGES;
export const ALERTS = {
  ladder: LADDER,
  quiet: { from: '00:00', to: '00:00', daysOff: false },
  extend: { times: 2, maxDays: 1 },
};

interface Told {
  readonly round: number;
  readonly fromAt: number;
  readonly level: number;
  readonly to: string;
}

const MINUTE = 60_000;

export function createModel(begun: number) {
  const told: Told[] = [];
  let round = 0;
  let open = true;
  let stage: StageKey = 'contacted';
  let [fromAt, metAt, level, held, extended, extensions] = [begun, null as number | null, 0, 0, 0, 0];
  let owner: string = PEOPLE.sales;
  let highRisk = false;

  const begin = (at: number) => {
    round += 1;
    [fromAt, level, extended, highRisk] = [at, 0, 0, false];
  };
  const allowed = (): number | null => {
    if (stage === 'sampling' || (stage === 'fulfilling' && metAt !== null)) return null;
    if (stage === 'quoted' && metAt === null) return 3 * HOUR;
    return STAGES[stage].limit.hours * HOUR;
  };
  const ladder = () => (stage === 'contracted' ? HANDS_OVER : LADDER);
  const above = () => (owner === PEOPLE.sales ? PEOPLE.boss : PEOPLE.admin);
  const name = (kind: string) => (kind === 'owner' ? owner : kind === 'supervisor' ? above() : 'supervisors');

  return {
    told,
    get highRisk() {
      return highRisk;
    },
    move(to: StageKey, now: number) {
      stage = to;
      begin(now);
      [metAt, held, extensions, open] = [null, 0, 0, true];
    },
    close() {
      open = false;
    },
    tick(now: number) {
      if (!open || held > now) return;
      for (const [index, { percent, to, ...rest }] of ladder().entries()) {
        const limit = allowed();
        if (limit === null || index < level) continue;
        if (fromAt + (limit * percent) / 100 + extended > now) break;
        level = index + 1;
        const action = 'action' in rest ? rest.action : 'none';
        if (action === 'high_risk') highRisk = true;
        const names = new Set([
          ...to.map(({ kind }) => name(kind)),
          ...(action === 'to_supervisor' ? [owner, above()] : []),
        ]);
        for (const one of names) told.push({ round, fromAt, level, to: one });
        if (action !== 'to_supervisor' || owner !== PEOPLE.sales) continue;
        owner = PEOPLE.boss;
        begin(Math.max(now, fromAt));
        break;
      }
    },
    touch(by: Touch, now: number) {
      if (!open || stage === 'sampling' || now <= fromAt) return;
      if (stage === 'fulfilling') {
        if ((by === 'customer') === (metAt === null)) return;
        metAt = by === 'customer' ? null : now;
        return begin(now);
      }
      if (stage === 'quoted' && metAt === null) return;
      if (stage === 'qualified' && by !== 'customer') return;
      const limit = allowed() ?? 0;
      if (level === 0 && (now - fromAt < MINUTE || (extended > 0 && fromAt + extended >= now))) return;
      if (limit > 0) begin(now);
    },
    sent(now: number) {
      if (!open) return;
      if (stage !== 'quoted') return this.touch('staff', now);
      metAt = now;
      begin(Math.max(now, fromAt));
    },
    hold(until: number) {
      if (open) held = Math.max(held, until);
    },
    extend(ms: number, now: number) {
      const limit = allowed();
      if (!open || limit === null || extensions >= ALERTS.extend.times) return;
      extensions += 1;
      extended = Math.max(extended, now - fromAt - limit) + ms;
      if (level === 0) return;
      level = 0;
      round += 1;
    },
  };
}
