/** Whatever was thrown on the way to the platform, as the one failure that the doctor words. */
import { ApiFailure } from './api-failure.ts';
import { explainFailure, missingScopes } from './errors.ts';

export const asFailure = (error: unknown): ApiFailure =>
  error instanceof ApiFailure ? error : ApiFailure.unreached('network', error);

/** What to do, with the permissions by name where the platform names them. */
export function remedyFor(failure: ApiFailure): string {
  const scopes = missingScopes(failure);
  return `${explainFailure(failure)}${scopes.length > 0 ? `要的是 ${scopes.join(' 或 ')}。` : ''}`;
}

export const codeOf = ({ code, status, kind }: ApiFailure): string => String(code ?? (status || kind));
