/** The vendor's archive library as a JavaScript module: serves the emulator's export, on machines without a C compiler. */
import { createDecipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';

interface LibraryResult {
  readonly code: number;
  readonly text: string;
}

/** What a module named by WECOM_ARCHIVE_LIB returns from `open`. */
export interface LibraryModule {
  getChatData(seq: string, limit: number): LibraryResult;
  decryptData(encryptKey: string, encryptMessage: string): LibraryResult;
}

/** `path`: the file that `archive.mirrorTo` keeps, one record a line, ascending by seq. */
export function openExport(path: string): LibraryModule {
  return {
    getChatData(seq, limit) {
      const after = BigInt(seq);
      const lines = readFileSync(path, 'utf8').split('\n');
      const fresh = lines.filter((line) => line !== '' && BigInt(/"seq":(\d+)/.exec(line)?.[1] ?? 0) > after);
      return { code: 0, text: `{"errcode":0,"errmsg":"ok","chatdata":[${fresh.slice(0, limit).join(',')}]}` };
    },
    decryptData(encryptKey, encryptMessage) {
      try {
        // The unpublished cipher as sealing.ts assumes it.
        const key = Buffer.from(encryptKey, 'ascii');
        const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16));
        const open = Buffer.concat([decipher.update(encryptMessage, 'base64'), decipher.final()]);
        return { code: 0, text: open.toString('utf8') };
      } catch {
        return { code: 10006, text: '' };
      }
    },
  };
}

/** Source of a module that serves this export; written where WECOM_ARCHIVE_LIB points. */
export function moduleSource(path: string): string {
  const library = JSON.stringify(import.meta.url);
  return `import { openExport } from ${library};\nexport const open = () => openExport(${JSON.stringify(path)});\n`;
}
