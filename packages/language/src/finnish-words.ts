/** Key → key for the few words whose forms no rule brings together. Left are keys as the rules leave them. */
const KEYS = `
  miehi>mies|miehe>mies|lasi>las|laps>lapsi|las>lasi|kolm>kolme|aja>aja|aia>aja|poia>poja|poika>poja|aika>aja
  kanni>kansi|kanti>kansi|lännä>länsi|länni>länsi|länti>länsi|varri>varsi|varti>varsi|hirri>hirsi
  teke>teke|teki>teke|tehi>teke|teh>teke|tee>teke|tehd>teke|tehdä>teke|tehty>teke|tehdy>teke|teje>teke|teii>teke|tei>teke
  näki>näke|näe>näke|näi>näke|nähdä>näke|nähty>näke|nähdy>näke
  lumi>lumi|luni>lumi|kevää>kevä|kevät>kevä|keväi>kevä|kevei>kevä
  kuollu>kuole|hyvi>hyvä|parha>paras|paraha>paras|parhaa>paras|paraa>paras|vanhemmi>vanhempi`;

export const FINNISH_KEYS: ReadonlyMap<string, string> = new Map(
  KEYS.trim()
    .split(/\||\n/)
    .map((pair): [string, string] => {
      const [from = '', to = ''] = pair.trim().split('>');
      return [from, to];
    }),
);

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
