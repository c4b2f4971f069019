/** Everything that leaves for DingTalk, put together: the client, its limits, and what is wrong with them. */
import type { Channel, ChannelContext } from '../../src/channel/channel.ts';
import type { Agents } from './agents.ts';
import { createCardOutage } from './card-outage.ts';
import { createClient, type DingtalkClient } from './client.ts';
import { createDeliver } from './deliver.ts';
import { createLookup } from './lookup.ts';
import type { LinkDrawer } from './page-address.ts';
import type { Sessions } from './sessions.ts';
import type { DingtalkSettings } from './settings.ts';
import type { Problem } from './state.ts';
import type { Writers } from './writers.ts';

export interface Outbound {
  readonly client: DingtalkClient;
  readonly deliver: Channel['deliver'];
  /** The worst that the calls have shown, with what to do about it; null when all is well. */
  problem(): Problem | null;
}

/** `sessions` and `writers` are shared with what receives messages and answers taps, `agents` with the stream. */
export function createOutbound(
  settings: DingtalkSettings,
  context: Pick<ChannelContext, 'usage' | 'tokens' | 'rates' | 'now' | 'log' | 'publicUrl'> & {
    readonly linkOf: LinkDrawer;
  },
  { agents, ...shared }: { readonly agents: Agents; readonly sessions: Sessions; readonly writers: Writers },
): Outbound {
  const { rates, now, linkOf, publicUrl } = context;
  const client = createClient(settings, agents, context);
  const outage = createCardOutage(settings.clientId, now);
  return {
    client,
    deliver: createDeliver({
      ...{ settings, client, ...shared, rates, outage, linkOf, publicUrl, now },
      lookup: createLookup(client),
    }),
    problem() {
      const own = client.problem();
      return own?.status === 'failed' ? own : (outage.problem() ?? own);
    },
  };
}
