/** Asks again and again as long as something is awaited and somebody looks at the page. */
import { onScopeDispose, watch } from 'vue';

export function useWatching(awaited: () => boolean, ask: () => Promise<unknown>, everyMs: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let over = false;

  function again(): void {
    clearTimeout(timer);
    if (over || !awaited()) return;
    timer = setTimeout(async () => {
      if (document.visibilityState === 'visible') await ask();
      again();
    }, everyMs);
  }

  watch(awaited, again, { immediate: true });
  onScopeDispose(() => {
    over = true;
    clearTimeout(timer);
  });
}
