/** Names of U+00A0 to U+00FF, in order (HTML 4.01, 24.2). */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';
/** The others that letters use (HTML 4.01, 24.3 and 24.4). */
const OTHERS =
  'amp & lt < gt > quot " apos \' trade ™ hellip … mdash — ndash – lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ ' +
  'bull • lsaquo ‹ rsaquo › euro € fnof ƒ circ ˆ tilde ˜ larr ← rarr → uarr ↑ darr ↓ harr ↔ minus − infin ∞ ne ≠ le ≤ ' +
  'ge ≥ asymp ≈ permil ‰ dagger † Dagger ‡ prime ′ Prime ″ oline ‾ frasl ⁄ check ✓ hearts ♥ spades ♠ clubs ♣ diams ♦ ' +
  'Scaron Š scaron š OElig Œ oelig œ Yuml Ÿ Zcaron Ž zcaron ž alpha α beta β gamma γ delta δ Delta Δ epsilon ε ' +
  'lambda λ mu μ pi π Pi Π sigma σ Sigma Σ tau τ phi φ omega ω Omega Ω radic √ sum ∑ part ∂ int ∫ ensp \u2002 ' +
  'emsp \u2003 thinsp \u2009 zwnj \u200c zwj \u200d lrm \u200e rlm \u200f';
const NAMED = named();

function named(): ReadonlyMap<string, string> {
  const map = new Map(LATIN.split(' ').map((name, index) => [name, String.fromCharCode(160 + index)]));
  // A plain space parts the pairs: the wide spaces among the values must stay.
  const words = OTHERS.split(' ');
  for (let i = 0; i < words.length; i += 2) map.set(words[i]!, words[i + 1]!);
  return map;
}

/** Decodes numeric references and the named ones that letters use; an unknown one stays as it is. */
export function decodeEntities(html: string): string {
  const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,30}));?/g;
  return html.replace(reference, (all: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? all;
    return character(decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16));
  });
}

/** HTML reads &#128; to &#159; as windows-1252; what is no character becomes U+FFFD. */
function character(point: number): string {
  if (point >= 0x80 && point <= 0x9f) return new TextDecoder('windows-1252').decode(Uint8Array.of(point));
  const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : '\ufffd';
}
