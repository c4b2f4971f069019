/** The name of a file as people see it and save it: no path, nothing that hides what it is, the ending its content has. Pure. */

const LONGEST = 100;
/** What no file system takes, control characters, and signs that turn the direction of what follows. */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** `endings`: those of its content; the first is added where the name has none of them. */
export function cleanName(given: string, endings: readonly string[]): string {
  const last = given.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(FORBIDDEN, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const dot = plain.lastIndexOf('.');
  const ending = plain.slice(dot + 1).toLowerCase();
  const fits = dot > 0 && endings.includes(ending);
  const stem = fits ? plain.slice(0, dot) : plain;
  const short = [...stem].slice(0, LONGEST).join('').trim();
  return `${short || '文件'}.${fits ? ending : endings[0]}`;
}
