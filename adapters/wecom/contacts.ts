/** Reads every colleague's address book of outsiders, page by page. */
import type { ContactFacts } from '../../src/channel/delivery.ts';
import type { WecomClient } from './client.ts';
import { readFollowed } from './contact-facts.ts';
import { type JsonRecord, recordField, recordsField, textField, textsField } from './json.ts';
import { type Ask, createAsk, isRefusal, usualPauses } from './patient.ts';

const colleaguesAtOnce = 100;
const pageSize = 100;

/** `client` carries the rights of 客户联系. Rejects with ApiFailure; pages that are merely slow in coming are asked for again after these pauses, ms. */
export async function* readContacts(
  client: WecomClient,
  pauses = usualPauses,
): AsyncGenerator<readonly ContactFacts[]> {
  const ask = createAsk(client, pauses);
  const colleagues = textsField(await ask('externalcontact/get_follow_user_list', null), 'follow_user');
  const tagNames = await readTagNames(ask);
  for (let at = 0; at < colleagues.length; at += colleaguesAtOnce) {
    let cursor = '';
    do {
      const reply = await ask('externalcontact/batch/get_by_user', {
        userid_list: colleagues.slice(at, at + colleaguesAtOnce),
        cursor,
        limit: pageSize,
      });
      const page = recordsField(reply, 'external_contact_list').flatMap((entry) => readEntry(entry, tagNames) ?? []);
      if (page.length > 0) yield page;
      cursor = textField(reply, 'next_cursor') ?? '';
    } while (cursor !== '');
  }
}

function readEntry(entry: JsonRecord, tagNames: ReadonlyMap<string, string>): ContactFacts | null {
  const [person, followed] = [recordField(entry, 'external_contact'), recordField(entry, 'follow_info')];
  if (person === null || followed === null) return null;
  return readFollowed(
    person,
    followed,
    textsField(followed, 'tag_id').flatMap((id) => tagNames.get(id) ?? []),
  );
}

/** Tags are an extra: without the right to read them the contacts still come. */
async function readTagNames(ask: Ask): Promise<ReadonlyMap<string, string>> {
  try {
    const reply = await ask('externalcontact/get_corp_tag_list', {});
    const tags = recordsField(reply, 'tag_group').flatMap((group) => recordsField(group, 'tag'));
    return new Map(tags.map((tag) => [textField(tag, 'id') ?? '', textField(tag, 'name') ?? '']));
  } catch (error) {
    if (isRefusal(error)) return new Map();
    throw error;
  }
}
