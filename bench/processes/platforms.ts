/** All three platforms and everybody who speaks on them, as one process: the load side of the load bench. */

import { serve } from '../child.ts';
import { type Effects, watchEffects } from '../load/effects.ts';
import { countOf, type LoadPlatform } from '../load/mix.ts';
import type { Room } from '../load/room.ts';
import { createScene, type Scene } from '../load/scene.ts';
import { type Spoken, speak } from '../load/speak.ts';

export type PlatformsQuestion =
  | { readonly do: 'open' }
  /** Rooms for so many messages. */
  | { readonly do: 'rooms'; readonly messages: number }
  /** Says them, in the rooms that were asked for last; answers as soon as the last is said. */
  | { readonly do: 'say'; readonly callbacks: readonly string[]; readonly perSecond: number; readonly messages: number }
  /** What became of it; waits until everything that must be seen is seen. */
  | { readonly do: 'heard' };

export interface Heard extends Spoken {
  /** Cards that were put up in that time, changes of cards not counted. */
  readonly cards: Readonly<Record<LoadPlatform, number>>;
  /** What the platforms have to say against the product. */
  readonly complaints: readonly string[];
  /** Of this process while words were said, ms. */
  readonly cpuMs: number;
}

let scene: Scene | null = null;
let effects: Effects | null = null;
let rooms: readonly Room[] = [];
let heard: Promise<Heard> | null = null;

async function open(): Promise<object> {
  scene = await createScene();
  effects = watchEffects(scene);
  return scene.environment;
}

function addRooms(messages: number): readonly Room[] {
  const add = (platform: LoadPlatform) => {
    const needed = countOf(messages, platform, 'move') + countOf(messages, platform, 'ask');
    return scene?.addRooms(platform, Math.max(needed, 1)) ?? [];
  };
  rooms = [...add('feishu'), ...add('wecom'), ...add('dingtalk')];
  return rooms;
}

async function say({ callbacks, perSecond, messages }: Extract<PlatformsQuestion, { do: 'say' }>): Promise<object> {
  if (!scene || !effects) throw new Error('not open');
  const [place, watched, since, cpu] = [scene, effects, Date.now(), process.cpuUsage()];
  const said = Promise.withResolvers<number>();
  const spoken = speak({
    ...{ scene: place, effects: watched, rooms, callbacks, perSecond, count: messages },
    onSaid: () => {
      const { user, system } = process.cpuUsage(cpu);
      said.resolve((user + system) / 1_000);
    },
  });
  heard = spoken.then(async (result) => ({
    ...result,
    cards: cardsSince(place, since),
    complaints: complaintsSince(place, since),
    cpuMs: await said.promise,
  }));
  heard.catch(said.reject);
  await said.promise;
  return {};
}

function cardsSince({ emulators: { feishu, wecom, dingtalk } }: Scene, since: number): Heard['cards'] {
  const count = <T extends { readonly createdAt: number }>(all: Iterable<T>, isCard: (one: T) => boolean) =>
    [...all].filter((one) => one.createdAt >= since && isCard(one)).length;
  return {
    feishu: count(feishu.world.messages.values(), ({ type }) => type === 'interactive'),
    wecom: count(wecom.world.messages.values(), ({ type }) => type === 'template_card'),
    dingtalk: count(dingtalk.cards.instances.values(), () => true),
  };
}

const complaintsSince = ({ emulators }: Scene, since: number): string[] =>
  Object.entries(emulators).flatMap(([name, { journal }]) =>
    journal.complaints.filter(({ at }) => at >= since).map(({ kind, detail }) => `${name} ${kind}: ${detail}`),
  );

serve<PlatformsQuestion>(
  async (question) => {
    if (question.do === 'open') return open();
    if (question.do === 'rooms') return addRooms(question.messages);
    if (question.do === 'say') return say(question);
    if (!heard) throw new Error('nothing was said');
    return heard;
  },
  async () => {
    effects?.close();
    await scene?.close();
  },
);
