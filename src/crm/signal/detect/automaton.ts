// Finds many fixed strings in one pass over a text (Aho–Corasick), so that a line without any of them costs almost nothing.

/** `scan` calls `hit(word, end)` for every occurrence; `end` is exclusive. Word numbers are positions in the list given. */
export type Automaton = { scan(text: string, hit: (word: number, end: number) => void): void };

type Node = { next: Map<number, number>; fail: number; words: number[] };

/** Builds the automaton. Empty strings are ignored. Time and memory grow with the total length of the words. */
export function createAutomaton(words: readonly string[]): Automaton {
  const nodes: Node[] = [{ next: new Map(), fail: 0, words: [] }];
  const node = (i: number): Node => nodes[i] as Node;
  words.forEach((word, index) => {
    if (word === '') return;
    let at = 0;
    for (let i = 0; i < word.length; i++) {
      const c = word.charCodeAt(i);
      let to = node(at).next.get(c);
      if (to === undefined) {
        to = nodes.push({ next: new Map(), fail: 0, words: [] }) - 1;
        node(at).next.set(c, to);
      }
      at = to;
    }
    node(at).words.push(index);
  });
  const queue = [...node(0).next.values()];
  for (let q = 0; q < queue.length; q++) {
    const from = node(queue[q] as number);
    for (const [c, to] of from.next) {
      queue.push(to);
      let f = from.fail;
      while (f !== 0 && !node(f).next.has(c)) f = node(f).fail;
      const fail = node(f).next.get(c) ?? 0;
      node(to).fail = fail;
      node(to).words.push(...node(fail).words);
    }
  }
  // Most characters of a chat begin no word at all: one table look-up passes over them.
  const first = new Int32Array(65536);
  for (const [c, to] of node(0).next) first[c] = to;

  return {
    scan(text, hit) {
      let at = 0;
      for (let i = 0; i < text.length; i++) {
        const c = text.charCodeAt(i);
        if (at === 0) {
          at = first[c] as number;
        } else {
          let to = node(at).next.get(c);
          while (to === undefined && at !== 0) {
            at = node(at).fail;
            to = at === 0 ? (first[c] as number) : node(at).next.get(c);
          }
          at = to ?? 0;
        }
        if (at !== 0) for (const word of node(at).words) hit(word, i + 1);
      }
    },
  };
}
