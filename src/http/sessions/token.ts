/** What a signed-in browser holds, and under which name the store knows it. */
import { randomBytes } from 'node:crypto';
import { digest } from '../../ids.ts';

/** 256 random bits: nobody finds one by trying, and no slow hash is needed to keep it. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept instead of the token. */
export const sessionId = (token: string): string => digest(token);

/** Whether it can be one of ours at all; anything else is not even looked up. */
export const isToken = (value: string | undefined): value is string => /^[\w-]{43}$/.test(value ?? '');
