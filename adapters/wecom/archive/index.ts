/** The conversation archive (会话内容存档) of this channel: what customers and colleagues said to each other, where they agreed to it. */
import type { ArchiveSettings } from '../setting-parts.ts';
import type { Archive, SourceContext } from '../source.ts';

export interface ArchiveContext extends SourceContext {
  /**
   * POST to the server API under the archive secret's token: the path behind `cgi-bin/`, such as
   * `msgaudit/check_single_agree`. Resolves with the parsed reply of errcode 0; rejects otherwise.
   */
  readonly post: (path: string, body: object) => Promise<unknown>;
}

export function createArchive(_settings: ArchiveSettings, _context: ArchiveContext): Archive {
  throw new Error('the archive is not written yet');
}
