/** A message's session webhook on its way through the inbox, closed: whichever instance works the message off can answer where it was said. */
import { z } from 'zod';
import type { Box } from '../../src/channel/token.ts';
import type { SessionNote } from './sessions.ts';

export interface CarriedSessions {
  close(note: SessionNote): string;
  /** Null for what another secret closed: the answer then costs a metered call. */
  open(closed: string): SessionNote | null;
}

const sessionNote = z.object({
  chatId: z.string(),
  kind: z.enum(['group', 'direct']),
  staffId: z.string().nullable(),
  webhook: z.string(),
  expiresAt: z.number(),
});

export function createCarriedSessions(box: Box): CarriedSessions {
  return {
    close: (note) => box.close(JSON.stringify(note)),
    open(closed) {
      const opened = box.open(closed);
      return opened === null ? null : sessionNote.parse(JSON.parse(opened));
    },
  };
}
