/** The policy of the page bench: the starter's, with a rank that sees its region. */
import { starterDocument } from '../../src/policies.ts';
import { REGION_RANK } from './seed/people.ts';

export const benchPolicy = (): string =>
  starterDocument().replace('ranks: []', `ranks: [{ rank: ${REGION_RANK}, sees: region }]`);
