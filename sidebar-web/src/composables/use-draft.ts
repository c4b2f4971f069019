/** What somebody began to write: it is still there when they come back from another page, and gone with the tab. */
import { type Ref, ref, watch } from 'vue';

const drafts = new Map<string, string>();

/** `key`: what is written about; the same as long as the component lives. */
export function useDraft(key: string): Ref<string> {
  const text = ref(drafts.get(key) ?? '');
  watch(
    text,
    (now) => {
      if (now === '') drafts.delete(key);
      else drafts.set(key, now);
    },
    { flush: 'sync' },
  );
  return text;
}
