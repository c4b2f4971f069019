/** The vendor's native library, called through its C interface. */
import type { ArchiveLibrary, LibraryKeys, LibraryResult } from './protocol.ts';

const timeoutSeconds = 20;

/** Throws when the file cannot be loaded or lacks a function; `init` is the library's own complaint about the keys. */
export async function openNative(
  lib: string,
  keys: LibraryKeys,
): Promise<{ readonly library: ArchiveLibrary } | { readonly init: number }> {
  const { default: koffi } = await import('koffi');
  const loaded = koffi.load(lib);
  const newSdk = loaded.func('void *NewSdk()');
  const init = loaded.func('int Init(void *sdk, const char *corpid, const char *secret)');
  const destroySdk = loaded.func('void DestroySdk(void *sdk)');
  const getChatData = loaded.func(
    'int GetChatData(void *sdk, uint64_t seq, uint32_t limit, const char *proxy, const char *passwd, int timeout, void *slice)',
  );
  const decryptData = loaded.func('int DecryptData(const char *encrypt_key, const char *encrypt_msg, void *slice)');
  const newSlice = loaded.func('void *NewSlice()');
  const freeSlice = loaded.func('void FreeSlice(void *slice)');
  const getContent = loaded.func('void *GetContentFromSlice(void *slice)');
  const getLength = loaded.func('int GetSliceLen(void *slice)');

  const sdk: unknown = newSdk();
  const code = Number(init(sdk, keys.corpId, keys.secret));
  if (code !== 0) {
    destroySdk(sdk);
    return { init: code };
  }

  /** What a call writes into a slice; the slice is freed whatever happens. */
  function reading(call: (slice: unknown) => unknown): LibraryResult {
    const slice: unknown = newSlice();
    try {
      const result = Number(call(slice));
      if (result !== 0) return { code: result, text: '' };
      const length = Number(getLength(slice));
      const content: unknown = getContent(slice);
      const empty = length <= 0 || content === null;
      return { code: 0, text: empty ? '' : Buffer.from(koffi.view(content, length)).toString('utf8') };
    } finally {
      freeSlice(slice);
    }
  }

  return {
    library: {
      getChatData: (seq, limit) =>
        reading((slice) => getChatData(sdk, BigInt(seq), limit, keys.proxy, keys.proxyPassword, timeoutSeconds, slice)),
      decryptData: (encryptKey, encryptMessage) => reading((slice) => decryptData(encryptKey, encryptMessage, slice)),
    },
  };
}
