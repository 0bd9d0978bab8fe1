/** How a charset is decoded: by the platform's decoder under this label, or by one of our own for the rest. */
export type Charset = { readonly label: string; readonly by: 'platform' | 'own' };

const OWN = new Set(['utf-7', 'iso-2022-kr', 'iso-2022-cn', 'hz-gb-2312', 'utf-32', 'ibm437', 'ibm850']);
const ALIAS: Readonly<Record<string, string>> = {
  cp932: 'shift_jis',
  ms932: 'shift_jis',
  'x-ms-cp932': 'shift_jis',
  cp936: 'gbk',
  ms936: 'gbk',
  'euc-cn': 'gbk',
  euccn: 'gbk',
  cp949: 'euc-kr',
  ms949: 'euc-kr',
  uhc: 'euc-kr',
  cp950: 'big5',
  'x-euc-jp': 'euc-jp',
  eucjp: 'euc-jp',
  hz: 'hz-gb-2312',
  'koi8-ru': 'koi8-u',
  'koi-8': 'koi8-r',
  'koi-8-r': 'koi8-r',
  koi8r: 'koi8-r',
  koi8u: 'koi8-u',
  cp1252: 'windows-1252',
  'unicode-1-1-utf-7': 'utf-7',
  'x-unicode-2-0-utf-7': 'utf-7',
  csunicode11utf7: 'utf-7',
  utf7: 'utf-7',
  utf32: 'utf-32',
  'utf-32le': 'utf-32',
  'utf-32be': 'utf-32',
  cp437: 'ibm437',
  437: 'ibm437',
  cp850: 'ibm850',
  850: 'ibm850',
  cp865: 'ibm850',
  'latin-1': 'windows-1252',
  'latin-9': 'iso-8859-15',
  latin9: 'iso-8859-15',
  'mac-roman': 'macintosh',
  'x-mac-roman': 'macintosh',
  macroman: 'macintosh',
  'iso-646': 'us-ascii',
  'ansi-x3.4-1968': 'us-ascii',
  'ansi-x3.4-1986': 'us-ascii',
  646: 'us-ascii',
};
/** Labels that name no charset; the platform reads the last one as a private-use area. */
const EMPTY =
  /^(?:|unknown|unknown-8bit|x-unknown|default|default-charset|none|null|utf|x-user-defined|binary|8bit)$/;
const known = new Map<string, Charset | null>();
const MOST_KNOWN = 1000;

/**
 * Finds out which charset a label means.
 *
 * @param label As stated in the mail; hostile.
 * @returns null when it names none that can be read; never throws.
 */
export function charsetNamed(label: string): Charset | null {
  const found = known.get(label);
  if (found !== undefined) return found;
  const charset = label.length > 100 ? null : resolve(label);
  if (known.size < MOST_KNOWN && label.length <= 100) known.set(label, charset);
  return charset;
}

function resolve(label: string): Charset | null {
  const plain = label
    .toLowerCase()
    .replace(/["'\s]/g, '')
    .replace(/\*.*$/, '')
    .replace(/_/g, '-');
  if (EMPTY.test(plain)) return null;
  const underscored = label.trim().toLowerCase();
  for (const guess of [underscored, plain, ALIAS[plain], ...spelledOut(plain)]) {
    if (guess === undefined) continue;
    if (OWN.has(guess)) return { label: guess, by: 'own' };
    if (isPlatformLabel(guess))
      return { label: guess === 'x-user-defined' ? 'windows-1252' : canonical(guess), by: 'platform' };
  }
  return null;
}

/** `1252`, `cp-1251`, `win1250`, `8859-5`, `iso8859_15`, `utf8mb4` and their like. */
function spelledOut(plain: string): string[] {
  const windows = /^(?:x-)?(?:cp|ibm|win|windows|ms|microsoft)?-?(125[0-8]|874)$/.exec(plain);
  if (windows) return [`windows-${windows[1]}`];
  const iso = /^(?:x-)?(?:iso)?-?8859-?(\d{1,2})(?:$|-)/.exec(plain);
  if (iso) return [`iso-8859-${iso[1]}`];
  const dos = /^(?:cp|ibm)-?(866|437|850)$/.exec(plain);
  if (dos) return [`ibm${dos[1]}`];
  if (/^utf-?8/.test(plain) || /^x-utf-?8/.test(plain)) return ['utf-8'];
  if (/^utf-?16/.test(plain)) return ['utf-16le'];
  return [];
}

function isPlatformLabel(label: string): boolean {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
}

/** ASCII keeps its name, so that 8-bit text under it is seen as the contradiction it is. */
function canonical(label: string): string {
  if (/^(?:us-)?ascii$/.test(label)) return 'us-ascii';
  return new TextDecoder(label).encoding;
}
