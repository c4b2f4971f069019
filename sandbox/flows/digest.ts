/** The picture of the day comes to the supervisors' group on each platform, words first and then a chart, once. */
import assert from 'node:assert/strict';
import { DAY_MS, MINUTE_MS } from '../../src/crm/calendar/spans.ts';
import { tellTheDay } from '../../src/scheduler/daily-picture.ts';
import type { Sandbox } from '../start.ts';
import { type Flow, settled } from './flow.ts';

const PNG = '89504e47';

/** Pushes the clock to an hour of the next working day. */
async function toWorkday(sandbox: Sandbox, time: string): Promise<void> {
  const ahead = await sandbox.app.look(async ({ active: { calendar, working }, now }) => {
    for (let day = 1; ; day += 1) {
      const start = calendar.startOfDay(now + day * DAY_MS);
      if (working.between(start, calendar.startOfDay(start + 1.5 * DAY_MS)) > 0)
        return calendar.atLocalTime(start, time) - now;
    }
  });
  sandbox.advance(ahead);
}

/** An instance asks whether the hour has come. */
const ask = ({ app }: Sandbox): Promise<boolean> => {
  const tenantId = app.accounts[0]?.tenantId ?? '';
  return tellTheDay({ tenantId, look: (_, work) => app.look(work), transact: (_, work) => app.transact(work) });
};

/** What a group has got: the words, and the bytes of images. */
interface Seen {
  readonly words: readonly string[];
  readonly images: readonly Buffer[];
}

const ofToday = (words: readonly string[]) => words.filter((one) => one.includes('每日简报'));
const isImage = (bytes: Buffer | null): bytes is Buffer => bytes !== null;

/** Before the hour nothing; then once, whoever asks and however often; and the next day again. */
async function watch(sandbox: Sandbox, seen: () => Seen): Promise<void> {
  await toWorkday(sandbox, '17:58');
  assert.equal(await ask(sandbox), false);
  sandbox.advance(3 * MINUTE_MS);
  // The instance's own minute may come first.
  assert.ok((await Promise.all([ask(sandbox), ask(sandbox)])).filter(Boolean).length <= 1);
  assert.equal(await ask(sandbox), false);
  await settled(sandbox);
  const { words, images } = seen();
  assert.equal(ofToday(words).length, 1, words.join('\n'));
  assert.match(
    ofToday(words)[0] ?? '',
    /在谈商机 \d+ 个，共 ¥[\s\S]*今日新增[\s\S]*赢单[\s\S]*停留太久[\s\S]*\/app\/overdue/,
  );
  assert.doesNotMatch(ofToday(words)[0] ?? '', /恒锐|李娜/);
  assert.equal(images.length, 1);
  assert.equal(images[0]?.subarray(0, 4).toString('hex'), PNG);
}

/** Where the app may not upload, the words come all the same, and nothing is set aside for it. */
async function wordsAlone(sandbox: Sandbox): Promise<void> {
  const { platform, company } = sandbox;
  const { team } = company.chats;
  const images = () => platform.world.messagesIn(team).filter(({ type }) => type === 'image').length;
  const before = images();
  platform.grants.scopes.delete('im:resource:upload');
  await toWorkday(sandbox, '18:01');
  await ask(sandbox);
  await settled(sandbox);
  assert.equal(ofToday(platform.textsOf(team)).length, 2);
  assert.equal(images(), before);
  platform.grants.scopes.add('im:resource:upload');
}

const digest: Flow = {
  name: 'digest',
  sandbox: { wecom: {}, dingtalk: {} },
  async play(sandbox) {
    assert.ok(sandbox.wecom && sandbox.dingtalk);
    const { platform, company } = sandbox;
    const { chen } = company.staff;

    platform.addBotToGroup(company.chats.team, chen);
    platform.say(chen, company.chats.team, '绑定 主管群', { mention: ['bot'] });
    await settled(sandbox);
    await watch(sandbox, () => ({
      words: platform.textsOf(company.chats.team),
      images: platform.world
        .messagesIn(company.chats.team)
        .filter(({ type }) => type === 'image')
        .map(({ content }) => platform.picture((JSON.parse(content) as { image_key: string }).image_key))
        .filter(isImage),
    }));

    await wordsAlone(sandbox);

    const { platform: inWecom, company: atWecom } = sandbox.wecom;
    await inWecom.waitForBot();
    const group = inWecom.world.createGroup({
      ...{ name: '主管群', members: Object.values(atWecom.staff), botIn: true },
    });
    inWecom.mentionBot(atWecom.staff.chen, group, '重新绑定 主管群');
    await settled(sandbox);
    await watch(sandbox, () => ({
      words: inWecom.textsOf(group),
      images: inWecom.world
        .messagesIn(group)
        .filter(({ type }) => type === 'image')
        .map(({ body }) => inWecom.picture(String(body.media_id)))
        .filter(isImage),
    }));

    const { platform: inDingtalk, company: atDingtalk } = sandbox.dingtalk;
    await inDingtalk.waitForConnection();
    const members = Object.values(atDingtalk.staff);
    const inside = inDingtalk.world.createGroup({ name: '主管群', members });
    inDingtalk.world.addBot(inside);
    inDingtalk.say(atDingtalk.staff.chen, inside, '重新绑定 主管群', { mention: ['bot'] });
    await settled(sandbox);
    await watch(sandbox, () => ({
      words: inDingtalk.textsOf(inside),
      images: inDingtalk.world
        .messagesIn(inside)
        .filter(({ type }) => type === 'picture')
        .map(({ body }) => inDingtalk.picture(String(body.title)))
        .filter(isImage),
    }));
  },
};

export const digestFlows: readonly Flow[] = [digest];
