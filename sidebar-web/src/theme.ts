/** Light or dark, as the person's device says, now and when it changes. */

/** Vant draws itself dark below this class; our own colours hang on the same one. */
const darkClass = 'van-theme-dark';

export function followTheme(): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    document.documentElement.classList.toggle(darkClass, dark.matches);
    document.documentElement.classList.add('ready');
  };
  dark.addEventListener('change', apply);
  apply();
}
