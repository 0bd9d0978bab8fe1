import type { RuleLang } from '../finding.ts';

/** What a word that is written as it is spoken would be in the written language; nothing where it is written so already. */
export function writtenFor(form: string, lang: RuleLang): readonly string[] {
  if (lang === 'en') return NONE;
  const known = (lang === 'fi' ? FINNISH : RUSSIAN).get(form);
  if (known !== undefined) return known;
  return lang === 'fi' && form.length >= MIN_ENDING ? finnishEndings(form) : NONE;
}

const NONE: readonly string[] = [];
const MIN_ENDING = 4;

/** Only where the written forms are other words of the same sense; `mut` is both *but* and *me*. */
const FINNISH = tableOf(`
  mä:minä mää:minä mie:minä sä:sinä sie:sinä mun:minun sun:sinun mut:mutta,minut sut:sinut mua:minua sua:sinua
  mulla:minulla sulla:sinulla mul:minulla sul:sinulla mulle:minulle sulle:sinulle multa:minulta
  sulta:sinulta muhun:minuun suhun:sinuun meiän:meidän meijän:meidän teiän:teidän teijän:teidän teijät:teidät
  teiät:teidät meijät:meidät meiät:meidät
  oon:olen oot:olet oo:ole ootte:olette oottekin:olette ootteko:oletteko ootko:oletko ooks:oletko ootteks:oletteko
  oisin:olisin oisit:olisit ois:olisi oisitte:olisitte oltas:olisimme oisko:olisiko ollu:ollut
  tää:tämä tän:tämän toi:tuo ton:tuon tota:tuota tost:tuosta nää:nämä noi:nuo
  ku:kun et:että vaik:vaikka viel:vielä ees:edes ens:ensi sit:sitten kans:kanssa takas:takaisin
  yks:yksi kaks:kaksi viis:viisi kuus:kuusi seittemän:seitsemän yheksän:yhdeksän yhen:yhden kahen:kahden
  ite:itse itte:itse itelle:itselle ittelle:itselle itelleni:itselleni ittelleni:itselleni ittelläni:itselläni
  ittellä:itsellä itellä:itsellä
  meen:menen meet:menet mee:mene meette:menette tuun:tulen tuut:tulet tuu:tule tuutte:tulette paan:panen paat:panet
  nään:näen näät:näet tiiän:tiedän tiiät:tiedät tiiä:tiedä tiiätte:tiedätte lähen:lähden lähetään:lähdetään
  haluun:haluan haluut:haluat haluu:halua haluutte:haluatte haluunko:haluanko haluuksä:haluatko haluutko:haluatko tarviin:tarvitsen tarvii:tarvitsee
  tehään:tehdään nähään:nähdään nähä:nähdä tehä:tehdä pitäs:pitäisi pitäskö:pitäisikö vois:voisi viiminen:viimeinen
  viimisen:viimeisen tällänen:tällainen tollanen:tuollainen semmonen:semmoinen millanen:millainen
  enpä:en emmä:en emmää:en etsä:et eiks:eikö enhän:en eihän:ei
`);

const RUSSIAN = tableOf(`
  че:что чо:что ниче:ничего ничо:ничего щас:сейчас щаз:сейчас ща:сейчас ваще:вообще воще:вообще вобще:вообще
  скока:сколько тока:только токо:только када:когда седня:сегодня сёдня:сегодня тя:тебя тыщ:тысяч тыща:тысяча
  тыщи:тысячи пожалста:пожалуйста пжлст:пожалуйста пож:пожалуйста норм:нормально спс:спасибо прям:прямо
  эт:это чтоль:что чтоб:чтобы походу:похоже
`);

function tableOf(pairs: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    pairs
      .trim()
      .split(/\s+/)
      .map((pair) => pair.split(':'))
      .map(([spoken = '', written = '']) => [spoken, written.split(',')]),
  );
}

/** Endings that speech shortens: *sanonu*, *ottais*, *perjantaiks*, *tiedostoo*, *kirjotan*. */
function finnishEndings(form: string): readonly string[] {
  const whole = form.replace(SHORT_VERB, '$1oi$2');
  const found = whole === form ? [] : [whole];
  if (PARTICIPLE.test(whole)) found.push(`${whole}t`);
  else if (CONDITIONAL.test(whole)) found.push(`${whole}i`);
  else if (whole.endsWith('ks')) found.push(`${whole}i`);
  else if (LONG_VOWEL.test(whole)) found.push(`${whole.slice(0, -1)}${FRONT.test(whole) ? 'ä' : 'a'}`);
  return found;
}

/** kirjottaa, alotan, ilmotus: the i of *oi* is not spoken. */
const SHORT_VERB = /^(kirj|al|ilm|tark|os|raj|var|merk|vast)o(t)/;
const PARTICIPLE = /(?:[aeiouyäö][ns]|ll|ss|rr|nn|hn)[uy]$/;
const CONDITIONAL = /[aeouyäö]is$/;
const LONG_VOWEL = /(?:ee|oo|öö)$/;
const FRONT = /^[^aou]*[äöy][^aou]*$/;
