/** What goes between the channel and the child process that runs the vendor's library. */

export interface LibraryKeys {
  readonly corpId: string;
  /** Of the archive, not of the app. */
  readonly secret: string;
  /** For the library's own connections: `http://host:port` or empty, and `user:password` or empty. */
  readonly proxy: string;
  readonly proxyPassword: string;
}

export type Request =
  | { readonly id: number; readonly kind: 'open'; readonly lib: string; readonly keys: LibraryKeys }
  /** `seq` in decimal digits: it is an unsigned 64-bit number. */
  | { readonly id: number; readonly kind: 'pull'; readonly seq: string; readonly limit: number }
  | { readonly id: number; readonly kind: 'decrypt'; readonly key: string; readonly message: string };

/** `code` is the library's return code, 0 for success; `fault` tells why it could not be asked at all. */
export interface Answer {
  readonly id: number;
  readonly code: number;
  readonly text: string;
  readonly fault: 'load' | 'init' | null;
}

export interface LibraryResult {
  readonly code: number;
  /** UTF-8 text the library handed out; empty when `code` is not 0. */
  readonly text: string;
}

/**
 * The calls of the vendor's SDK that this product makes. WECOM_ARCHIVE_LIB may also name a JavaScript module that
 * exports `open(keys): ArchiveLibrary`, for systems the vendor has no library for.
 * https://developer.work.weixin.qq.com/document/path/91774
 */
export interface ArchiveLibrary {
  getChatData(seq: string, limit: number): LibraryResult | Promise<LibraryResult>;
  decryptData(encryptKey: string, encryptMessage: string): LibraryResult | Promise<LibraryResult>;
}
