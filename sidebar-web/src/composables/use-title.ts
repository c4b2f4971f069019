/** The title of the window, as the page knows it. */
import { watchEffect } from 'vue';

const product = '聊单';

export function useTitle(title: () => string): void {
  watchEffect(() => {
    const words = title();
    document.title = words === '' ? product : `${words} · ${product}`;
  });
}
