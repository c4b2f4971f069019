/** The picture of the day as a group's platform gets it: words with a link, and the chart as an image. */
import { DeliveryError, type Order } from '../channel/delivery.ts';
import type { Chart } from '../crm/picture/chart.ts';
import { drawPicture } from '../crm/picture/send-picture.ts';
import type { OutboxOrder, Tx } from '../crm/tx.ts';
import { renderChart } from '../pictures/render-png.ts';

/** An image that is still to be drawn: not while the database is held. */
export interface UndrawnPicture extends Pick<Extract<Order, { kind: 'picture.send' }>, 'key' | 'to'> {
  readonly kind: 'chart';
  readonly chart: Chart;
}

export async function readyPicture(
  tx: Tx,
  key: string,
  { pictureId, part }: Extract<OutboxOrder, { kind: 'daily.send' }>,
): Promise<Order | UndrawnPicture | null> {
  const drawn = await drawPicture(tx, pictureId, part);
  if (!drawn) return null;
  const to = { kind: 'chat' as const, id: drawn.chatExternalId };
  if ('chart' in drawn) return { kind: 'chart', key, to, chart: drawn.chart };
  return { kind: 'text.send', key, to, text: drawn.text, links: [drawn.link] };
}

/** Rejects with a DeliveryError where this machine draws none: words go alone. */
export async function drawn(ready: Order | UndrawnPicture): Promise<Order> {
  if (ready.kind !== 'chart') return ready;
  const { key, to, chart } = ready;
  try {
    return { kind: 'picture.send', key, to, png: await renderChart(chart) };
  } catch {
    throw new DeliveryError('permanent', 'no_chart', '这台机器上画不了图，只发文字。');
  }
}

/** What may stay away without anybody missing a word. */
export const isSpare = (order: OutboxOrder | null): boolean => order?.kind === 'daily.send' && order.part === 'chart';
