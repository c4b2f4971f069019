/** Reads a decrypted callback in full; for the worker and for taps, which need what lies deeper than one level. */
import { XMLParser } from 'fast-xml-parser';
import { isRecord, type JsonRecord } from './json.ts';

/** Elements that repeat: with a single entry they would come as that entry instead of a list. */
const lists = new Set(['SelectedItem', 'OptionId', 'Item', 'item', 'AuthAddOpenKfId', 'AuthDelOpenKfId']);
const maxLength = 256 * 1024;

/** Every value stays a string, because ids exceed 2^53; words keep their blanks; no entities, no attributes. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  isArray: (name) => lists.has(name),
});

/** What is inside `<xml>`. Throws on what is not such a document. */
export function readXml(xml: string): JsonRecord {
  if (xml.length > maxLength) throw new Error('wecom xml too large');
  if (!/^\s*<xml>/.test(xml)) throw new Error('wecom xml without its root');
  const parsed: unknown = parser.parse(xml, true);
  const root = isRecord(parsed) ? parsed.xml : null;
  if (!isRecord(root)) throw new Error('wecom xml is empty');
  return root;
}
