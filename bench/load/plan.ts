/** Which runs the load bench makes, and how long each of them is. */

export interface LoadOptions {
  /** Names of scenarios, comma-separated; null for all. */
  readonly only: string | null;
  /** How long a rate is held, seconds; null as promised. For development: figures count at the promised length only. */
  readonly seconds: number | null;
}

type Name = 'sqlite' | 'mariadb';

export interface Plan {
  readonly searches: readonly { readonly database: Name; readonly instances: number }[];
  /** Databases on which the same is measured with ten times the data. */
  readonly stored: readonly Name[];
  /** In which code is compiled and connections are made; it proves nothing but that nothing is lost. */
  readonly warmUp: { readonly perSecond: number; readonly seconds: number };
  readonly fixedPerSecond: number;
  /** Of the fixed rate, and of the rate that was found. */
  readonly seconds: number;
  readonly stepSeconds: number;
  readonly storedPerSecond: number;
  readonly storedSeconds: number;
  /** From one rate to the next. */
  readonly factor: number;
  readonly mostSteps: number;
}

const SCENARIOS = ['sqlite1', 'mariadb1', 'mariadb2', 'stored'] as const;

/** Throws on an unknown scenario. */
export function planOf({ only, seconds: given }: LoadOptions): Plan {
  const wanted: readonly string[] = only?.split(',') ?? SCENARIOS;
  const unknown = wanted.filter((name) => !SCENARIOS.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`no such scenario: ${unknown.join(', ')} (there are ${SCENARIOS.join(', ')})`);
  const seconds = given ?? 60;
  const all = [
    { database: 'sqlite', instances: 1 },
    { database: 'mariadb', instances: 1 },
    { database: 'mariadb', instances: 2 },
  ] as const;
  return {
    searches: all.filter(({ database, instances }) => wanted.includes(`${database}${instances}`)),
    stored: wanted.includes('stored') ? ['sqlite', 'mariadb'] : [],
    warmUp: { perSecond: 60, seconds: Math.min(8, seconds / 2) },
    fixedPerSecond: 100,
    seconds,
    stepSeconds: Math.max(5, seconds / 4),
    storedPerSecond: 60,
    storedSeconds: Math.max(5, seconds / 4),
    factor: 1.35,
    mostSteps: 5,
  };
}
