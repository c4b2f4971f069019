/** Loads the script of a platform's client. */
import type { Answer } from '../answer.ts';
import type { ClientRefusal } from './bridge.ts';

const patienceMs = 10_000;

/** Once, as `isThere` tells; asking again after a failure loads it again. A script that leaves nothing behind found no client. */
export function loadScript(url: string, isThere: () => boolean): Promise<Answer<null, ClientRefusal>> {
  if (isThere()) return Promise.resolve({ ok: true, value: null });
  return new Promise((resolve) => {
    const script = document.createElement('script');
    const end = (loaded: boolean): void => {
      clearTimeout(timer);
      if (!loaded) script.remove();
      if (!loaded) resolve({ ok: false, reason: 'script' });
      else resolve(isThere() ? { ok: true, value: null } : { ok: false, reason: 'outside' });
    };
    const timer = setTimeout(() => end(false), patienceMs);
    script.addEventListener('load', () => end(true));
    script.addEventListener('error', () => end(false));
    script.src = url;
    document.head.append(script);
  });
}
