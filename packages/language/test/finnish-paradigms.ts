/**
 * A table of Finnish declensions, written from the grammar and not from the analyser: each type says how its forms are
 * made, each word gives its stems. It knows nothing of keys.
 */
export type Paradigm = { readonly lemma: string; readonly forms: readonly string[] };

type Stems = readonly string[];

/** Words by type; where a word has several stems they are written lemma/stem/stem in the order the type names. */
const WORDS: Readonly<Record<string, string>> = {
  // strong/weak, plural in -jen
  round: `lasku maksu talo sivu palvelu tieto/tiedo luku/luvu kulku/kulu osto auto kulu puhelu ratkaisu
    verkko/verko pyyntö/pyynnö käyttö/käytö hoito/hoido vaihto/vaihdo muoto/muodo johto/johdo tarkastelu
    hallinto/hallinno soitto/soito ehto/ehdo henkilöstö tulo nousu liitto/liito teko/teo kirjasto
    keskustelu luettelo apu/avu korko/koro hyöty/hyödy näkö/näö kylpy/kylvy`,
  // strong/weak, plural -o-
  aToO: `kauppa/kaupa riita/riida palkka/palka hinta/hinna tila sana loma raha kirja matka lista vika/via
    tapa/tava laina paikka/paika ranta/ranna kassa takka/taka aika/aja ikkuna silta/silla lanka/langa
    virka/vira kampa/kamma parta/parra velka/vela seikka/seika raja taksa vara`,
  // plural -oi-, genitive -iden
  aToOi: `työntekijä asia palvelija tekijä historia kävijä hakija tarkkailija`,
  // strong/weak, the vowel falls away
  lost: `päivä osa koira kunta/kunna tehtävä hyvä muta/muda kesä isä ongelma summa ohjelma asema turha
    suora syvä selvä pitkä sota/soda poika/poja`,
  // strong/weak
  i: `tili tunti/tunni pankki/panki kortti/korti posti merkki/merki paketti/paketi tyyppi/tyypi
    raportti/raporti malli kuitti/kuiti projekti lasi hotelli myynti/myynni tuomari vekseli rahti/rahdi
    sähköposti risti juristi`,
  // lemma/strong/weak/partitive
  e: `ovi/ove/ove/ovea nimi/nime/nime/nimeä lehti/lehte/lehde/lehteä kieli/kiele/kiele/kieltä
    suuri/suure/suure/suurta pieni/piene/piene/pientä tuli/tule/tule/tulta joki/joke/joe/jokea
    kivi/kive/kive/kiveä puoli/puole/puole/puolta nuori/nuore/nuore/nuorta mieli/miele/miele/mieltä`,
  // lemma/long stem
  eLong: `kirje/kirjee liike/liikkee sade/satee vaate/vaattee virhe/virhee tuote/tuottee laite/laittee
    osake/osakkee huone/huonee kone/konee alue/aluee lomake/lomakkee tiede/tietee ohje/ohjee aine/ainee
    liite/liittee vaihe/vaihee osoite/osoittee hanke/hankkee este/estee suhde/suhtee tunne/tuntee
    tarve/tarpee puhe/puhee lause/lausee perhe/perhee`,
  us: `sopimus kokous kysymys vastaus tarjous korvaus vaatimus päätös valitus toimitus tilaus maksatus
    palautus yritys ilmoitus muutos ehdotus hakemus vahvistus varoitus lupaus esitys vakuutus hyvitys
    kustannus teos`,
  usUde: `oikeus vastuullisuus velvollisuus mahdollisuus tilaisuus salaisuus kokonaisuus rakkaus turvallisuus
    hyvyys`,
  nen: `nainen ihminen suomalainen asiallinen toinen hevonen yhteinen virtanen korhonen maksaminen viimeinen
    taloudellinen kirjallinen laillinen`,
  // lemma/long stem
  as: `asiakas/asiakkaa rikas/rikkaa tehdas/tehtaa hammas/hampaa vieras/vieraa sairas/sairaa
    oppilas/oppilaa kallis/kallii kaunis/kaunii valmis/valmii porras/portaa rengas/renkaa`,
  // lemma/stem
  in: `puhelin/puhelime avain/avaime tulostin/tulostime soitin/soittime laskin/laskime kytkin/kytkime
    keitin/keittime`,
  ton: `onneton/onnettoma maksuton/maksuttoma työtön/työttömä laiton/laittoma kohtuuton/kohtuuttoma
    syytön/syyttömä`,
  // lemma/weak/strong/partitive
  si: `vuosi/vuode/vuote/vuotta käsi/käde/käte/kättä uusi/uude/uute/uutta
    kuukausi/kuukaude/kuukaute/kuukautta vesi/vede/vete/vettä`,
  mpi: `parempi/parempa/paremma suurempi/suurempa/suuremma vanhempi/vanhempa/vanhemma aiempi/aiempa/aiemma`,
};

/** Words added when the rules stood, as a check on words the rules were not made with. */
const LATER_WORDS: Readonly<Record<string, string>> = {
  round: `katto/kato hylly asunto/asunno luotto/luoto kanto/kanno sääntö/säännö levy
    hotellikko/hotelliko rento/renno lento/lenno tahto/tahdo aukko/auko tyttö/tytö lippu/lipu kyky/kyvy
    puku/puvu rakko/rako kunto/kunno arvo linko/lingo tunto/tunno testo`,
  aToO: `kerta/kerra tarra haitta/haita sakka/saka nahka/naha kartta/karta kala marja harja saha herra
    vihta/vihda taika/taia paita/paida lanta/lanna hiha pinta/pinna kanta/kanna valta/valla`,
  aToOi: `opettaja ostaja kirjoittaja lukija kuluttaja valmentaja hoitaja ravintola kattila energia`,
  lost: `rouva tupa/tuva kuorma korva kulma sopiva tumma muna jumala metsä kylmä leipä/leivä pöytä/pöydä
    herkkä/herkä kuuma kohta/kohda voima`,
  i: `tori linkki/linki poliisi konsultti/konsulti budjetti/budjeti kasetti/kaseti normi bussi viini tiimi
    banneri skandaali presidentti/presidenti lakki/laki kaappi/kaapi sopuli renki/rengi`,
  e: `lumi/lume/lume/lunta talvi/talve/talve/talvea hetki/hetke/hetke/hetkeä sormi/sorme/sorme/sormea
    järvi/järve/järve/järveä veri/vere/vere/verta ääni/ääne/ääne/ääntä tuuli/tuule/tuule/tuulta
    saari/saare/saare/saarta onni/onne/onne/onnea kaikki/kaikke/kaike/kaikkea`,
  eLong: `joukkue/joukkuee kappale/kappalee vene/venee suihke/suihkee tilanne/tilantee rakenne/rakentee
    käsite/käsittee näyte/näyttee taite/taittee määre/määree ilme/ilmee luonne/luontee`,
  us: `leikkaus valmistus ostos keskus palvelus rakennus kirjoitus aikomus ajatus tutkimus asetus hinnoitus
    valvonnus tapaus osallistus rangaistus harjoitus ennakkotilaus menetys päivitys pettymys ostos
    kiitos vuokraus`,
  usUde: `vaikeus ystävyys nuoruus vapaus totuus yksityisyys julkisuus`,
  nen: `tuollainen keltainen iloinen nykyinen mäkinen nieminen hakeminen huolellinen kansainvälinen
    yksinäinen`,
  as: `opas/oppaa kuningas/kuninkaa taivas/taivaa hidas/hitaa lammas/lampaa ahdas/ahtaa kirkas/kirkkaa
    puhdas/puhtaa ruumis/ruumii kauris/kaurii`,
  in: `kirjain/kirjaime siirrin/siirtime puhallin/puhaltime eristin/eristime`,
  ton: `rahaton/rahattoma kelvoton/kelvottoma epäonneton/epäonnettoma avuton/avuttoma loputon/loputtoma`,
  si: `viisi/viide/viite/viittä tosi/tode/tote/totta susi/sude/sute/sutta`,
  mpi: `pienempi/pienempä/pienemmä kovempi/kovempa/kovemma halvempi/halvempa/halvemma`,
};

const SHAPES: Readonly<Record<string, (stems: Stems) => readonly string[]>> = {
  round: ([strong = '', weak = strong]) => [
    ...singular(strong, weak),
    ...plural(strong, weak, 'jen', 'jA', 'ihin'),
  ],
  aToO: ([strong = '', weak = strong]) => [
    ...singular(strong, weak),
    ...plural(`${cut(strong)}o`, `${cut(weak)}o`, 'jen', 'jA', 'ihin', weak),
  ],
  aToOi: ([stem = '']) => {
    const open = `${cut(stem)}${isBack(stem) ? 'o' : 'ö'}`;
    return [...singular(stem, stem), ...plural(open, open, 'iden', 'itA', 'ihin', stem)];
  },
  lost: ([strong = '', weak = strong]) => [
    ...singular(strong, weak),
    ...plural(cut(strong), cut(weak), 'ien', 'iA', 'iin', weak),
  ],
  i: ([strong = '', weak = strong]) => [
    ...singular(strong, weak),
    ...plural(`${cut(strong)}e`, `${cut(weak)}e`, '', 'jA', 'ihin', weak),
    `${strong}en`,
  ],
  e: ([lemma = '', strong = '', weak = '', partitive = '']) => [
    lemma,
    partitive,
    ...singular(strong, weak).slice(2),
    ...plural(cut(strong), cut(weak), 'ien', 'iA', 'iin', weak),
  ],
  eLong: ([lemma = '', long = '']) => longStem(lemma, long, `${lemma}ttA`),
  as: ([lemma = '', long = '']) => longStem(lemma, long, `${lemma}tA`),
  us: ([lemma = '']) => {
    const stem = `${cut(lemma)}kse`;
    return [
      lemma,
      `${lemma}tA`,
      ...singular(stem, stem).slice(2),
      ...plural(cut(stem), cut(stem), 'ien', 'iA', 'iin', stem),
      `${lemma}ten`,
    ];
  },
  usUde: ([lemma = '']) => {
    const base = cut(lemma);
    return [
      lemma,
      `${base}ttA`,
      ...singular(`${base}te`, `${base}de`).slice(2),
      ...plural(`${base}ks`, `${base}ks`, 'ien', 'iA', 'iin', `${base}de`),
    ];
  },
  nen: ([lemma = '']) => {
    const stem = `${lemma.slice(0, -3)}se`;
    return [
      lemma,
      `${cut(stem)}tA`,
      ...singular(stem, stem).slice(2),
      ...plural(cut(stem), cut(stem), 'ien', 'iA', 'iin', stem),
      `${cut(stem)}ten`,
    ];
  },
  in: ([lemma = '', stem = '']) => [
    lemma,
    `${lemma}tA`,
    ...singular(stem, stem).slice(2),
    ...plural(cut(stem), cut(stem), 'ien', 'iA', 'iin', stem),
  ],
  ton: ([lemma = '', stem = '']) => [
    lemma,
    `${lemma}tA`,
    ...singular(stem, stem).slice(2),
    ...plural(cut(stem), cut(stem), 'ien', 'iA', 'iin', stem),
  ],
  si: ([lemma = '', weak = '', strong = '', partitive = '']) => [
    lemma,
    partitive,
    ...singular(strong, weak).slice(2),
    ...plural(`${lemma.slice(0, -1)}`, `${lemma.slice(0, -1)}`, 'ien', 'iA', 'iin', weak),
  ],
  mpi: ([lemma = '', strong = '', weak = '']) => [
    lemma,
    ...singular(strong, weak).slice(1),
    ...plural(cut(strong), cut(weak), 'ien', 'iA', 'iin', weak),
  ],
};

/** Nominative, partitive, then the other cases. `A` stands for a or ä. */
function singular(strong: string, weak: string): readonly string[] {
  const last = strong[strong.length - 1] as string;
  return [
    strong,
    `${strong}A`,
    `${strong}${last}n`,
    `${strong}nA`,
    ...['n', 'ssA', 'stA', 'llA', 'ltA', 'lle', 'ksi'].map((ending) => weak + ending),
  ];
}

/** @param nominative The singular's weak stem, to which -t is added. */
function plural(
  strong: string,
  weak: string,
  genitive: string,
  partitive: string,
  illative: string,
  nominative = weak,
): readonly string[] {
  return [
    `${nominative}t`,
    `${strong}${partitive}`,
    `${strong}${illative}`,
    ...(genitive === '' ? [] : [`${strong}${genitive}`]),
    ...['issA', 'istA', 'illA', 'iltA', 'ille', 'iksi'].map((ending) => weak + ending),
  ];
}

function longStem(lemma: string, long: string, partitive: string): readonly string[] {
  const short = cut(long);
  return [
    lemma,
    partitive,
    `${long}seen`,
    `${long}nA`,
    ...['n', 't', 'ssA', 'stA', 'llA', 'ltA', 'lle', 'ksi'].map((ending) => long + ending),
    ...['iden', 'itA', 'isiin', 'issA', 'istA', 'illA', 'ille'].map((ending) => short + ending),
  ];
}

function cut(stem: string): string {
  return stem.slice(0, -1);
}

function isBack(word: string): boolean {
  return /[aou]/.test(word);
}

/** All paradigms of the table.  */
export function paradigms(): readonly Paradigm[] {
  return [...Object.entries(WORDS), ...Object.entries(LATER_WORDS)].flatMap(([type, words]) =>
    words
      .trim()
      .split(/\s+/)
      .map((word) => paradigm(type, word.split('/'))),
  );
}

function paradigm(type: string, stems: Stems): Paradigm {
  const lemma = stems[0] as string;
  const open = isBack(lemma) ? 'a' : 'ä';
  const forms = (SHAPES[type] as (stems: Stems) => readonly string[])(stems).map((form) =>
    form.replace(/A/g, open),
  );
  return { lemma, forms: [...new Set(forms)] };
}

/** Forms of one verb each: infinitive, persons, past, participles, passive, infinitives in -ma. */
export const VERBS: readonly (readonly string[])[] = [
  'maksaa maksan maksat maksamme maksavat maksoi maksoin maksanut maksaneet maksettu maksetaan maksettiin maksamaan maksamatta maksaminen maksaisi',
  'lähettää lähetän lähetät lähetämme lähettävät lähetti lähetin lähettänyt lähettäneet lähetetty lähetetään lähettämään',
  'odottaa odotan odotamme odottavat odotti odotin odottanut odottaneet odotettu odotetaan odottamaan odottaminen',
  'sopia sovin sovit sovimme sopivat sopinut sopineet sovittu sovittiin sopimaan sopiminen',
  'toimittaa toimitan toimitamme toimitti toimitin toimittanut toimitettu toimitetaan toimittamaan',
  'palauttaa palautan palautti palautin palauttanut palautettu palautetaan palauttamaan',
  'vaatia vaadin vaadimme vaativat vaatinut vaatineet vaadittu vaatimaan',
  'vastata vastaan vastasi vastannut vastattu vastaamaan',
  'sanoa sanon sanot sanomme sanovat sanonut sanoneet sanottu sanomaan',
  'ottaa otan otamme ottavat otti otin ottanut otettu otettiin ottamaan',
  'ajaa ajan ajavat ajoi ajanut ajettu ajamaan',
  'tehdä teen tekee teki tein tehnyt tehty tehtiin tekemään',
  'päättää päätän päätämme päättävät päättänyt päätetty päätetään',
].map((line) => line.split(' '));
