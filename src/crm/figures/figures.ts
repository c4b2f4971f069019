/** What a pipeline looks like in figures: open deals by stage, what stands too long, what the day brought. Pure. */

/** Deals, and what they are worth together, in 分. */
export interface Tally {
  readonly count: number;
  readonly amountMinor: number;
}

/** The open deals of one stage. */
export interface StageFigure extends Tally {
  readonly stage: string;
  readonly overdue: number;
  /** When they entered it, on average, ms. */
  readonly enteredAt: number;
}

export interface Figures {
  /** In no order; a stage without deals is not in it. */
  readonly stages: readonly StageFigure[];
  /** Open deals past the limit of their stage, and those of them at high risk. */
  readonly overdue: Tally & { readonly highRisk: number };
  /** Since midnight: begun, moved on, and ended. */
  readonly fresh: Tally;
  readonly moved: number;
  readonly won: Tally;
  readonly lost: Tally;
}

const NOTHING: Tally = { count: 0, amountMinor: 0 };

export const NO_FIGURES: Figures = {
  ...{ stages: [], overdue: { ...NOTHING, highRisk: 0 }, fresh: NOTHING, moved: 0, won: NOTHING, lost: NOTHING },
};

const plus = (a: Tally, b: Tally): Tally => ({
  count: a.count + b.count,
  amountMinor: a.amountMinor + b.amountMinor,
});

/** Of several people the figures together. */
export function sumOf(many: readonly Figures[]): Figures {
  const stages = new Map<string, StageFigure>();
  for (const figures of many)
    for (const one of figures.stages) {
      const known = stages.get(one.stage);
      stages.set(one.stage, known ? joined(known, one) : one);
    }
  return {
    stages: [...stages.values()],
    overdue: many.reduce(
      (sum, { overdue }) => ({ ...plus(sum, overdue), highRisk: sum.highRisk + overdue.highRisk }),
      NO_FIGURES.overdue,
    ),
    fresh: many.reduce((sum, { fresh }) => plus(sum, fresh), NOTHING),
    moved: many.reduce((sum, { moved }) => sum + moved, 0),
    won: many.reduce((sum, { won }) => plus(sum, won), NOTHING),
    lost: many.reduce((sum, { lost }) => plus(sum, lost), NOTHING),
  };
}

function joined(a: StageFigure, b: StageFigure): StageFigure {
  const count = a.count + b.count;
  const enteredAt = count === 0 ? 0 : a.enteredAt + ((b.enteredAt - a.enteredAt) * b.count) / count;
  return { ...a, ...plus(a, b), overdue: a.overdue + b.overdue, enteredAt: Math.round(enteredAt) };
}

/** Everything that is open. */
export const openOf = ({ stages }: Figures): Tally => stages.reduce<Tally>(plus, NOTHING);
