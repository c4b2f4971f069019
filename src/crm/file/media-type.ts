/** What a file is, by its content and never by what it is called: a short list of what deals are about. Pure. */

export interface Media {
  readonly mediaType: string;
  /** How its name may end; the first where it ends in none of them. */
  readonly endings: readonly string[];
}

const media = (mediaType: string, ...endings: string[]): Media => ({ mediaType, endings });

const PDF = media('application/pdf', 'pdf');
const PNG = media('image/png', 'png');
const JPEG = media('image/jpeg', 'jpg', 'jpeg');
const GIF = media('image/gif', 'gif');
const WEBP = media('image/webp', 'webp');
const HEIC = media('image/heic', 'heic', 'heif');
const TEXT = media('text/plain', 'txt', 'csv', 'md');
/** Word, Excel, PowerPoint and WPS before 2007 look alike from outside. */
const OLD_OFFICE = media('application/x-ole-storage', 'doc', 'xls', 'ppt', 'wps', 'et', 'dps');
const OFFICE = 'application/vnd.openxmlformats-officedocument';
const WORD = media(`${OFFICE}.wordprocessingml.document`, 'docx');
const SHEET = media(`${OFFICE}.spreadsheetml.sheet`, 'xlsx');
const SLIDES = media(`${OFFICE}.presentationml.presentation`, 'pptx');

const HEIC_BRANDS = ['heic', 'heix', 'heif', 'hevc', 'mif1', 'msf1'];

/** Null for what is none of them: programs, archives, web pages with a picture's name. */
export function sniffMedia(content: Uint8Array): Media | null {
  const begins = (text: string, at = 0) => latin(content, at, text.length) === text;
  if (begins('%PDF-')) return PDF;
  if (begins('\x89PNG\r\n\x1a\n')) return PNG;
  if (begins('\xff\xd8\xff')) return JPEG;
  if (begins('GIF87a') || begins('GIF89a')) return GIF;
  if (begins('RIFF') && begins('WEBP', 8)) return WEBP;
  if (begins('ftyp', 4) && HEIC_BRANDS.includes(latin(content, 8, 4))) return HEIC;
  if (begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return OLD_OFFICE;
  if (begins('PK\x03\x04')) return sniffOffice(content);
  return isText(content) ? TEXT : null;
}

/** How an archive lists its files stands at its end, uncompressed; macros are not taken. */
const LISTING_BYTES = 256 * 1024;

function sniffOffice(content: Uint8Array): Media | null {
  const listing = latin(content, Math.max(0, content.length - LISTING_BYTES), LISTING_BYTES);
  if (!listing.includes('[Content_Types].xml') || listing.includes('vbaProject.bin')) return null;
  if (listing.includes('word/document.xml')) return WORD;
  if (listing.includes('xl/workbook.xml')) return SHEET;
  return listing.includes('ppt/presentation.xml') ? SLIDES : null;
}

/** Chinese text comes as UTF-8 or as GB 18030; no text has the control characters that programs are full of. */
function isText(content: Uint8Array): boolean {
  if (content.length === 0 || content.some(isControl)) return false;
  return ['utf-8', 'gb18030'].some((encoding) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(content);
      return true;
    } catch {
      return false;
    }
  });
}

/** Tabs and line ends are none of them. */
const isControl = (byte: number): boolean => (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) || byte === 127;

function latin(content: Uint8Array, from: number, length: number): string {
  // Byte by byte: what TextDecoder calls latin1 is another table between 0x80 and 0x9f.
  return Array.from(content.subarray(from, from + length), (byte) => String.fromCharCode(byte)).join('');
}
