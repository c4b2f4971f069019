/** Remembers what was seen, as much as is needed to tell a second delivery from a first. */

const remembered = 5_000;

/** True for an id that was not seen among the last 5,000. */
export function createOnce(): (id: string) => boolean {
  const seen = new Set<string>();
  return (id) => {
    if (seen.has(id)) return false;
    seen.add(id);
    const [oldest] = seen;
    if (seen.size > remembered && oldest !== undefined) seen.delete(oldest);
    return true;
  };
}
