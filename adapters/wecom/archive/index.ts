/** The conversation archive (会话内容存档) of this channel: what customers and colleagues said to each other, where they agreed to it. */
import type { JsonRecord } from '../json.ts';
import type { ArchiveSettings } from '../setting-parts.ts';
import type { Archive, SourceContext } from '../source.ts';
import { createConsent } from './consent.ts';
import { createKeyRing } from './keys.ts';
import { createLibrary } from './library.ts';
import { normaliseArchive } from './normalise.ts';
import { libraryProxy } from './proxy.ts';
import { createPuller } from './puller.ts';
import { createRecords } from './records.ts';

export interface ArchiveContext extends SourceContext {
  /** Proxy variables of the process; empty when there are none. */
  readonly proxy?: Readonly<Record<string, string>>;
  /**
   * POST to the server API under the archive secret's token: the path behind `cgi-bin/`, such as
   * `msgaudit/check_single_agree`. Rejects with ApiFailure.
   */
  readonly post: (path: string, body: JsonRecord) => Promise<JsonRecord>;
}

/** The platform's notice comes at most every 15 s; this is for notices that did not come. */
const usualPollMs = 30_000;

export function createArchive(
  settings: ArchiveSettings,
  context: ArchiveContext,
  pollMs: number = usualPollMs,
): Archive {
  const { corpId, inbound, log, now } = context;
  const { proxy, password } = libraryProxy(context.proxy ?? {});
  const keys = { corpId, secret: settings.secret, proxy, proxyPassword: password };
  const library = createLibrary(settings.lib, keys, log);
  const puller = createPuller({
    inbound,
    records: createRecords(library, createKeyRing(settings.privateKeysDir), log),
    consent: createConsent(context.post, now),
    log,
    pollMs,
  });

  return {
    start: puller.start,
    async stop() {
      const stopping = puller.stop();
      library.stop();
      await stopping;
    },
    wake: puller.wake,
    problem: puller.problem,
    normalise: (stored) => normaliseArchive(stored, corpId),
  };
}
