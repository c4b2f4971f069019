// What a file is by its content, and what it is called then.

import { describe, expect, it } from 'vitest';
import { cleanName } from '../../../src/crm/file/file-name.ts';
import { sniffMedia } from '../../../src/crm/file/media-type.ts';

const bytes = (text: string) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const archive = (...names: string[]) => bytes(`PK\x03\x04${'\x00'.repeat(300_000)}${names.join('\x00')}`);

describe('what a file is', () => {
  it.each([
    ['%PDF-1.4\n', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n\x00', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF\x00\x00\x00\x00WEBPVP8 ', 'image/webp'],
    ['\x00\x00\x00\x18ftypheic', 'image/heic'],
    ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
    ['<svg onload="x()"></svg>', 'text/plain'],
    ['\xb1\xa8\xbc\xdb\xb5\xa5', 'text/plain'],
  ])('%j is %s', (content, mediaType) => {
    expect(sniffMedia(bytes(content))?.mediaType).toBe(mediaType);
  });

  it('looks for the parts of Office files at the end of the archive, and takes none with macros', () => {
    const types = '[Content_Types].xml';
    expect(sniffMedia(archive(types, 'word/document.xml'))?.endings).toEqual(['docx']);
    expect(sniffMedia(archive(types, 'xl/workbook.xml'))?.endings).toEqual(['xlsx']);
    expect(sniffMedia(archive(types, 'ppt/presentation.xml'))?.endings).toEqual(['pptx']);
    expect(sniffMedia(archive(types, 'xl/workbook.xml', 'xl/vbaProject.bin'))).toBeNull();
    expect(sniffMedia(archive('classes.dex'))).toBeNull();
  });

  it.each(['MZ\x90\x00', '\x7fELF', 'RIFF\x00\x00\x00\x00AVI ', '', '\xff\xfe\x00', 'a\x00b'])(
    '%j is none of them',
    (content) => {
      expect(sniffMedia(bytes(content))).toBeNull();
    },
  );
});

describe('what it is called', () => {
  it.each([
    ['合同 最终版.PDF', ['pdf'], '合同 最终版.pdf'],
    ['..\\..\\etc/passwd', ['txt'], 'passwd.txt'],
    ['照片.html', ['png'], '照片.html.png'],
    ['\u202egnp.exe', ['png'], 'gnp.exe.png'],
    ['a\r\nSet-Cookie: x.jpeg', ['jpg', 'jpeg'], 'aSet-Cookie x.jpeg'],
    ['...', ['pdf'], '文件.pdf'],
    ['.pdf', ['pdf'], 'pdf.pdf'],
    [`${'长'.repeat(300)}.pdf`, ['pdf'], `${'长'.repeat(100)}.pdf`],
  ])('%j', (given, endings, expected) => {
    expect(cleanName(given, endings)).toBe(expected);
  });
});
