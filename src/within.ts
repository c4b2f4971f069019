/** A limit to how long somebody waits; the work itself goes on. */

/** Null when it fails or takes longer than `ms`. */
export function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), ms);
    const end = (value: T | null) => {
      clearTimeout(timer);
      resolve(value);
    };
    work.then(end, () => end(null));
  });
}
