/** The thread that reads workbooks. */
import { answerJobs } from '../work/answer-jobs.ts';
import { readFirstSheet } from './read-sheet.ts';

answerJobs(readFirstSheet);
