/** Rows about what the pipeline looks like: of everybody now, of company and departments day by day. */
import type { Figures } from '../figures/figures.ts';
import type { TenantRow } from './tenant-row.ts';

/** As counted last; the id is the colleague's. */
export interface OwnerFigureRow extends TenantRow {
  figures: Figures;
  countedAt: number;
}

/** As it stood on a day at the hour of the picture. */
export interface DailyFigureRow extends TenantRow {
  /** Local date `YYYY-MM-DD`. */
  day: string;
  /** `company`, or a department's id. */
  scope: string;
  figures: Figures;
  countedAt: number;
}

/** The day's picture went to a group; the id is the day and the key of the group. */
export interface DailyPictureRow extends TenantRow {
  day: string;
  groupKey: string;
  chatId: string;
  sentAt: number;
}
