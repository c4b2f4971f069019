/** `media/upload`: an image is uploaded first and sent by its media_id (dingtalk.md §6.2). */
import { partOf } from '../../platform/pictures.ts';
import type { Core } from '../core.ts';
import { okOld, type Route, refuseOld } from '../reply.ts';

export function createMediaApi({ pictures, journal, clock }: Core): Route[] {
  return [
    {
      method: 'POST',
      path: '/oapi/media/upload',
      auth: 'token',
      meter: 'openApi',
      answer(call) {
        if (call.query.type !== 'image') return refuseOld(40004, '不合法的媒体文件类型');
        const image = partOf(call, 'media');
        const media_id = image && pictures.keep(image);
        if (media_id) return okOld({ type: 'image', media_id, created_at: clock.now() });
        journal.complain('bad_request', 'media/upload without an image');
        return refuseOld(40009, '不合法的图片大小');
      },
    },
  ];
}
