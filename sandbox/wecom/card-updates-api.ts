/** `message/update_template_card`: one update per response code, for people who got the card (wecom.md §3.4). */
import { type ApiCall, text } from '../platform/http-face.ts';
import { asObject, type JsonObject } from '../platform/json.ts';
import { checkCard } from './card-check.ts';
import type { Core } from './core.ts';
import { ok, type Reply, type Route, refuse, strings } from './reply.ts';
import { changeCard, copiesOf } from './sent.ts';

export function createCardUpdatesApi(core: Core): Route[] {
  const { options, world, responseCodes, journal } = core;

  function update({ body }: ApiCall): Reply {
    if (Number(body.agentid) !== options.agentId) return refuse(42015, 'agentid not match');
    const code = text(body.response_code);
    const known = responseCodes.look(code);
    if ('fault' in known) {
      if (known.fault === 'used') journal.complain('used_response_code', 'POST /cgi-bin/message/update_template_card');
      return refuse(60140, `invalid response_code: ${known.fault}`);
    }
    const copies = copiesOf(core, known.sendId);
    const asked = targets(body, [...copies.keys()]);
    if (asked.length === 0) return refuse(82101, 'no userid to update');
    const invalid = asked.filter((userid) => !copies.has(userid));
    if (invalid.length === asked.length) return refuse(82102, 'no userid of the list got the message');
    const face = faceOf(body);
    if ('refusal' in face) return face.refusal;
    responseCodes.use(code);
    for (const userid of asked) {
      const copy = copies.get(userid);
      if (copy) changeCard(core, copy, face.card(copy.body));
    }
    return ok(invalid.length > 0 ? { invaliduser: invalid } : {});
  }

  function targets(body: JsonObject, recipients: string[]): string[] {
    if (body.atall === 1) return recipients;
    const parties = Array.isArray(body.partyids) ? body.partyids : [];
    const inParties = recipients.filter((id) =>
      world.members.get(id)?.departments.some((one) => parties.includes(one)),
    );
    return [...new Set([...strings(body.userids), ...inParties])];
  }

  function faceOf(body: JsonObject): { card(old: JsonObject): JsonObject } | { readonly refusal: Reply } {
    const name = asObject(body.button)?.replace_name;
    if (name !== undefined) {
      if (text(name) === '') return { refusal: refuse(42017, 'button.replace_name is empty') };
      return { card: (old) => ({ ...old, replace_text: text(name) }) };
    }
    const refused = checkCard(core, body.template_card, 'app');
    return refused ? { refusal: refused } : { card: () => asObject(body.template_card) ?? {} };
  }

  return [{ method: 'POST', path: '/cgi-bin/message/update_template_card', tokens: ['app'], answer: update }];
}
