/** The platforms on which the person is known, and the code that adds another one. */
import { z } from 'zod';
import { instant } from './common.ts';

/** `GET /api/me/link-code`. */
export const myAccounts = z.object({
  /** As people call them, Chinese; one that is not connected is left out. */
  platforms: z.array(z.string()),
  /** Until when the last code is good; null when there is none. The code itself is shown once. */
  codeUntil: instant.nullable(),
});
export type MyAccountsView = z.infer<typeof myAccounts>;

/** `POST /api/me/link-code` → 200, not 201: the answer must not be kept for a repeated call. To be said to the bot on the other platform. */
export const linkCode = z.object({ code: z.string(), expiresAt: instant });
export type LinkCodeView = z.infer<typeof linkCode>;
