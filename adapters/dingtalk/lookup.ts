/** Names of colleagues, by the one look-up that costs nothing of the month's quota. */
import { ApiFailure } from './api-failure.ts';
import type { DingtalkClient } from './client.ts';
import { recordField, textField } from './json.ts';

export interface Lookup {
  /** Null when the platform will not tell us. Rejects with ApiFailure when it could not be asked. */
  personName(userId: string): Promise<string | null>;
}

/** No such person, outside the app's range of the address book, no permission to read it. */
const unknownPerson = ['60121', '60011', '50002', '50004', 'staffId.notExisted'];

export function createLookup(client: DingtalkClient): Lookup {
  return {
    async personName(userId) {
      try {
        const reply = await client.oapi('/topapi/v2/user/get', { userid: userId, language: 'zh_CN' });
        const person = recordField(reply, 'result');
        return person && textField(person, 'name');
      } catch (error) {
        if (error instanceof ApiFailure && error.is(...unknownPerson)) return null;
        throw error;
      }
    },
  };
}
