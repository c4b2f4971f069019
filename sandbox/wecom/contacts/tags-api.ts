/** The company's customer tags, and the one welcome message to a new contact. */
import { type ApiCall, text } from '../../platform/http-face.ts';
import { asObject, listOf } from '../../platform/json.ts';
import type { Core } from '../core.ts';
import { badParam, ok, type Reply, type Route, refuse, strings } from '../reply.ts';
import type { Bonds, Tag } from './bonds.ts';
import type { WelcomeCodes } from './welcome.ts';

export function createTagsApi(core: Core, bonds: Bonds, welcomes: WelcomeCodes): Route[] {
  const { world, grants } = core;

  const tagView = ({ id, name, createdAt }: Tag): object => ({
    ...{ id, name, create_time: Math.floor(createdAt / 1000), order: 0, deleted: false },
  });

  function groupViews(tags: readonly Tag[]): object[] {
    const groups = new Map(tags.map((tag) => [tag.groupId, tag]));
    return [...groups].map(([group_id, { groupName, createdAt }]) => ({
      ...{ group_id, group_name: groupName, create_time: Math.floor(createdAt / 1000), order: 0, deleted: false },
      tag: tags.filter((tag) => tag.groupId === group_id).map(tagView),
    }));
  }

  function list({ body }: ApiCall): Reply {
    const [tagIds, groupIds] = [strings(body.tag_id), strings(body.group_id)];
    const all = [...bonds.tags.values()];
    const wanted = (tag: Tag): boolean =>
      tagIds.length + groupIds.length === 0 || tagIds.includes(tag.id) || groupIds.includes(tag.groupId);
    return ok({ tag_group: groupViews(all.filter(wanted)) });
  }

  function add({ body }: ApiCall): Reply {
    const names = listOf(body, 'tag').map((tag) => text(asObject(tag)?.name));
    if (names.length === 0 || names.some((name) => name === '' || [...name].length > 30)) return badParam('tag.name');
    const known = [...bonds.tags.values()].find((tag) => tag.groupId === body.group_id);
    const groupName = known?.groupName ?? text(body.group_name);
    if (groupName === '') return badParam('group_name');
    const made = names.map((name) => bonds.addTag(groupName, name));
    return ok({ tag_group: groupViews(made)[0] });
  }

  /** 41050: code unknown, used or older than 20 s · 41051: the two have begun to talk. */
  function welcome({ body }: ApiCall): Reply {
    const code = welcomes.look(text(body.welcome_code));
    if (!code) return refuse(41050, 'invalid welcome code');
    const chat = world.chatBetween('private', [code.userid, code.externalUserId]);
    if (world.messagesIn(chat).length > 0) return refuse(41051, 'chat has started');
    const content = text(asObject(body.text)?.content);
    const attachments = listOf(body, 'attachments');
    if (content === '' && attachments.length === 0) return badParam('text');
    if (Buffer.byteLength(content) > 4000) return badParam('text.content is longer than 4000 bytes');
    if (attachments.length > 9) return badParam('more than 9 attachments');
    welcomes.use(text(body.welcome_code));
    const sender = { kind: 'app' as const, id: code.userid };
    world.addMessage({ chatId: chat.chatId, sender, type: 'text', body: { content, attachments } });
    return ok();
  }

  const route = (name: string, answer: Route['answer']): Route => ({
    method: 'POST',
    path: `/cgi-bin/externalcontact/${name}`,
    tokens: ['app', 'contact'],
    answer: (call) => (grants.customerContact ? answer(call) : refuse(48002, 'api forbidden for no permission')),
  });
  return [route('get_corp_tag_list', list), route('add_corp_tag', add), route('send_welcome_msg', welcome)];
}
