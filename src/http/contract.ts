/** What our pages ask the server and get back; shared with `sidebar-web`, which takes the types only. */
import { z } from 'zod';

/** `GET /api/jsapi/<platform>`: the address of the page as it stands in `location`, without `#…`. */
export const pageConfigQuery = z.object({ url: z.string().min(1).max(4096) });

/** The platform's own parameters, and where its script is. */
export type PageConfigView = Readonly<Record<string, string | number>> & { readonly sdkUrl: string };

const code = z.string().min(1).max(4096);

const pickedLine = z.strictObject({
  speakerName: z.string().min(1).max(100).nullable(),
  text: z.string().min(1).max(4000),
  /** ms. */
  sentAt: z.int().positive().nullable(),
});

/** `POST /api/hand-over/<platform>`: messages by id where the server can read them, else their words. */
export const handOverBody = z.union([
  z.strictObject({ code, messageIds: z.array(z.string().min(1).max(200)).min(1).max(20) }),
  z.strictObject({ code, chatId: z.string().min(1).max(200), lines: z.array(pickedLine).min(1).max(20) }),
]);
export type HandOverBody = z.infer<typeof handOverBody>;

export interface HandedOverView {
  readonly messages: number;
}
