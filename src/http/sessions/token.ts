/** What a signed-in browser holds, and under which name the store knows it. */
import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits: nobody finds one by trying, and no slow hash is needed to keep it. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** SHA-256, lower-case hex. */
export const sessionId = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Whether it can be one of ours at all; anything else is not even looked up. */
export const isToken = (value: string | undefined): value is string => /^[\w-]{43}$/.test(value ?? '');
