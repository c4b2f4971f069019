/** Who the app is and whose it is, and where its long connection begins. */
import type { Core } from './core.ts';
import { ok, okFlat, type Route } from './reply.ts';

export function createBotApi(core: Core): Route[] {
  const { world, options, longConnection } = core;
  return [
    {
      method: 'GET',
      path: '/open-apis/bot/v3/info',
      auth: 'tenant',
      answer: () =>
        okFlat({
          bot: {
            activate_status: 2,
            app_name: world.bot.name,
            avatar_url: '',
            ip_white_list: [],
            open_id: world.bot.openId,
          },
        }),
    },
    {
      method: 'GET',
      path: '/open-apis/tenant/v2/tenant/query',
      auth: 'tenant',
      answer: () =>
        ok({
          tenant: { name: options.companyName, display_id: 'F000000001', tenant_tag: 0, tenant_key: options.tenantKey },
        }),
    },
    {
      method: 'POST',
      path: '/callback/ws/endpoint',
      auth: 'none',
      answer: ({ body, host }) => ({ status: 200, body: longConnection.discover(body, host) }),
    },
  ];
}
