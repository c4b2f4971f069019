/** How the rows of figures map to columns; the shapes are src/crm/rows/figures.ts. */
import type { DailyFigureRow, DailyPictureRow, OwnerFigureRow } from '../crm/rows/figures.ts';
import { integer, json, table, text } from './columns.ts';

const owned = { tenantId: text, id: text };
const PRIMARY = ['tenantId', 'id'] as const;

export const figureSchemas = {
  ownerFigure: table<OwnerFigureRow>('owner_figure', { ...owned, figures: json, countedAt: integer }, PRIMARY),
  dailyFigure: table<DailyFigureRow>(
    'daily_figure',
    { ...owned, day: text, scope: text, figures: json, countedAt: integer },
    PRIMARY,
  ),
  dailyPicture: table<DailyPictureRow>(
    'daily_picture',
    { ...owned, day: text, groupKey: text, chatId: text, sentAt: integer },
    PRIMARY,
  ),
};
