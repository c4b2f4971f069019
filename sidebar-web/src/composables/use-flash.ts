/** The one short message at the foot of the page that says what was just done, and may take it back. */
import { shallowRef } from 'vue';

const shownMs = 4_000;
/** Long enough to read it and to reach the button. */
const actionMs = 7_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export interface FlashAction {
  readonly name: string;
  run(): void;
}

export const flash = shallowRef('');
export const flashAction = shallowRef<FlashAction | null>(null);
/** Counts what was done on this page: lists beside it are asked for again. */
export const changes = shallowRef(0);

export function say(words: string, action: FlashAction | null = null): void {
  changes.value += 1;
  clearTimeout(timer);
  flash.value = words;
  flashAction.value = action;
  timer = setTimeout(clear, action ? actionMs : shownMs);
}

export function act(): void {
  const action = flashAction.value;
  clear();
  action?.run();
}

function clear(): void {
  clearTimeout(timer);
  flash.value = '';
  flashAction.value = null;
}
