import { type Draw, drawFrom } from './chance.ts';

export type Tongue = 'en' | 'ru' | 'fi';

const VOCABULARY_SEED = 777;
const TAIL_WORDS = 30_000;
const TAIL_SHARE = 0.13;
const NUMBER_SHARE = 0.03;

const ENGLISH = `the a to of and in for we you i is that it on this with be have not are as at or from your our was by
  please will can if an would me all has but do what when there they about more were any which their been who one so
  invoice refund contract payment delivery project server login password account order client meeting call agreement
  deadline complaint answer question letter document signature price discount support office manager report mistake
  weekend morning yesterday today tomorrow again still never always already because before after without between
  send sent receive received pay paid ask asked wait waiting promise promised change changed cancel cancelled fix fixed
  explain discuss confirm remind expect offer accept refuse agree check update deliver install work working works`;

const RUSSIAN_SMALL = `и в на не что я мы вы с по за к от до из у о как это так но же уже ещё если когда где почему только
  нам вам нас вас они он она его её их мне меня был была было были будет можно нужно надо нет да прошу пожалуйста`;

/** Stems by declension; an ending of the class makes a form. */
const RUSSIAN_CLASSES: readonly (readonly [string, string])[] = [
  [
    `договор возврат документ клиент сервер проект телефон адрес ответ вопрос заказ товар разговор суд адвокат менеджер
      сотрудник офис банк месяцев дизайн аванс`,
    '- а у ом е ы ов ам ами ах',
  ],
  [
    'оплат работ претензи услуг подпис цен скидк просьб встреч проблем жалоб ошибк',
    'а ы е у ой - ам ами ах ою',
  ],
  ['соглашени обязательств письм требовани уведомлени решени условии предложени', 'е я ю ем и й ям ями ях'],
  ['платёж срок рубл день', '- а у ом е и ей ам ами ах'],
];

const FINNISH_SMALL = `ja on ei että se hän me te ne tämä tuo kun jos niin kuin mutta vai tai myös vielä jo nyt sitten ole
  olen olemme olette ovat oli olisi voi voisi pitää täytyy saa emme ette minä sinä meidän teidän joka mikä miksi missä`;

/** Strong and weak stem; the endings that take each. */
const FINNISH_STEMS = `lasku:lasku maksu:maksu palvelu:palvelu sivu:sivu tieto:tiedo kauppa:kaupa palkka:palka hinta:hinna
  riita:riida loma:loma kirja:kirja lista:lista työ:työ asia:asia tili:tili kortti:korti pankki:panki raportti:raporti
  posti:posti projekti:projekti paketti:paketi puhelu:puhelu tarjouspyyntö:tarjouspyynnö ehto:ehdo aika:aja
  ohjelma:ohjelma ongelma:ongelma summa:summa sivusto:sivusto kirjasto:kirjasto luku:luvu korko:koro laina:laina
  vika:via tapa:tava kunta:kunna muutostyö:muutostyö hyvä:hyvä päivä:päivä tehtävä:tehtävä`;
const FINNISH_STRONG = 'a na ni si nsa mme nne ';
const FINNISH_WEAK = 'n ssa sta lla lta lle ksi t ssani stamme llenne nkin ssakin ko';
const FINNISH_US = 'sopimu kokou vastau kysymy korvau vaatimu päätö tarjou valitu ilmoitu';
const FINNISH_US_ENDINGS =
  's ksen ksessa ksesta ksella kselta kselle kseksi ksena sta kset ksia ksien ksissa ksista ksille ksemme kseni';

export type Vocabulary = { readonly lexicon: readonly string[]; readonly tail: readonly string[] };

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

function joined(stems: readonly string[], endings: string): readonly string[] {
  return stems.flatMap((stem) => words(endings).map((ending) => stem + (ending === '-' ? '' : ending)));
}

function finnishForms(): readonly string[] {
  const plain = words(FINNISH_STEMS).flatMap((pair) => {
    const [strong = '', weak = ''] = pair.split(':');
    const forms = [strong, ...joined([strong], FINNISH_STRONG), ...joined([weak], FINNISH_WEAK)];
    return forms.map((form) => inHarmony(strong, form));
  });
  return [...plain, ...joined(words(FINNISH_US), FINNISH_US_ENDINGS).map((form) => inHarmony(form, form))];
}

function inHarmony(stem: string, form: string): string {
  if (/[aou]/.test(stem.slice(0, 4)) || !/[äöy]/.test(stem)) return form;
  return form.slice(0, stem.length) + form.slice(stem.length).replaceAll('a', 'ä').replaceAll('o', 'ö');
}

const SYLLABLES: Readonly<Record<Tongue, readonly [string, string]>> = {
  en: ['b c d f g h k l m n p r s t w br cl st tr ch', 'a e i o u ea oo ai er on'],
  ru: ['б в г д ж з к л м н п р с т х ш бр кл ст тр', 'а е и о у я ю ен ор ин'],
  fi: ['h j k l m n p r s t v', 'a e i o u y ä ö aa ii uu ai'],
};

function pseudoWord(draw: Draw, tongue: Tongue): string {
  const [onsets, vowels] = SYLLABLES[tongue].map(words) as [readonly string[], readonly string[]];
  return Array.from({ length: 2 + draw.below(3) }, () => draw.pick(onsets) + draw.pick(vowels)).join('');
}

/** The words of each language: a lexicon with its inflected forms, and a long tail of made-up words. */
export function vocabularies(): Readonly<Record<Tongue, Vocabulary>> {
  const draw = drawFrom(VOCABULARY_SEED);
  const tail = (tongue: Tongue) => Array.from({ length: TAIL_WORDS }, () => pseudoWord(draw, tongue));
  const russian = RUSSIAN_CLASSES.flatMap(([stems, endings]) => joined(words(stems), endings));
  const small = (text: string, times: number) => Array.from({ length: times }, () => words(text)).flat();
  return {
    en: { lexicon: words(ENGLISH), tail: tail('en') },
    // Small words come often in real texts.
    ru: { lexicon: [...small(RUSSIAN_SMALL, 8), ...russian], tail: tail('ru') },
    fi: { lexicon: [...small(FINNISH_SMALL, 8), ...finnishForms()], tail: tail('fi') },
  };
}

/** One running word: mostly of the lexicon, some of the tail (rank by Zipf), some numbers. */
export function drawWord(draw: Draw, { lexicon, tail }: Vocabulary): string {
  const kind = draw.unit();
  if (kind < NUMBER_SHARE) return String(draw.below(10_000));
  if (kind < NUMBER_SHARE + TAIL_SHARE) return tail[Math.floor(tail.length ** draw.unit()) - 1] ?? tail[0]!;
  return draw.pick(lexicon);
}

/** Inflected forms to look for: a search that knows inflection finds the other forms of the word too. */
export const INFLECTED_RUSSIAN = [
  'договором',
  'возврата',
  'документами',
  'клиентам',
  'оплаты',
  'услугами',
  'письмом',
  'требованиями',
  'соглашением',
  'заказов',
  'суду',
  'ошибками',
];
/** Words that occur often, now and then and seldom, to look for. */
export const SOUGHT = [
  'invoice',
  'refund',
  'contract',
  'deadline',
  'meeting',
  'password',
  'договор',
  'оплата',
  'заказ',
  'sopimus',
  'lasku',
  'tarjous',
];
