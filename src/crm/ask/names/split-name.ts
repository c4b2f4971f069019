// Takes a company name apart: where it is, what it is called, what it does; its legal form is dropped.
import { spell } from '../words/spelling.ts';
import { englishGeneric, isPlace, leadingPlace, trailingForm, trailingTrade } from './generic-words.ts';

/** 浙江省宁波市恒锐精密机电有限公司 → places 浙江 宁波, core 恒锐, trade 精密机电. */
export interface SplitName {
  readonly places: readonly string[];
  /** What it is called, at least two characters; a name of nothing but places and trades is all core. */
  readonly core: string;
  /** What it does, as written behind the core. */
  readonly trade: string;
  /** True when nothing in it tells a company from another (苏州, 机电, 苏州机电). */
  readonly generic: boolean;
}

const inBrackets = /~([^~]{1,12})~?/g;
const unit = /^(?:特别行政区|壮族自治区|维吾尔自治区|回族自治区|自治区|自治州|省|市|区|县|镇)/;
const district = /^[一-鿿]{2,3}(?:新区|开发区|区|县|镇)(?=[一-鿿]{2})/;

/** The parts of a name; all empty when it holds no letter, digit or Chinese character. */
export function splitName(name: string): SplitName {
  const places: string[] = [];
  const text = spell(name).text.replace(inBrackets, (_, inner: string) => {
    const place = leadingPlace(inner);
    if (place === '') return inner;
    if (place !== '中国') places.push(place);
    return '';
  });
  const words = text.split(/[^a-z0-9一-鿿]+/).filter((word) => word !== '');
  while (words.length > 1 && englishGeneric.has(words.at(-1) as string)) words.pop();
  let rest = words.join('');
  for (let form = trailingForm(rest); form !== '' && rest.length > form.length; form = trailingForm(rest))
    rest = rest.slice(0, -form.length);
  const bare = rest;
  for (let place = leadingPlace(rest); place !== '' && places.length < 4; place = leadingPlace(rest)) {
    let left = rest.slice(place.length);
    const withUnit = left.replace(unit, '');
    const named = withUnit !== left;
    left = withUnit;
    if (named && left.length > 4) left = left.replace(district, '');
    if (left.length < 2) break;
    rest = left;
    if (place !== '中国') places.push(place);
  }
  let core = rest;
  for (let trade = trailingTrade(core); trade !== '' && core.length - trade.length >= 2; trade = trailingTrade(core))
    core = core.slice(0, -trade.length);
  const generic = isPlace(core) || trailingTrade(core) === core;
  if (generic) return { places: [], core: bare, trade: '', generic: true };
  return { places, core, trade: rest.slice(core.length), generic: false };
}
