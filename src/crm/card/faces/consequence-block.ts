/** On an approval's card: what agreeing leads to beyond the subject itself. */
import type { CardBlock } from '../../../channel/card.ts';
import type { StoredApproval } from '../../approval/store.ts';
import { stageAfterApproval } from '../../opportunity/consequence.ts';
import type { Tx } from '../../tx.ts';

export async function consequenceBlock(tx: Tx, { row, approval }: StoredApproval): Promise<readonly CardBlock[]> {
  if (approval.state !== 'open') return [];
  const stage = await stageAfterApproval(tx, row.subjectKind, row.subjectId);
  if (stage === null) return [];
  const when = approval.steps.some(({ state }) => state === 'waiting') ? '都同意后' : '同意后';
  return [{ type: 'text', text: `${when}商机进入「${stage}」` }];
}
