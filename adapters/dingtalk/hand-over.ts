/** The message menu 加入聊单: the code says who asks; the words are that colleague's report, since no API reads them out. */
import { z } from 'zod';
import type { Inbound } from '../../src/channel/channel.ts';
import type { HandOverEvent } from '../../src/channel/event.ts';
import type { HandOverRequest, HandOverResult, PickedLine, PickedWords } from '../../src/channel/hand-over.ts';
import { digest, shortId } from './ids.ts';
import type { SignIn } from './sign-in.ts';

export interface HandOverParts {
  readonly signIn: SignIn;
  readonly inbound: Pick<Inbound, 'store'>;
  readonly now: () => number;
}

const maxLines = 20;
const maxCharacters = 4_000;

/** Rejects only when the event could not be stored; the platform's failures are reasons. */
export function createHandOver(parts: HandOverParts): (request: HandOverRequest) => Promise<HandOverResult> {
  return async (request) => {
    if (!('lines' in request) || !isWithinLimits(request)) return { ok: false, reason: 'bad_request' };
    const signedIn = await parts.signIn(request.code);
    if (!signedIn.ok) return signedIn;
    const { chatId } = request;
    const by = signedIn.person;
    const lines = inOrder(request.lines);
    // The client tells no message ids: the same words at the same instants by the same person are one hand-over.
    const eventId = digest(JSON.stringify([by.id, chatId, lines]));
    const stored: z.infer<typeof storedHandOver> = {
      liaodan: 'hand_over',
      eventId,
      by,
      chatId,
      lines,
      at: parts.now(),
    };
    await parts.inbound.store({
      eventKey: `hand:${eventId}`,
      orderKey: shortId(chatId),
      payload: JSON.stringify(stored),
    });
    return { ok: true, messages: lines.length };
  };
}

function isWithinLimits({ chatId, lines }: PickedWords): boolean {
  if (chatId === '' || lines.length < 1 || lines.length > maxLines) return false;
  return lines.every(({ text }) => text !== '' && text.length <= maxCharacters);
}

/** Oldest first, each with the same fields in the same order, however the page put them. */
function inOrder(lines: readonly PickedLine[]): PickedLine[] {
  return lines
    .map(({ speakerName, text, sentAt }) => ({ speakerName, text, sentAt }))
    .sort((left, right) => (left.sentAt ?? 0) - (right.sentAt ?? 0) || (left.text < right.text ? -1 : 1));
}

const storedHandOver = z.object({
  liaodan: z.literal('hand_over'),
  eventId: z.string(),
  by: z.object({ id: z.string(), tenant: z.string().nullable(), internal: z.boolean() }),
  chatId: z.string(),
  lines: z.array(z.object({ speakerName: z.string().nullable(), text: z.string(), sentAt: z.number().nullable() })),
  at: z.number(),
});

/** Reads back what was stored. Throws on anything else. */
export function readHandOver(stored: unknown): HandOverEvent {
  const { eventId, by, chatId, lines, at } = storedHandOver.parse(stored);
  return {
    type: 'hand_over',
    eventId,
    by,
    chat: { id: chatId, kind: 'group' },
    vouched: false,
    lines: lines.map((line) => ({ ...line, speaker: null, messageId: null })),
    at,
  };
}
