/** Whatever was thrown on the way to the platform, as the one failure that the doctor words. */
import { ApiFailure } from './api-failure.ts';

export const asFailure = (error: unknown): ApiFailure =>
  error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);

export const codeOf = ({ code, status, kind }: ApiFailure): string => code ?? (status > 0 ? String(status) : kind);
