/** The tables of the core by name; the rows themselves are in rows/, in the field's nouns. */
import type { ApprovalNoteRow, ApprovalRow, ApprovalSeatRow, ApprovalStepRow, StandInRow } from './rows/approvals.ts';
import type { CardActionRow, CardRow } from './rows/cards.ts';
import type { AlertRow, LeaveTimeRow, StaffPreferenceRow, StageClockRow } from './rows/clock.ts';
import type {
  AnsweredCallRow,
  CustomerMergeRow,
  DealFieldRow,
  GreetingRow,
  LinkCodeRow,
  NamedGroupRow,
  ServiceTokenRow,
  SettingRow,
  TaskRow,
  TurnRow,
} from './rows/day-one.ts';
import type { LeadRow, OpportunityRow, StageChangeRow, StageWishRow } from './rows/deals.ts';
import type { DailyFigureRow, DailyPictureRow, OwnerFigureRow } from './rows/figures.ts';
import type { AttachmentPartRow, AttachmentRow } from './rows/files.ts';
import type {
  AuditEntryRow,
  CollaboratorRow,
  ContactProfileRow,
  CustomerProfileRow,
  DepartmentRow,
  StaffDepartmentRow,
  StaffProfileRow,
} from './rows/organisation.ts';
import type {
  ContactFollowRow,
  ContactIdentityRow,
  ContactRow,
  CustomerRow,
  StaffIdentityRow,
  StaffRow,
} from './rows/people.ts';
import type { ProductRow, QuoteLineRow, QuoteLinkRow, QuoteRow } from './rows/quotes.ts';
import type { LeadResponseRow, MorningListRow, NativeTodoRow, StageTaskRow, TaskRingRow } from './rows/tasks.ts';
import type { TenantRow } from './rows/tenant-row.ts';
import type { ActivityRow, ChatRow, MessageRow, SignalDecisionRow } from './rows/words.ts';

/** A background job and how far it is. */
export interface JobRow extends TenantRow {
  name: string;
  status: 'running' | 'done' | 'failed';
  /** How many things it has dealt with. */
  done: number;
  /** Where it is, or why it failed, Chinese. */
  note: string | null;
  startedAt: number;
  finishedAt: number | null;
}

export interface Tables {
  job: JobRow;
  staff: StaffRow;
  staffIdentity: StaffIdentityRow;
  staffProfile: StaffProfileRow;
  department: DepartmentRow;
  staffDepartment: StaffDepartmentRow;
  customer: CustomerRow;
  customerProfile: CustomerProfileRow;
  collaborator: CollaboratorRow;
  contact: ContactRow;
  contactProfile: ContactProfileRow;
  contactIdentity: ContactIdentityRow;
  contactFollow: ContactFollowRow;
  lead: LeadRow;
  chat: ChatRow;
  opportunity: OpportunityRow;
  stageChange: StageChangeRow;
  message: MessageRow;
  activity: ActivityRow;
  signalDecision: SignalDecisionRow;
  card: CardRow;
  cardAction: CardActionRow;
  auditEntry: AuditEntryRow;
  setting: SettingRow;
  greeting: GreetingRow;
  namedGroup: NamedGroupRow;
  linkCode: LinkCodeRow;
  task: TaskRow;
  stageTask: StageTaskRow;
  taskRing: TaskRingRow;
  leadResponse: LeadResponseRow;
  morningList: MorningListRow;
  nativeTodo: NativeTodoRow;
  dealField: DealFieldRow;
  customerMerge: CustomerMergeRow;
  turn: TurnRow;
  serviceToken: ServiceTokenRow;
  answeredCall: AnsweredCallRow;
  product: ProductRow;
  stageClock: StageClockRow;
  alert: AlertRow;
  leaveTime: LeaveTimeRow;
  staffPreference: StaffPreferenceRow;
  quote: QuoteRow;
  quoteLine: QuoteLineRow;
  quoteLink: QuoteLinkRow;
  approval: ApprovalRow;
  approvalStep: ApprovalStepRow;
  approvalSeat: ApprovalSeatRow;
  approvalNote: ApprovalNoteRow;
  standIn: StandInRow;
  attachment: AttachmentRow;
  attachmentPart: AttachmentPartRow;
  stageWish: StageWishRow;
  ownerFigure: OwnerFigureRow;
  dailyFigure: DailyFigureRow;
  dailyPicture: DailyPictureRow;
}
