/** Puts the answers of single counts together, owner by owner. */
import type { FigureQueries } from './figure-queries.ts';
import { type Figures, NO_FIGURES, type StageFigure } from './figures.ts';

type Rows<Name extends keyof FigureQueries> = Awaited<ReturnType<FigureQueries[Name]>>;

export interface Count {
  open(stage: string, rows: Rows<'openByOwner'>): void;
  /** After `open` of the same stage. */
  overdue(stage: string, rows: Rows<'overdueByOwner'>): void;
  begun(rows: Rows<'begunByOwner'>): void;
  closed(rows: Rows<'closedByOwner'>): void;
  moves(rows: Rows<'movesByOwner'>): void;
  byOwner(): ReadonlyMap<string, Figures>;
}

export function createCount(): Count {
  const owners = new Map<string, Figures>();
  const change = (ownerId: string, patch: (known: Figures) => Partial<Figures>): void => {
    const known = owners.get(ownerId) ?? NO_FIGURES;
    owners.set(ownerId, { ...known, ...patch(known) });
  };
  return {
    open(stage, rows) {
      for (const { ownerId, count, amountMinor, enteredAt } of rows) {
        const one: StageFigure = { stage, count, amountMinor, overdue: 0, enteredAt };
        change(ownerId, ({ stages }) => ({ stages: [...stages, one] }));
      }
    },
    overdue(stage, rows) {
      for (const { ownerId, count, amountMinor, highRisk } of rows)
        change(ownerId, ({ stages, overdue }) => ({
          stages: stages.map((one) => (one.stage === stage ? { ...one, overdue: count } : one)),
          overdue: {
            count: overdue.count + count,
            amountMinor: overdue.amountMinor + amountMinor,
            highRisk: overdue.highRisk + highRisk,
          },
        }));
    },
    begun(rows) {
      for (const { ownerId, count, amountMinor } of rows) change(ownerId, () => ({ fresh: { count, amountMinor } }));
    },
    closed(rows) {
      for (const { ownerId, status, count, amountMinor } of rows)
        change(ownerId, () => ({ [status]: { count, amountMinor } }));
    },
    moves(rows) {
      for (const { ownerId, count } of rows) change(ownerId, () => ({ moved: count }));
    },
    byOwner: () => owners,
  };
}
