/** Files that platforms want to find at the root of our address, such as the one that shows whose domain it is: these names and no others. */
import type Router from '@koa/router';
import type { Channel } from '../../channel/channel.ts';

export function serveRootFiles(router: Router, channels: readonly { readonly channel: Channel }[]): void {
  for (const { name, content } of channels.flatMap(({ channel }) => channel.rootFiles ?? [])) {
    router.get(`/${name}`, (ctx) => {
      ctx.type = 'text/plain; charset=utf-8';
      ctx.set('X-Content-Type-Options', 'nosniff');
      ctx.body = content;
    });
  }
}
