/** What customers can be marked with: what the policy says first, then what colleagues have used. */
import type { Desk } from '../access/desk.ts';

export interface Marks {
  /** The most important first. */
  readonly grades: readonly string[];
  readonly tags: readonly string[];
  readonly regions: readonly string[];
  readonly productLines: readonly string[];
  readonly industries: readonly string[];
  readonly sources: readonly string[];
}

/** So many of the newest customers are looked at, and so many of each kind are offered. */
const LOOKED_AT = 300;
const MOST = 40;

/** Of customers that the colleague may see. */
export async function marksInUse({ tx, see }: Desk): Promise<Marks> {
  const { grades, tags } = tx.active.policy.customers;
  const profiles = await see.profiles(LOOKED_AT);
  const of = (read: (profile: (typeof profiles)[number]) => readonly (string | null)[]) =>
    oftenest(profiles.flatMap((profile) => read(profile).filter((word) => word !== null)));
  return {
    grades,
    tags: [...new Set([...tags, ...of((profile) => profile.tags)])].slice(0, tags.length + MOST),
    regions: of(({ region }) => [region]),
    productLines: of(({ productLine }) => [productLine]),
    industries: of(({ industry }) => [industry]),
    sources: of(({ source }) => [source]),
  };
}

function oftenest(words: readonly string[]): readonly string[] {
  const counted = [...Map.groupBy(words, (word) => word)].map(([word, all]) => ({ word, count: all.length }));
  return counted
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
    .map(({ word }) => word);
}
