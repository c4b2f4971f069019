/** A menu of the top bar: its button opens and shuts it, and a click anywhere else puts it away. */
import { onMounted, onUnmounted, type Ref, ref } from 'vue';

/** `root`: what holds button and menu; give it to the template as `ref`. */
export function useMenu(): { readonly open: Ref<boolean>; readonly root: Ref<HTMLElement | null> } {
  const open = ref(false);
  const root = ref<HTMLElement | null>(null);

  function clickedAway({ target }: MouseEvent): void {
    if (!root.value?.contains(target as Node)) open.value = false;
  }
  onMounted(() => document.addEventListener('click', clickedAway));
  onUnmounted(() => document.removeEventListener('click', clickedAway));
  return { open, root };
}
