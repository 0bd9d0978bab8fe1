/** Key → key for the few words whose forms no rule brings together. Left are keys as the rules leave them. */
const KEYS = `
  miehi>mies miehe>mies aia>aja aika>aja poia>poja poika>poja luni>lumi kevää>kevä kevät>kevä kevei>kevä
  kanni>kansi kanti>kansi länni>länsi länti>länsi varri>varsi varti>varsi hirri>hirsi hirti>hirsi
  parha>paras parhaa>paras paraa>paras hyvi>hyvä`;

/** Form → key, where a rule would read another word (lasta as a form of lasi) or none. */
const FORMS = `
  lasta>lapsi lasten>lapsi yhtä>yksi yhden>yksi yhdessä>yksi yhdestä>yksi yhdelle>yksi kahta>kaksi kahden>kaksi
  kahdessa>kaksi kahdelle>kaksi kevättä>kevä
  tehdä>teke teen>teke teet>teke tekee>teke teemme>teke teette>teke tekevät>teke teki>teke tekivät>teke tein>teke
  teit>teke teimme>teke tehnyt>teke tehneet>teke tehty>teke tehtiin>teke tehdään>teke tekemään>teke tekisi>teke
  nähdä>näke näen>näke näet>näke näkee>näke näemme>näke näkevät>näke näki>näke näkivät>näke näin>näke nähnyt>näke
  nähneet>näke nähty>näke nähtiin>näke nähdään>näke näkemään>näke`;

export const FINNISH_KEYS: ReadonlyMap<string, string> = pairsOf(KEYS);
export const FINNISH_FORMS: ReadonlyMap<string, string> = pairsOf(FORMS);

function pairsOf(list: string): ReadonlyMap<string, string> {
  return new Map(
    list
      .trim()
      .split(/\s+/)
      .map((pair): [string, string] => {
        const [from = '', to = ''] = pair.split('>');
        return [from, to];
      }),
  );
}

/** Last parts of compounds that are searched for on their own: vuokrasopimus is found by sopimus. */
export const COMPOUND_HEADS: readonly string[] = `
  sopimus maksu lasku palkka hinta tili raha kulu tuki korvaus hyvitys palautus toimitus tilaus tarjous takuu
  kauppa kauppias myynti osto asiakas toimittaja tekijä palvelu tuote tavara työ aika päivä viikko kuukausi vuosi
  kokous neuvottelu palaveri päätös ehdotus esitys vaatimus valitus muutos muistutus huomautus varoitus ilmoitus
  vahvistus kirje viesti posti osoite numero lomake liite tiedosto asiakirja todistus raportti selvitys lausunto
  kuitti sähköposti puhelin soitto verkko sivu sivusto järjestelmä ohjelma ohjelmisto laite kone auto asunto
  talo huone tila paikka alue kunta kaupunki yhtiö yritys toiminta osasto toimisto virasto lautakunta oikeus
  laki sääntö ehto lupa velvollisuus vastuu riita rikos rikkomus vahinko virhe vika puute haitta ongelma asia
  kysymys vastaus pyyntö hakemus suunnitelma hanke projekti tehtävä vaihe tulos tavoite arvio arvostelu palaute
  ihminen henkilö nainen mies lapsi nimi ryhmä jäsen johtaja päällikkö hoitaja opettaja lääkäri edustaja
  valmistaja kuljetus matka loma vuoro tunti aineisto tieto kuva kirja lehti kieli sana merkki
  suhde sarja määrä osuus prosentti vero velka laina korko vakuutus vuokra turva luku lista luettelo rekisteri
  tunnus sana koodi avain käyttö huolto korjaus asennus testaus tarkastus valvonta hallinta hallitus johto
  keskus kassa pankki kortti ala taso luokka malli tyyppi muoto tapa keino väline kalu esine`
  .trim()
  .split(/\s+/);

/** Case endings written behind a colon: EU:n, ALV:tä, IT:ssä. */
export const FINNISH_COLON_ENDINGS: ReadonlySet<string> = new Set(
  'n a ä t ta tä ssa ssä sta stä lla llä lta ltä lle ksi na nä in en än hin hen iin ää ia iä t'.split(' '),
);
