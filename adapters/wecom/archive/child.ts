/** The process that may crash alone: loads the vendor's library and carries out one request after the other. */
import { pathToFileURL } from 'node:url';
import { openNative } from './native.ts';
import type { Answer, ArchiveLibrary, LibraryKeys, Request } from './protocol.ts';

let library: ArchiveLibrary | null = null;

process.on('disconnect', () => process.exit(0));
process.on('message', (request: Request) => {
  answer(request).then((reply) => process.send?.(reply));
});

async function answer(request: Request): Promise<Answer> {
  const { id } = request;
  try {
    if (request.kind === 'open') return { id, text: '', ...(await open(request.lib, request.keys)) };
    if (library === null) return { id, code: 0, text: '', fault: 'load' };
    const result =
      request.kind === 'pull'
        ? await library.getChatData(request.seq, request.limit)
        : await library.decryptData(request.key, request.message);
    return { id, code: result.code, text: result.text, fault: null };
  } catch {
    return { id, code: 0, text: '', fault: 'load' };
  }
}

async function open(lib: string, keys: LibraryKeys): Promise<Pick<Answer, 'code' | 'fault'>> {
  if (/\.[mc]?[jt]s$/.test(lib)) {
    const module = (await import(pathToFileURL(lib).href)) as { open(keys: LibraryKeys): ArchiveLibrary };
    library = module.open(keys);
    return { code: 0, fault: null };
  }
  const opened = await openNative(lib, keys);
  if ('init' in opened) return { code: opened.init, fault: 'init' };
  library = opened.library;
  return { code: 0, fault: null };
}
