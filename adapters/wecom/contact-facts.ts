/** One outsider as one colleague's address book has them. */
import type { ContactFacts } from '../../src/channel/delivery.ts';
import { fromSeconds } from './instant.ts';
import { field, type JsonRecord, textField, textsField } from './json.ts';

/**
 * `followed` is the colleague's side: `follow_user` of externalcontact/get, or `follow_info` of its batch form.
 * https://developer.work.weixin.qq.com/document/path/92114
 */
export function readFollowed(person: JsonRecord, followed: JsonRecord, tags: readonly string[]): ContactFacts | null {
  const [personId, staffId] = [textField(person, 'external_userid'), textField(followed, 'userid')];
  if (personId === null || staffId === null) return null;
  const name = textField(person, 'name') ?? '';
  const remark = textField(followed, 'remark');
  return {
    personId,
    staffId,
    name,
    company:
      textField(person, 'corp_full_name') ?? textField(followed, 'remark_corp_name') ?? textField(person, 'corp_name'),
    // The platform fills the remark with the name until the colleague writes one.
    remark: remark === name ? null : remark,
    phones: textsField(followed, 'remark_mobiles').filter((phone) => phone !== ''),
    tags,
    addedAt: fromSeconds(field(followed, 'createtime')),
  };
}
