/** `im/v1/images`: an image is uploaded first and sent by its key. https://open.feishu.cn/document/server-docs/im-v1/image/create */
import { partOf } from '../platform/pictures.ts';
import type { Core } from './core.ts';
import { missingField, ok, type Route, refuse } from './reply.ts';

export function createImagesApi({ pictures, journal, grants }: Core): Route[] {
  return [
    {
      method: 'POST',
      path: '/open-apis/im/v1/images',
      auth: 'tenant',
      answer(call) {
        if (!grants.scopes.has('im:resource:upload')) {
          return refuse(
            99991672,
            'Access denied. One of the following scopes is required: [im:resource:upload, im:resource]',
          );
        }
        if (partOf(call, 'image_type')?.toString() !== 'message') return missingField('image_type');
        const image = partOf(call, 'image');
        if (!image || image.length === 0) return refuse(234006, 'The file size exceed the max value.');
        const image_key = pictures.keep(image);
        if (image_key !== null) return ok({ image_key });
        journal.complain('bad_request', 'an image that is none');
        return refuse(234011, "Can't recognize image format.");
      },
    },
  ];
}
