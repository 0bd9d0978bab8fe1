import { few, L, said } from './claim-words.ts';

export const SENDS = said({
  en: ['attached|enclosed|here\\s+(?:is|are)|sent|sending|paid|transferred|(?:is|are)\\s+ready'],
  ru: [
    `прилага${L}|приложен${L}|посыла${L}|посла${L}|шлю|положил${L}|готов[аоы]?|оплатил${L}|перев[её]л${L}|во\\s+вложении|высыла${L}|выслал${L}|отправил${L}|отправля${L}|прислал${L}|вот`,
  ],
  fi: [
    'liitteenä|liitteessä|ohessa|lähetin|lähetimme|lähetän|lähetämme|tässä|maksettu|maksoin|maksoimme|lähti',
  ],
});

export const AGREES = said({
  en: ['agree[ds]?|accept(?:ed|s)?|approved?|confirm(?:ed|s)?|deal'],
  ru: [`соглас${L}|подтвержда${L}|подтвердил${L}|принима${L}|договорил${L}|утвержда${L}`],
  fi: [`sovittu|sovimme|sovitaan|hyväksy${L}|suostu${L}|vahvist${L}`],
});

export const THEY_REFUSE = said({
  en: [
    `(?:do\\s+not|don['’]?t|will\\s+not|won['’]?t|cannot|can['’]?t|did\\s+not|didn['’]?t|never)${few(1)}\\s+(?:agree|accept|approve|sign)(?:ed)?`,
    `(?:will\\s+not|won['’]?t|am\\s+not\\s+going\\s+to)${few(1)}\\s+(?:pay|take|have|buy)`,
    '(?:too|very)\\s+(?:much|expensive|dear)',
    'refused?|reject(?:ed)?|declined?',
  ],
  ru: [
    `не\\s+(?:соглас${L}|приним${L}|подпиш${L}|надо|нужн${L}|хо(?:чу|тим)|буд(?:у|ем))|отказыва${L}`,
    'слишком\\s+(?:дорого|много)|(?:дорого|много)вато',
  ],
  fi: [
    `(?:en|emme|ei|ettei)${few(1)}\\s+(?:hyväksy|suostu|allekirjoita|maksa|ota|halua|tyydy)(?:nyt|nut)?|kieltäyd${L}|hylkää${L}`,
    'liian\\s+(?:kallis|kallista|paljon)',
  ],
});

export const WE_REFUSE = said({
  en: [
    `(?:we|i)\\s+(?:cannot|can['’]?t|can\\s+not|will\\s+not|won['’]?t|are\\s+not\\s+able\\s+to|do\\s+not|don['’]?t)`,
  ],
  ru: [`(?:мы|я)${few(2)}\\s+не\\s+(?:мож${L}|буд${L}|возвраща${L}|предоставля${L}|делаем)`],
  fi: [`(?:emme|en)${few(1)}\\s+(?:voi|tee|maksa|palauta|hyvitä|anna)`],
});

/** What is refused for now, or until something, may be done later. */
export const FOR_NOW = said({
  en: [
    'before|by|till|today|tomorrow|tonight|now|yet|currently|at\\s+the\\s+moment|this\\s+(?:week|month)|earlier|sooner',
  ],
  ru: [`до|раньше|сейчас|сегодня|завтра|пока|ещ[её]|на\\s+этой`],
  fi: [`ennen|nyt|tänään|huomenna|vielä|toistaiseksi|aiemmin|tällä\\s+viikolla`],
});

/** Something is said to have been handed over, and not only mentioned. */
export const HANDED_OVER = said({
  en: ['sent|send|given?|provided?'],
  ru: [`прислал${L}|присылал${L}|отправлял${L}|отправил${L}|передал${L}|предоставил${L}`],
  fi: [`lähettä${L}|toimitta${L}|antan${L}`],
});
