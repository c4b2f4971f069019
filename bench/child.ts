/** Runs a part of the bench in a process of its own and asks it things over the built-in message channel. */
import { type ChildProcess, fork } from 'node:child_process';

export interface Child {
  /** Sends one question and waits for its answer; rejects when the process ends first. */
  ask<Answer>(question: object): Promise<Answer>;
  stop(): Promise<void>;
}

/** `module` is a file of bench/processes; it answers with `serve`. What it prints goes to our standard error. */
export function startChild(module: string): Child {
  const child: ChildProcess = fork(new URL(`./processes/${module}`, import.meta.url), [], {
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ask<Answer>(question: object): Promise<Answer> {
      return new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`${module} ended before it answered`));
        child.once('exit', gone);
        child.once('message', (answer) => {
          child.off('exit', gone);
          resolve(answer as Answer);
        });
        child.send(question);
      });
    },
    async stop() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The other side: answers every question in turn; `close` runs when the parent has gone away. */
export function serve<Question>(answer: (question: Question) => Promise<object>, close: () => Promise<void>): void {
  process.on('message', (question) => {
    answer(question as Question).then(
      (reply) => process.send?.(reply),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once('disconnect', () => void close().finally(() => process.exit(0)));
}
