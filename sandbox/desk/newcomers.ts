/** Customers who have not written yet. */

export interface Newcomer {
  readonly name: string;
  readonly company: string;
  readonly words: string;
}

/** Gives one after the other; after the last the list starts over with a number. */
export function createQueue(newcomers: readonly Newcomer[]): () => Newcomer {
  let index = 0;
  return () => {
    const found = newcomers[index % newcomers.length] as Newcomer;
    const round = Math.floor(index / newcomers.length);
    index += 1;
    return round === 0
      ? found
      : { ...found, name: `${found.name}${round + 1}`, company: `${found.company}${round + 1}` };
  };
}
