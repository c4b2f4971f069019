/** The permissions that the company granted our app, as the app may ask. */
import type { Core } from './core.ts';
import { ok, type Route } from './reply.ts';

/** What docs/connect-feishu.md asks an administrator for. */
export const SCOPES = [
  'im:message.p2p_msg:readonly',
  'im:message.group_msg',
  'im:message:send_as_bot',
  'im:message:readonly',
  'im:chat:readonly',
  'im:chat.members:read',
  'im:chat.members:bot_access',
  'im:resource:upload',
  'contact:contact.base:readonly',
  'contact:user.base:readonly',
  'tenant:tenant:readonly',
] as const;

/** Needs no permission itself; what was asked for and not granted is listed with status 2. */
export function createScopesApi({ grants }: Core): Route[] {
  return [
    {
      method: 'GET',
      path: '/open-apis/application/v6/scopes',
      auth: 'tenant',
      answer: () => {
        const names = new Set<string>([...SCOPES, ...grants.scopes]);
        const scopes = [...names].map((name) => ({
          scope_name: name,
          grant_status: grants.scopes.has(name) ? 1 : 2,
          scope_type: 'tenant',
        }));
        return ok({ scopes });
      },
    },
  ];
}
