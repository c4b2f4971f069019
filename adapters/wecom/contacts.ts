/** Reads every colleague's address book of outsiders, page by page. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContactFacts } from '../../src/channel/delivery.ts';
import { ApiFailure, isRefusedWith } from './api-failure.ts';
import type { WecomClient } from './client.ts';
import { readFollowed } from './contact-facts.ts';
import { isPassing } from './errors.ts';
import { type JsonRecord, recordField, recordsField, textField, textsField } from './json.ts';

const colleaguesAtOnce = 100;
const pageSize = 100;
/** `84061` says that these colleagues have no customers, not that something is wrong. */
const noCustomers = 84061;

/** `client` carries the rights of 客户联系. Rejects with ApiFailure; pages that are merely slow in coming are asked for again after these pauses, ms. */
export async function* readContacts(
  client: WecomClient,
  pauses: readonly number[] = [1_000, 5_000, 20_000],
): AsyncGenerator<readonly ContactFacts[]> {
  const ask = (path: string, body: JsonRecord | null) =>
    patient(() => (body ? client.post(path, body) : client.get(path)), pauses);
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
async function readTagNames(
  ask: (path: string, body: JsonRecord) => Promise<JsonRecord>,
): Promise<ReadonlyMap<string, string>> {
  try {
    const reply = await ask('externalcontact/get_corp_tag_list', {});
    const tags = recordsField(reply, 'tag_group').flatMap((group) => recordsField(group, 'tag'));
    return new Map(tags.map((tag) => [textField(tag, 'id') ?? '', textField(tag, 'name') ?? '']));
  } catch (error) {
    if (error instanceof ApiFailure && error.kind === 'refused' && !isPassing(error)) return new Map();
    throw error;
  }
}

async function patient(run: () => Promise<JsonRecord>, pauses: readonly number[]): Promise<JsonRecord> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (isRefusedWith(error, noCustomers)) return {};
      const pause = pauses[tries];
      if (pause === undefined || !(error instanceof ApiFailure) || !isPassing(error)) throw error;
      await sleep(pause);
    }
  }
}
