/** Questions on the wire that wait for their answer, each until its deadline or the end of its connection. */

export interface Waiting<T> {
  /** The answer, null after the deadline (real ms), or `lost` when one of `losses` is told. */
  await(id: string, deadlineMs: number, losses: Set<() => void>): Promise<T | null | 'lost'>;
  /** False when nothing with this id was ever asked. Answers that come late are known, but help nobody. */
  settle(id: string, answer: T): boolean;
}

const REMEMBERED = 5000;

export function createWaiting<T>(): Waiting<T> {
  const open = new Map<string, (answer: T) => void>();
  const asked = new Set<string>();
  return {
    await(id, deadlineMs, losses) {
      asked.add(id);
      if (asked.size > REMEMBERED) asked.delete(asked.values().next().value ?? '');
      return new Promise((resolve) => {
        const settle = (answer: T | null | 'lost'): void => {
          clearTimeout(deadline);
          losses.delete(onLoss);
          open.delete(id);
          resolve(answer);
        };
        const onLoss = (): void => settle('lost');
        const deadline = setTimeout(() => settle(null), deadlineMs);
        losses.add(onLoss);
        open.set(id, settle);
      });
    },
    settle(id, answer) {
      open.get(id)?.(answer);
      return asked.has(id);
    },
  };
}
