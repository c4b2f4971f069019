/** The one short message at the foot of the page that says what was just done. */
import { shallowRef } from 'vue';

const shownMs = 4_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export const flash = shallowRef('');

export function say(words: string): void {
  clearTimeout(timer);
  flash.value = words;
  timer = setTimeout(() => {
    flash.value = '';
  }, shownMs);
}
