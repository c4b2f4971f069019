/** What our pages ask the server and get back; shared with `sidebar-web`, which takes the types only. */
import { z } from 'zod';

/** `GET /api/jsapi/<platform>`: the address of the page as it stands in `location`, without `#…`. */
export const pageConfigQuery = z.object({ url: z.string().min(1).max(4096) });

/** The platform's own parameters, and where its script is. */
export type PageConfigView = Readonly<Record<string, string | number>> & { readonly sdkUrl: string };

/** `POST /api/hand-over/<platform>`. */
export interface HandOverBody {
  readonly code: string;
  /** 1 to 20. */
  readonly messageIds: readonly string[];
}

export interface HandedOverView {
  readonly messages: number;
}

/** Every refusal: a stable word, and a sentence for the person. */
export interface RefusalView {
  readonly error: string;
  readonly message: string;
}
