/** Doing a task at once, and taking it back: the list changes first, and the server is told; what it refuses is put back. */
import { type ComputedRef, computed, shallowRef } from 'vue';
import { crm, type TaskView } from '../api/crm.ts';
import { taskWords as words } from '../words-deals.ts';
import { say } from './use-flash.ts';

export interface Tasks {
  /** Without those just done. */
  readonly shown: ComputedRef<readonly TaskView[]>;
  finish(task: TaskView): Promise<void>;
}

/** `changed` is called once the server agrees, or has refused. */
export function useTasks(given: () => readonly TaskView[], changed: () => void): Tasks {
  const gone = shallowRef<ReadonlyMap<string, number>>(new Map());
  const shown = computed(() => given().filter(({ id, version }) => (gone.value.get(id) ?? 0) < version));

  function hide(id: string, version: number): void {
    gone.value = new Map(gone.value).set(id, version);
  }

  async function finish(task: TaskView): Promise<void> {
    hide(task.id, task.version);
    const done = await crm.changeTask(task.id, { done: true, expectedVersion: task.version });
    if (!done.ok) {
      hide(task.id, 0);
      say(words.failed);
      return changed();
    }
    hide(task.id, done.value.version);
    say(words.done, { name: words.undo, run: () => void takeBack(done.value) });
    changed();
  }

  async function takeBack(task: TaskView): Promise<void> {
    const open = await crm.changeTask(task.id, { done: false, expectedVersion: task.version });
    say(open.ok ? words.reopened : words.failed);
    changed();
  }

  return { shown, finish };
}
