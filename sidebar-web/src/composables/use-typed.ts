/** What a person types into a search, once they pause: nothing is asked with every letter. */
import { type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';

const pauseMs = 250;

/** `act` gets the text without blanks around it; typing on takes back what was to come. */
export function onPause(typed: Ref<string>, act: (text: string) => void): void {
  watch(typed, (text, _, onCleanup) => {
    const timer = setTimeout(() => act(text.trim()), pauseMs);
    onCleanup(() => clearTimeout(timer));
  });
}

/** `typed` for the field, `asked` for what is looked for. */
export function useTyped(): { readonly typed: Ref<string>; readonly asked: ShallowRef<string> } {
  const typed = ref('');
  const asked = shallowRef('');
  onPause(typed, (text) => {
    asked.value = text;
  });
  return { typed, asked };
}
