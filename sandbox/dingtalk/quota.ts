/** The company's monthly allowance: what is metered, how much of it is gone, and whether there is still some. */

/** OpenAPI calls, and everything that robots, webhooks and pushes cause. */
export type Meter = 'openApi' | 'stream';

export interface MonthlyQuota {
  /** Counts one use; false when the month's allowance is gone. */
  take(meter: Meter, what: string): boolean;
  /** Uses of this month, whoever made them. */
  used(meter: Meter): number;
  left(meter: Meter): number;
  /** This month's uses by name: `POST /api/v1.0/…`, `robot message`, `card callback`. */
  readonly uses: ReadonlyMap<string, number>;
  /** Other apps of the company use so many; `spend(meter, left(meter))` exhausts it. */
  spend(meter: Meter, count: number): void;
}

const CHINA_MS = 8 * 3600_000;

/** Months begin at midnight in China. */
export function createMonthlyQuota(limits: Readonly<Record<Meter, number>>, now: () => number): MonthlyQuota {
  const uses = new Map<string, number>();
  let month = '';
  let counts: Record<Meter, number> = { openApi: 0, stream: 0 };

  function thisMonth(): Record<Meter, number> {
    const current = new Date(now() + CHINA_MS).toISOString().slice(0, 7);
    if (current !== month) {
      month = current;
      counts = { openApi: 0, stream: 0 };
      uses.clear();
    }
    return counts;
  }
  const left = (meter: Meter): number => Math.max(0, limits[meter] - thisMonth()[meter]);

  return {
    uses,
    left,
    used: (meter) => thisMonth()[meter],
    take(meter, what) {
      if (left(meter) === 0) return false;
      counts[meter] += 1;
      uses.set(what, (uses.get(what) ?? 0) + 1);
      return true;
    },
    spend(meter, count) {
      thisMonth()[meter] += count;
    },
  };
}
