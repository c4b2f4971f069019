/** Who knows which customer: remarks, tags, how it began and how it ended; and the company's tags. */
import type { Random } from '../../platform/random.ts';

export interface Bond {
  readonly userid: string;
  readonly externalUserId: string;
  remark: string;
  description: string;
  remarkCompany: string;
  remarkMobiles: string[];
  readonly tagIds: Set<string>;
  readonly addedAt: number;
  readonly addWay: number;
  readonly state: string;
  /** The customer added the member without being confirmed; the API does not show them yet. */
  half: boolean;
  /** Who ended it. The member's list forgets the customer only when the member deleted them. */
  endedBy: 'member' | 'customer' | null;
}

export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly groupId: string;
  readonly groupName: string;
  readonly createdAt: number;
}

export interface Bonds {
  add(bond: Pick<Bond, 'userid' | 'externalUserId'> & Partial<Bond>): Bond;
  find(userid: string, externalUserId: string): Bond | null;
  /** As the API shows them: without half-added ones and those the member deleted. */
  ofMember(userid: string): Bond[];
  ofCustomer(externalUserId: string): Bond[];
  readonly tags: ReadonlyMap<string, Tag>;
  addTag(groupName: string, name: string): Tag;
}

export function createBonds({ random, now }: { random: Random; now: () => number }): Bonds {
  const bonds = new Map<string, Bond>();
  const tags = new Map<string, Tag>();
  const groups = new Map<string, string>();
  const shown = (bond: Bond): boolean => !bond.half && bond.endedBy !== 'member';

  return {
    tags,
    add(given) {
      const bond: Bond = {
        remark: '',
        description: '',
        remarkCompany: '',
        remarkMobiles: [],
        tagIds: new Set(),
        addedAt: now(),
        addWay: 1,
        state: '',
        half: false,
        endedBy: null,
        ...given,
      };
      bonds.set(`${bond.userid} ${bond.externalUserId}`, bond);
      return bond;
    },
    find: (userid, externalUserId) => bonds.get(`${userid} ${externalUserId}`) ?? null,
    ofMember: (userid) => [...bonds.values()].filter((bond) => bond.userid === userid && shown(bond)),
    ofCustomer: (id) => [...bonds.values()].filter((bond) => bond.externalUserId === id && shown(bond)),
    addTag(groupName, name) {
      const groupId = groups.get(groupName) ?? `et${random.hex(30)}`;
      groups.set(groupName, groupId);
      const tag = { id: `et${random.hex(30)}`, name, groupId, groupName, createdAt: now() };
      tags.set(tag.id, tag);
      return tag;
    },
  };
}
