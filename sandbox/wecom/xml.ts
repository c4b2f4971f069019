/** XML as the platform writes it: texts in CDATA, numbers bare, lists as repeated elements; and the flat reading of a passive reply. */

export type XmlValue = string | number | bigint | XmlFields | readonly XmlValue[] | undefined;
export interface XmlFields {
  readonly [name: string]: XmlValue;
}

/** `<xml>…</xml>`; undefined fields are left out. `spaced` puts every element on a line of its own, with indentation. */
export function writeXml(fields: XmlFields, spaced = false): string {
  const [gap, end] = spaced ? ['\n  ', '\n'] : ['', ''];
  return `<xml>${elements(fields)
    .map((element) => gap + element)
    .join('')}${end}</xml>`;
}

function elements(fields: XmlFields): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const list: readonly XmlValue[] = Array.isArray(value) ? value : [value];
    return list.map((item) => `<${name}>${content(item)}</${name}>`);
  });
}

function content(value: XmlValue): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return cdata(value);
  return elements((value ?? {}) as XmlFields).join('');
}

const cdata = (words: string): string => `<![CDATA[${words.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

/** Text of the first such element, CDATA joined; null when there is none. */
export function readElement(xml: string, name: string): string | null {
  const inside = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
  if (inside === undefined) return null;
  const parts = [...inside.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map((match) => match[1]);
  return parts.length > 0 ? parts.join('') : inside.trim();
}
