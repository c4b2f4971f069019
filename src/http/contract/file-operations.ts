/** The operations on the files of deals that carry no bytes. */
import { z } from 'zod';
import { dealFile, dealFiles } from './file.ts';

const nothing = z.strictObject({});

export const fileOperations = {
  filesOfDeal: {
    method: 'get',
    path: '/api/deals/:id/files',
    summary: '商机的文件（上传：POST 到同一地址，?kind=&name=，内容就是文件）',
    query: nothing,
    answer: dealFiles,
  },
  removeFile: {
    method: 'post',
    path: '/api/files/:id/remove',
    summary: '删除文件，30 天内可以恢复',
    body: nothing,
    answer: dealFile,
  },
  restoreFile: {
    method: 'post',
    path: '/api/files/:id/restore',
    summary: '恢复删除的文件',
    body: nothing,
    answer: dealFile,
  },
} as const;
