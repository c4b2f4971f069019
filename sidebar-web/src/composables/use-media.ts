/** What the device says of itself, now and when it changes. */
import { onScopeDispose, type ShallowRef, shallowRef } from 'vue';

/** Room for a list and a detail side by side. */
export function useWide(): Readonly<ShallowRef<boolean>> {
  const query = matchMedia('(min-width: 900px)');
  const wide = shallowRef(query.matches);
  const apply = (): void => {
    wide.value = query.matches;
  };
  query.addEventListener('change', apply);
  onScopeDispose(() => query.removeEventListener('change', apply));
  return wide;
}

export function useOnline(): Readonly<ShallowRef<boolean>> {
  const online = shallowRef(navigator.onLine);
  const apply = (): void => {
    online.value = navigator.onLine;
  };
  for (const event of ['online', 'offline']) addEventListener(event, apply);
  onScopeDispose(() => {
    for (const event of ['online', 'offline']) removeEventListener(event, apply);
  });
  return online;
}

/** The current instant, ms, kept fresh enough for 2 分钟前. */
export function useNow(): Readonly<ShallowRef<number>> {
  const now = shallowRef(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, 30_000);
  onScopeDispose(() => clearInterval(timer));
  return now;
}
