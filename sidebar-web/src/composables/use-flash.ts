/** The one short message at the foot of the page that says what was just done. */
import { shallowRef } from 'vue';

const shownMs = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export const flash = shallowRef('');
/** Counts what was done on this page: lists beside it are asked for again. */
export const changes = shallowRef(0);

export function say(words: string): void {
  changes.value += 1;
  clearTimeout(timer);
  flash.value = words;
  timer = setTimeout(() => {
    flash.value = '';
  }, shownMs);
}
